// The plan and the credit bar: what is usable and what is used, monthly and add-on credits told apart.

import { el, number, table } from "./base.js";

/** Make the body of the section with the plan. */
export function creditsBody(view) {
  const { plan, credits } = view;
  return el("div", { class: "plan" }, planFacts(plan), usage(credits));
}

function planFacts(plan) {
  return el(
    "div",
    { class: "plan-facts" },
    el("dl", {}, el("dt", {}, "Plan"), el("dd", { class: "plan-name" }, plan.name)),
    el("p", {}, `${number(plan.monthly_credits)} credits each month for ${plan.price}. Renews on ${plan.renews}.`),
    plan.next_plan ? el("p", { class: "notice info" }, `Changes to ${plan.next_plan} on ${plan.renews}.`) : null,
  );
}

function usage(credits) {
  const usable = number(credits.total_usable);
  const total = number(credits.total);
  return el(
    "div",
    { class: "usage" },
    el(
      "p",
      { class: "usage-head" },
      el("span", {}, el("strong", {}, usable), " credits usable"),
      el("span", { class: "muted" }, `${number(credits.consumed)} consumed`),
    ),
    bar(credits, `${usable} of ${total} credits usable`),
    legend(credits),
  );
}

function bar(credits, text) {
  const part = (name, amount) => {
    const segment = el("span", { class: `bar-part ${name}` });
    segment.style.flexGrow = String(amount);
    segment.hidden = amount === 0;
    return segment;
  };
  return el(
    "div",
    {
      class: "bar",
      role: "progressbar",
      "aria-label": credits.unnamed ? null : "Credits",
      "aria-valuemin": "0",
      "aria-valuenow": String(credits.total_usable),
      "aria-valuemax": String(credits.total),
      "aria-valuetext": text,
    },
    part("monthly", credits.monthly.remaining),
    part("add-on", credits.add_on.remaining),
    part("used", credits.consumed),
  );
}

function legend({ monthly, add_on: addOn }) {
  const words = (name, label) => el("span", {}, el("span", { class: `dot ${name}`, "aria-hidden": "true" }), label);
  return table({
    kind: "legend",
    name: "Credits by kind",
    columns: ["Credits", "Remaining", "Used"],
    rows: [
      [words("monthly", "Monthly credits"), number(monthly.remaining), number(monthly.used)],
      [words("add-on", "Add-on credits"), number(addOn.remaining), number(addOn.used)],
    ],
  });
}

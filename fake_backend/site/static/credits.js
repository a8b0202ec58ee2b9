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
    plan.next_plan ? el("p", { class: "notice info" }, `Changes to ${plan.next_plan} on ${plan.next_plan_from}.`) : null,
  );
}

function usage(credits) {
  return el(
    "div",
    { class: "usage" },
    el(
      "p",
      { class: "usage-head" },
      el("span", {}, el("strong", {}, credits.bar.headline), " credits usable"),
      el("span", { class: "muted" }, `${credits.bar.consumed} consumed`),
    ),
    Array.from({ length: credits.bar.times ?? 1 }, () => bar(credits.bar)),
    legend(credits.legend),
  );
}

function bar({ name, usable, total, text, parts }) {
  const part = ([kind, amount]) => {
    const segment = el("span", { class: `bar-part ${kind}` });
    segment.style.flexGrow = String(amount);
    segment.hidden = amount === 0;
    return segment;
  };
  return el(
    "div",
    {
      class: "bar",
      role: "progressbar",
      "aria-label": name,
      "aria-valuemin": "0",
      "aria-valuenow": String(usable),
      "aria-valuemax": String(total),
      "aria-valuetext": text,
    },
    Object.entries(parts).map(part),
  );
}

function legend(kinds) {
  const words = ({ id, label }) =>
    el("span", {}, el("span", { class: `dot ${id.replace("_", "-")}`, "aria-hidden": "true" }), label);
  return table({
    kind: "legend",
    name: "Credits by kind",
    columns: ["Credits", "Remaining", "Used"],
    rows: kinds.map((kind) => [words(kind), number(kind.remaining), number(kind.used)]),
  });
}

// The list of plans: up through the payment page at once, down at the end of the billing cycle.

import { ask, el, openDialog, problem } from "./base.js";
import { pay } from "./checkout.js";

/** Open the list of plans. */
export async function openPlans(context) {
  let view;
  try {
    view = await ask("/api/plans");
  } catch (error) {
    context.announce("error", error.message);
    return;
  }
  openDialog({
    title: view.title,
    fill: ({ close }) => {
      const errors = el("div", { class: "errors" });
      const change = async (plan) => {
        errors.replaceChildren();
        try {
          const answer = await pay("/api/plans/change", { plan: plan.name }, view.new_tab && plan.action === "Upgrade", () => {
            close();
            context.announce("info", "Finish your payment in the other tab. This page follows by itself.");
          });
          if (answer === null || answer.url) return;
          close();
          context.announce("success", said(answer, plan));
          context.again();
        } catch (error) {
          errors.replaceChildren(problem(error));
        }
      };
      return [
        el("p", { class: "muted" }, view.text),
        errors,
        el("ul", { class: "plans" }, view.plans.map((plan) => item(plan, view, change))),
      ];
    },
  });
}

function said(answer, plan) {
  return answer.next_plan
    ? `Your plan changes to ${answer.next_plan} at the end of the billing cycle, on ${answer.ends}.`
    : `You keep ${plan.name}.`;
}

function item(plan, view, change) {
  return el(
    "li",
    { class: `plan-item${plan.current ? " current" : ""}` },
    el(
      "div",
      {},
      el("h3", {}, plan.name, plan.current ? el("span", { class: "badge" }, "Current plan") : null),
      el("p", { class: "muted" }, plan.summary),
      el("p", {}, plan.credits),
    ),
    el("div", { class: "plan-buy" }, el("p", { class: "plan-price" }, plan.price, el("span", {}, " a month")), action(plan, view, change)),
  );
}

function action(plan, view, change) {
  if (plan.waiting) return el("p", { class: "muted" }, `From ${view.ends}`);
  if (plan.current && !view.next_plan) return null;
  const label = plan.current ? `Keep ${plan.name}` : `${plan.action} to ${plan.name}`;
  const primary = plan.action === "Upgrade" && !plan.current ? " primary" : "";
  return el("button", { type: "button", class: `button${primary}`, onclick: () => change(plan) }, label);
}

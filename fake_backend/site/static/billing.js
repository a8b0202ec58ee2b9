// The Billing tab. The server says which sections there are, what they are called, and what their buttons open.

import { ask, el, problem } from "./base.js";
import { creditsBody } from "./credits.js";
import { openInformation, informationBody } from "./information.js";
import { invoicesBody } from "./invoices.js";
import { openPackages } from "./packages.js";
import { openPlans } from "./plans.js";

const root = document.getElementById("billing");
const notices = document.getElementById("billing-notice");
const channel = "BroadcastChannel" in window ? new BroadcastChannel("diaflow-billing") : null;

const openers = { packages: openPackages, plans: openPlans, information: openInformation };
const bodies = {
  "current-plan": creditsBody,
  "billing-information": informationBody,
  invoices: invoicesBody,
};

// The purchase that the buyer just came back from is asked about once: a reload of the page is an ordinary view.
const address = new URLSearchParams(location.search);
let landed = address.get("purchase");
let cancelled = address.get("cancelled");
if (landed || cancelled) history.replaceState({}, "", location.pathname);

let latest = 0;
let looks = 0;
const LOOKS = 75;

/** Load what the tab shows, and show it; only the newest of several requests counts. */
export async function loadBilling() {
  const turn = (latest += 1);
  const query = new URLSearchParams({ landed: landed ?? "", cancelled: cancelled ?? "", looks });
  let view;
  try {
    view = await ask(`/api/billing?${query}`);
  } catch (error) {
    if (turn !== latest) return;
    root.replaceChildren(problem(error, loadBilling));
    root.setAttribute("aria-busy", "false");
    return;
  }
  if (turn !== latest) return;
  show(view);
  if (view.look_again_ms && (looks += 1) < LOOKS) setTimeout(loadBilling, view.look_again_ms);
  else if (landed) {
    landed = null;
    channel?.postMessage("changed");
  }
}

/** Say something at the top of the tab. */
export function announce(kind, text) {
  notices.replaceChildren(el("p", { class: `notice ${kind}` }, text));
}

function show(view) {
  if (view.notice) announce(view.notice.kind, view.notice.text);
  cancelled = null;
  const invoices = root.querySelector("#section-invoices");
  const focused = document.activeElement?.id;
  root.replaceChildren(...view.sections.map((section) => card(section, view, invoices)));
  if (view.covered) root.append(el("div", { class: "cover" }));
  root.setAttribute("aria-busy", "false");
  if (focused && !document.activeElement?.id) document.getElementById(focused)?.focus();
}

function card(section, view, invoices) {
  // The list of invoices keeps its page and filters while the rest of the tab is renewed.
  if (section.id === "invoices" && invoices) {
    invoices.dispatchEvent(new Event("renew"));
    return invoices;
  }
  const title = `title-${section.id}`;
  const again = () => loadBilling();
  return el(
    "section",
    { class: `card section-${section.id}`, id: `section-${section.id}`, "aria-labelledby": title },
    el(
      "div",
      { class: "card-head" },
      el("h2", { id: title }, section.title),
      section.actions.length ? el("div", { class: "actions" }, section.actions.map((action) => button(action, view, again))) : null,
    ),
    bodies[section.id](view, section),
  );
}

function button(action, view, again) {
  return el(
    "button",
    {
      type: "button",
      id: `action-${action.id}`,
      class: `button${action.primary ? " primary" : ""}${action.aside ? " aside" : ""}`,
      disabled: action.disabled,
      onclick: () => openers[action.opens]?.({ view, again, announce }),
    },
    action.label,
  );
}

channel?.addEventListener("message", () => {
  if (!document.getElementById("panel-billing").hidden) loadBilling();
});

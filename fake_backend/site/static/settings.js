// Workspace Settings: its tabs, and Billing inside one of them.

import { loadBilling } from "./billing.js";

const tabs = [...document.querySelectorAll("[role=tab]")];

function select(tab, remember = true) {
  if (tab.hasAttribute("data-dead")) return;
  for (const other of tabs) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (remember) history.pushState({}, "", `/settings/${tab.dataset.tab}`);
  if (tab.dataset.tab === "billing") loadBilling();
}

for (const tab of tabs) {
  tab.addEventListener("click", () => {
    if (tab.getAttribute("aria-selected") !== "true") select(tab);
  });
  tab.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(tab);
    const moves = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const next = tabs[(moves[event.key] + tabs.length) % tabs.length];
    next.focus();
    select(next);
  });
}

addEventListener("popstate", () => {
  const tab = tabs.find((candidate) => location.pathname === `/settings/${candidate.dataset.tab}`);
  if (tab) select(tab, false);
});

if (!document.getElementById("panel-billing").hidden) loadBilling();

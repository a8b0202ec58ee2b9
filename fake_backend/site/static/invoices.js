// All past payments: filtered by type and date, a page at a time, each with its receipt.

import { ask, el, icon, problem, table } from "./base.js";

const TYPES = [
  ["", "All types"],
  ["credits", "Credits"],
  ["plan", "Plan"],
];
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Make the body of the section; it loads by itself, and again when the section hears "renew". */
export function invoicesBody() {
  const type = el("select", { id: "invoice-type" }, TYPES.map(([value, label]) => el("option", { value }, label)));
  const from = el("input", { type: "date", id: "invoice-from" });
  const to = el("input", { type: "date", id: "invoice-to" });
  const result = el("div", { class: "invoice-list", "aria-live": "polite", "aria-busy": "true" });
  let page = 1;
  let turn = 0;

  const load = async () => {
    const mine = (turn += 1);
    const query = new URLSearchParams({ type: type.value, from: from.value, to: to.value, page: String(page) });
    let content;
    try {
      const view = await ask(`/api/billing/invoices?${query}`);
      content = [view.invoices.length ? list(view) : empty(query), pager(view, go)];
    } catch (error) {
      content = [problem(error, load)];
    }
    if (mine !== turn) return;
    result.replaceChildren(...content.filter(Boolean));
    result.setAttribute("aria-busy", "false");
  };
  const go = (number) => {
    page = number;
    load();
  };
  for (const filter of [type, from, to]) filter.addEventListener("change", () => go(1));
  const labelled = (label, input) => el("div", { class: "filter" }, el("label", { for: input.id }, label), input);
  const body = el(
    "div",
    {},
    el("div", { class: "filters", role: "group", "aria-label": "Filter invoices" }, labelled("Type", type), labelled("From", from), labelled("To", to)),
    result,
  );
  queueMicrotask(() => body.closest("section")?.addEventListener("renew", load));
  load();
  return body;
}

function empty(query) {
  const filtered = query.get("type") || query.get("from") || query.get("to");
  return el("p", { class: "empty" }, filtered ? "No invoices match these filters." : "No invoices yet. Your payments will be listed here.");
}

function list({ invoices, amounts_gone }) {
  return table({
    name: "Invoices",
    kind: amounts_gone ? `table without-amounts-${amounts_gone}` : "table",
    columns: ["Number", "Date", "Description", "Amount", "Status", "Receipt"],
    rows: invoices.map((invoice) => [
      invoice.number,
      el("time", { datetime: new Date(invoice.at * 1000).toISOString() }, DAY.format(invoice.at * 1000)),
      invoice.description,
      invoice.amount_label,
      el("span", { class: "badge good" }, invoice.status),
      receipt(invoice),
    ]),
  });
}

function receipt(invoice) {
  return el(
    "a",
    { href: invoice.receipt, download: true, class: "download" },
    icon("download"),
    "Download receipt",
    el("span", { class: "visually-hidden" }, ` ${invoice.number}`),
  );
}

function pager(view, go) {
  if (view.pages < 2) return null;
  const step = (label, number) =>
    el(
      "button",
      { type: "button", class: "button", disabled: number < 1 || number > view.pages, onclick: () => go(number) },
      label,
    );
  return el(
    "nav",
    { class: "pager", "aria-label": "Pages of invoices" },
    step("Previous", view.page - 1),
    el("p", {}, `Page ${view.page} of ${view.pages}`),
    step("Next", view.page + 1),
  );
}

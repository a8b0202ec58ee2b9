// The workflows and their Run buttons.

import { ask, el, icon, problem } from "./base.js";

const root = document.getElementById("flows");
const SAMPLE = "Hello, I was charged twice for my order last week and would like one of the two payments back. Thank you!";

async function load() {
  try {
    const view = await ask("/api/flows");
    root.replaceChildren(...view.flows.map(card));
  } catch (error) {
    root.replaceChildren(problem(error, load));
  }
  root.setAttribute("aria-busy", "false");
}

function card(flow) {
  const title = `title-${flow.id}`;
  const input = el("textarea", { id: `text-${flow.id}`, rows: "3", maxlength: "50000" });
  input.value = SAMPLE;
  const result = el("div", { role: "status", class: "run-result" });
  const button = el("button", { type: "button", class: "button primary" }, icon("play"), "Run");
  button.addEventListener("click", async () => {
    button.disabled = true;
    result.replaceChildren(el("p", { class: "notice info" }, "Running…"));
    result.replaceChildren(await run(flow, input.value));
    button.disabled = false;
  });
  return el(
    "article",
    { class: "card flow", "aria-labelledby": title },
    el("div", { class: "card-head" }, el("h2", { id: title }, flow.name), button),
    el("p", { class: "muted" }, flow.summary),
    el("div", { class: "field" }, el("label", { for: input.id }, "Text"), input),
    result,
  );
}

async function run(flow, text) {
  try {
    const answer = await ask(`/api/flows/${encodeURIComponent(flow.id)}/run`, { method: "POST", body: { text } });
    return el("p", { class: "notice success" }, answer.text);
  } catch (error) {
    const buy = error.status === 402 ? [" ", el("a", { href: "/settings/billing" }, "Go to Billing")] : [];
    return el("p", { class: "notice error" }, error.message, ...buy);
  }
}

load();

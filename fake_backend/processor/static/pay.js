// The payment form: checks what is typed, tries to pay, and follows the server's word about what comes next.

import { challenge } from "./challenge.js";
import { asked, brandOf, digits, problem } from "./checks.js";
import { askForPhone, choosePaymentMethod, choosePostcode, coverAccordion } from "./choices.js";
import { showAttemptError, showError } from "./errors.js";
import { field, inEachPage, valueOf } from "./fields.js";
import { format } from "./format.js";
import { leave } from "./window.js";

const ASK_AGAIN_MS = 250;

const form = document.getElementById("payment-form");
const button = form.querySelector("[data-testid=hosted-payment-submit-button]");
const progress = document.getElementById("progress");
const base = form.dataset.base;
let busy = false;

const isComplete = () => field("cardNumber") !== null && asked().every((name) => !problem(name));

function setButton(state) {
  button.className = `SubmitButton SubmitButton--${state}`;
  const label = { processing: "Processing", success: "Paid" }[state] ?? "";
  progress.textContent = label;
}

const showReadiness = () => setButton(isComplete() ? "complete" : "incomplete");

async function ask(path, body) {
  const options = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${base}/${path}`, { headers: { Accept: "application/json" }, ...options });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}

function fieldsAsTyped() {
  const data = Object.fromEntries([...asked(), "phoneNumber"].map((name) => [name, valueOf(name)]));
  return { ...data, cardNumber: digits(data.cardNumber) };
}

function showDecline({ message, of_card: ofCard }) {
  for (const name of asked()) showError(name, "");
  showAttemptError(ofCard ? "" : message);
  if (ofCard) showError("cardNumber", message);
}

async function follow(told) {
  switch (told.state) {
    case "paid":
      setButton("success");
      leave(told.redirect_url);
      return;
    case "processing":
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      return follow(await ask("outcome"));
    case "challenge": {
      const outcome = await challenge(`${base}/three-ds-2-challenge/${told.challenge}`);
      return follow(outcome);
    }
    case "closed":
      leave("");
      return;
    case "invalid":
      for (const [name, text] of Object.entries(told.errors)) showError(name, text);
      break;
    case "declined":
      showDecline(told);
      break;
    default:
      break;
  }
  busy = false;
  showReadiness();
  button.focus();
}

function showProblems() {
  if (!field("cardNumber")) {
    showAttemptError("Choose how you want to pay.");
    return;
  }
  for (const name of asked()) showError(name, problem(name));
  field(asked().find(problem)).focus();
}

// With the save box ticked a phone number is needed, and without one nothing happens: so does the real page.
const waitsForPhone = () => form.enableStripePass?.checked && digits(valueOf("phoneNumber")).length < 7;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy && !("paysAgain" in form.dataset)) return;
  if (!isComplete()) {
    showProblems();
    return;
  }
  if (waitsForPhone()) return;
  busy = true;
  setButton("processing");
  try {
    await follow(await ask("confirm", fieldsAsTyped()));
  } catch {
    busy = false;
    showReadiness();
    showAttemptError("Something went wrong while we reached the payment service. Try again.");
  }
});

function showBrand() {
  const brand = brandOf(digits(valueOf("cardNumber")));
  const place = field("cardNumber")?.ownerDocument.getElementById("brand");
  if (place) place.textContent = brand && brand[0].toUpperCase() + brand.slice(1);
}

function changed({ target }) {
  if (target.dataset.field === "billingCountry") choosePostcode(target);
  if (target.id === "enableStripePass") askForPhone(target);
  if (target.name === "payment-method-accordion-item-title") {
    choosePaymentMethod(form);
    showAttemptError("");
  }
  showError("billingPostalCode", "");
  if (!busy) showReadiness();
}

inEachPage((page) => {
  page.addEventListener("input", (event) => {
    format(event.target, event);
    if (asked().includes(event.target.dataset.field)) showError(event.target.dataset.field, "");
    if (!busy) showReadiness();
    showBrand();
  });
  page.addEventListener("focusout", ({ target }) => {
    // An empty field is told only when Pay is pressed: nobody likes to be told while they are still on their way.
    if (!busy && target.value && asked().includes(target.dataset.field)) showError(target.dataset.field, problem(target.dataset.field));
  });
  page.addEventListener("change", changed);
  if (page !== document) page.addEventListener("keydown", (event) => event.key === "Enter" && form.requestSubmit());
});

form.querySelector("[data-testid=link-pay-button]")?.addEventListener("click", () => {
  document.getElementById("link-note").textContent = "Link cannot be used here. Pay with a card instead.";
});

coverAccordion(form);
showReadiness();

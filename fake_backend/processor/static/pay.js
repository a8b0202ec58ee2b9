// The payment form: checks what is typed, tries to pay, and follows the server's word about what comes next.

import { challenge } from "./challenge.js";
import { brandOf, CHECKS, digits } from "./checks.js";
import { showAttemptError, showError } from "./errors.js";
import { formatWhileTyping } from "./format.js";

const ASK_AGAIN_MS = 250;

const form = document.getElementById("payment-form");
const button = form.querySelector("[data-testid=hosted-payment-submit-button]");
const progress = document.getElementById("progress");
const base = form.dataset.base;
let busy = false;

const problem = (name) => CHECKS[name](form[name].value, form);
const cardIsOpen = () => !document.getElementById("card-panel")?.hidden;
const isComplete = () => cardIsOpen() && Object.keys(CHECKS).every((name) => !problem(name));

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
  const data = Object.fromEntries([...Object.keys(CHECKS), "phoneNumber"].map((name) => [name, form[name].value]));
  return { ...data, cardNumber: digits(data.cardNumber) };
}

function showDecline({ message, of_card: ofCard }) {
  for (const name of Object.keys(CHECKS)) showError(form, name, "");
  showAttemptError(ofCard ? "" : message);
  if (ofCard) showError(form, "cardNumber", message);
}

async function follow(told) {
  switch (told.state) {
    case "paid":
      setButton("success");
      window.top.location.assign(told.redirect_url);
      return;
    case "processing":
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      return follow(await ask("outcome"));
    case "challenge": {
      const outcome = await challenge(`${base}/three-ds-2-challenge/${told.challenge}`);
      return follow(outcome);
    }
    case "closed":
      window.top.location.reload();
      return;
    case "invalid":
      for (const [name, text] of Object.entries(told.errors)) showError(form, name, text);
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
  if (!cardIsOpen()) {
    showAttemptError("Choose how you want to pay.");
    return;
  }
  for (const name of Object.keys(CHECKS)) showError(form, name, problem(name));
  form.querySelector("[aria-invalid=true]")?.focus();
}

// With the save box ticked a phone number is needed, and without one nothing happens: so does the real page.
const waitsForPhone = () => form.enableStripePass.checked && digits(form.phoneNumber.value).length < 7;

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

for (const name of Object.keys(CHECKS)) {
  form[name].addEventListener("input", () => showError(form, name, ""));
  form[name].addEventListener("blur", () => {
    // An empty field is told only when Pay is pressed: nobody likes to be told while they are still on their way.
    if (!busy && form[name].value) showError(form, name, problem(name));
  });
}

form.addEventListener("input", () => {
  if (!busy) showReadiness();
  const brand = brandOf(digits(form.cardNumber.value));
  document.getElementById("brand").textContent = brand && brand[0].toUpperCase() + brand.slice(1);
});

form.billingCountry.addEventListener("change", () => {
  const name = form.billingCountry.selectedOptions[0].dataset.postal;
  const input = form.billingPostalCode;
  input.hidden = !name;
  input.value = "";
  input.placeholder = name ?? "";
  input.setAttribute("aria-label", name ?? "Postal code");
  showError(form, "billingPostalCode", "");
  showReadiness();
});

form.enableStripePass.addEventListener("change", () => {
  document.getElementById("phone-row").hidden = !form.enableStripePass.checked;
});

for (const radio of form.querySelectorAll("[type=radio]")) {
  radio.addEventListener("change", () => {
    for (const other of form.querySelectorAll("[type=radio]")) {
      document.getElementById(`${other.value}-panel`).hidden = !other.checked;
    }
    showAttemptError("");
    showReadiness();
  });
}

for (const cover of form.querySelectorAll(".AccordionItem-cover")) {
  cover.addEventListener("click", () => cover.parentElement.querySelector("[type=radio]").click());
}

form.querySelector("[data-testid=link-pay-button]").addEventListener("click", () => {
  document.getElementById("link-note").textContent = "Link cannot be used here. Pay with a card instead.";
});

formatWhileTyping(form);
showReadiness();

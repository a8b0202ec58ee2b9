// What comes and goes with what is chosen: the card's fields, the postcode, the phone number. What is not asked for is
// not in the page.

import { field } from "./fields.js";

// Puts what a template holds into its place, or takes it out again with what was typed in it.
function place(holder, wanted) {
  const template = holder.querySelector(":scope > template");
  const there = [...holder.children].filter((child) => child !== template);
  if (wanted && !there.length) holder.append(template.content);
  else if (!wanted) template.content.append(...there);
}

export function choosePostcode(select) {
  const name = select.selectedOptions[0]?.dataset.postal;
  const holder = select.ownerDocument.getElementById("postcode-row");
  place(holder, Boolean(name));
  const input = field("billingPostalCode");
  if (!input) return;
  input.value = "";
  if (input.hasAttribute("placeholder")) input.placeholder = name;
  input.setAttribute("aria-label", name);
}

export const askForPhone = (box) => place(document.getElementById("phone-row"), box.checked);

export function choosePaymentMethod(form) {
  for (const radio of form.querySelectorAll("[name=payment-method-accordion-item-title]")) {
    const panel = document.getElementById(`${radio.value}-panel`);
    place(panel, radio.checked);
    panel.hidden = !radio.checked;
  }
}

// A cover lies over each way to pay, as on the real page: a press on it chooses the way.
export function coverAccordion(form) {
  for (const cover of form.querySelectorAll(".AccordionItem-cover")) {
    cover.addEventListener("click", () => cover.parentElement.querySelector("[type=radio]").click());
  }
}

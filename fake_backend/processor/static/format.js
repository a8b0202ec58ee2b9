// Writes card numbers in groups and dates as "MM / YY" while they are typed.

import { brandOf, digits, lengthOf } from "./checks.js";

function grouped(number) {
  const sizes = brandOf(number) === "amex" ? [4, 6, 5] : [4, 4, 4, 4];
  const groups = [];
  let at = 0;
  for (const size of sizes) {
    if (at < number.length) groups.push(number.slice(at, at + size));
    at += size;
  }
  return groups.join(" ");
}

function dated(given) {
  // "4" can only begin a month of one digit.
  const text = /^[2-9]/.test(given) ? `0${given}` : given;
  return text.length > 2 ? `${text.slice(0, 2)} / ${text.slice(2, 4)}` : text;
}

// What is typed in the middle of a text must not jump to its end: the caret keeps the digits before it.
function rewrite(input, text) {
  if (input.value === text) return;
  const atEnd = input.selectionStart === input.value.length;
  const before = digits(input.value.slice(0, input.selectionStart)).length;
  input.value = text;
  if (atEnd) return;
  let caret = 0;
  for (let seen = 0; caret < text.length && seen < before; caret += 1) {
    if (/\d/.test(text[caret])) seen += 1;
  }
  input.setSelectionRange(caret, caret);
}

function formatNumber(input) {
  const number = digits(input.value);
  rewrite(input, grouped(number.slice(0, lengthOf(number))));
}

function formatExpiry(input, event) {
  // "12 / 34" pasted or filled in holds a year of four digits now and then: 12/2034.
  const given = digits(input.value).replace(/^(\d\d)20(\d\d)$/, "$1$2");
  if (!event.inputType?.startsWith("delete")) rewrite(input, dated(given));
}

const FORMATS = {
  cardNumber: formatNumber,
  cardExpiry: formatExpiry,
  cardCvc: (input) => rewrite(input, digits(input.value)),
};

export const format = (input, event) => FORMATS[input.dataset.field]?.(input, event);

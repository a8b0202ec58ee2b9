// The checks of the card's fields, as the server makes them too. Each gives a message, or "" when all is well.

import { field, valueOf } from "./fields.js";

const REQUIRED = "Required";

const LUHN_DOUBLED = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];

export const digits = (text) => text.replace(/\D/g, "");

export function brandOf(number) {
  if (/^3[47]/.test(number)) return "amex";
  if (/^4/.test(number)) return "visa";
  if (/^(5[1-5]|2[2-7])/.test(number)) return "mastercard";
  if (/^(6011|65)/.test(number)) return "discover";
  return "";
}

export const lengthOf = (number) => (brandOf(number) === "amex" ? 15 : 16);

function passesLuhn(number) {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    return total + (place % 2 ? LUHN_DOUBLED[Number(digit)] : Number(digit));
  }, 0);
  return sum % 10 === 0;
}

function cardNumber(text) {
  const number = digits(text);
  if (!number) return REQUIRED;
  if (number.length < lengthOf(number)) return "Your card number is incomplete.";
  return passesLuhn(number) ? "" : "Your card number is invalid.";
}

function cardExpiry(text) {
  const given = digits(text);
  if (!given) return REQUIRED;
  const month = Number(given.slice(0, 2));
  if (given.length < 4 || month < 1 || month > 12) return "Your card’s expiration date is incomplete.";
  const today = new Date();
  const year = 2000 + Number(given.slice(2, 4));
  if (year < today.getFullYear()) return "Your card’s expiration year is in the past.";
  if (year === today.getFullYear() && month < today.getMonth() + 1) return "Your card’s expiration date is in the past.";
  return year <= today.getFullYear() + 50 ? "" : "Your card’s expiration year is invalid.";
}

function cardCvc(text) {
  if (!text) return REQUIRED;
  const length = brandOf(digits(valueOf("cardNumber"))) === "amex" ? 4 : 3;
  return digits(text).length === length ? "" : "Your card’s security code is incomplete.";
}

function email(text) {
  if (!text.trim()) return REQUIRED;
  return /^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(text.trim()) ? "" : "Your email is invalid.";
}

function billingPostalCode(text) {
  if (!text.trim()) return REQUIRED;
  const american = ["US", "PR"].includes(valueOf("billingCountry"));
  return american && !/^\d{5}(-?\d{4})?$/.test(text.trim()) ? "Your ZIP is invalid." : "";
}

const billingName = (text) => (text.trim() ? "" : REQUIRED);
const billingCountry = (text) => (text ? "" : REQUIRED);

const CHECKS = { email, cardNumber, cardExpiry, cardCvc, billingName, billingCountry, billingPostalCode };

// The fields that are asked for now, and what is wrong with one.
export const asked = () => Object.keys(CHECKS).filter(field);
export const problem = (name) => CHECKS[name](valueOf(name));

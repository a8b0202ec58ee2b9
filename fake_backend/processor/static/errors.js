// Says what is wrong beside its field. A field's message goes when the field is changed, the attempt's with the next.

import { field } from "./fields.js";

function say(container, text) {
  const span = container.ownerDocument.createElement("span");
  span.setAttribute("role", "alert");
  if (text === "Required") span.dataset.qa = "EmptyFieldError";
  span.textContent = text;
  container.replaceChildren(span);
}

export function showError(name, text) {
  const input = field(name);
  const page = input?.ownerDocument ?? document;
  const container = page.getElementById(`${name}-error`) ?? document.getElementById(`${name}-error`);
  if (text && container) say(container, text);
  else container?.replaceChildren();
  if (!input) return;
  input.setAttribute("aria-invalid", String(Boolean(text)));
  if (text && container.ownerDocument === page) input.setAttribute("aria-describedby", container.id);
  else input.removeAttribute("aria-describedby");
}

export function showAttemptError(text) {
  const container = document.getElementById("attempt-error");
  if (text) say(container, text);
  else container.replaceChildren();
}

// Says what is wrong beside its field. A field's message goes when the field is changed, the attempt's with the next.

function say(container, text) {
  const span = document.createElement("span");
  span.setAttribute("role", "alert");
  if (text === "Required") span.dataset.qa = "EmptyFieldError";
  span.textContent = text;
  container.replaceChildren(span);
}

export function showError(form, name, text) {
  const container = document.getElementById(`${name}-error`);
  const input = form[name];
  if (!text) {
    container.replaceChildren();
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    return;
  }
  say(container, text);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", container.id);
}

export function showAttemptError(text) {
  const container = document.getElementById("attempt-error");
  if (text) say(container, text);
  else container.replaceChildren();
}

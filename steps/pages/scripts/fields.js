// The state of several fields at once: for each selector the field that matches it, as it is now. What was typed stays on
// the page; only of a list of choices the value is told.
({ scope, selectors }) => fieldsOf(scope, selectors).map((field) => {
  if (!field) return { shown: false, ready: false, filled: false, list: false, choice: "", checked: false, most: -1, hint: "", kind: "" };
  const locked = field.matches(":disabled") || field.readOnly || field.getAttribute("aria-readonly") === "true";
  const list = field.tagName === "SELECT";
  const seen = shown(field) || (field.type === "checkbox" && shown(parent(field))); // behind its own drawing
  return {
    shown: shown(field), ready: seen && !locked, filled: Boolean(field.value), list, choice: list ? field.value : "", checked: Boolean(field.checked),
    most: field.maxLength ?? -1, hint: field.placeholder ?? "", kind: field.type ?? "",
  };
})

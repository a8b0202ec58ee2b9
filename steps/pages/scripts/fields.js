// The state of several fields at once: for each selector the first field that matches it, as it is now. What was typed
// stays on the page; only of a list of choices the value is told.
(selectors) => {
  const all = walk(document);
  return selectors.map((selector) => {
    const field = all.find((el) => el.matches(selector));
    if (!field) return { ready: false, filled: false, list: false, choice: "", checked: false };
    const locked = field.matches(":disabled") || field.readOnly || field.getAttribute("aria-readonly") === "true";
    const choice = field.tagName === "SELECT" ? field.value : "";
    const seen = shown(field) || (field.type === "checkbox" && shown(parent(field))); // behind its own drawing
    const list = field.tagName === "SELECT";
    return { ready: seen && !locked, filled: Boolean(field.value), list, choice, checked: Boolean(field.checked) };
  });
}

// The state of several fields at once: for each selector the first field that matches it, as it is now. What was typed
// stays on the page; only of a list of choices the value is told.
(selectors) => {
  const all = walk(document);
  return selectors.map((selector) => {
    const field = all.find((el) => el.matches(selector));
    if (!field) return { ready: false, filled: false, choice: "", checked: false };
    const locked = field.matches(":disabled") || field.readOnly || field.getAttribute("aria-readonly") === "true";
    const choice = field.tagName === "SELECT" ? field.value : "";
    return { ready: shown(field) && !locked, filled: Boolean(field.value), choice, checked: Boolean(field.checked) };
  });
}

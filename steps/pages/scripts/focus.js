// Where the focus is, seen from an element that is wanted: on it, on another one of its group, or elsewhere.
//
// A label stands for its control, and what is drawn stands for what can have the focus in it or around it. In a group
// (radio buttons of one name, a list of options) Tab enters once and arrows go on. `stop` tells one place from another,
// `at` names it without what was typed there, `key` is what presses the element; `is_for_tab` is what its page means.
(el) => {
  const FOCUSABLE = "a[href],button,input,select,textarea,summary,[contenteditable],[tabindex]";
  const GROUP = "[role=radiogroup],[role=listbox],[role=menu],[role=tablist],[role=toolbar],[role=grid],[role=tree]";
  const isStop = (one) => Boolean(one?.matches("[tabindex]") && one.tabIndex >= 0);
  const label = [el, ...(el.labels ?? [])].find((one) => one.matches("label") && isStop(one)); // a box behind it may be hidden
  const focusable = label ?? el.control ?? (el.matches(FOCUSABLE) ? el : el.querySelector(FOCUSABLE) ?? el.closest(FOCUSABLE) ?? el);
  // A list may keep the focus itself, and say which of its items is the active one.
  const item = el.closest("[role=option],[role=menuitem],[role=treeitem],[role=gridcell]");
  const wanted = item && focusable !== item && focusable.contains(item) ? item : focusable;
  const page = el.ownerDocument;
  let at = page.hasFocus() ? page.activeElement : null;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (at === page.body || at === page.documentElement || at?.tagName === "IFRAME") at = null;

  const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim().slice(0, 60);
  const nameOf = (one) => clean(one.getAttribute("aria-label"))
    || clean((one.getAttribute("aria-labelledby") ?? "").split(/\s+/).map((id) => page.getElementById(id)?.innerText ?? "").join(" "))
    || clean(one.labels?.[0]?.innerText) || clean(one.tagName === "SELECT" ? "" : one.innerText)
    || clean(one.placeholder ?? one.title) || one.getAttribute("role") || one.tagName.toLowerCase();
  const placeOf = (one) => {
    const steps = [];
    for (let on = one; on; on = parent(on)) steps.push([on.getRootNode() !== page, [...on.parentNode.children].indexOf(on)]);
    return steps.join();
  };
  const isRadio = (one) => one.matches("input[type=radio]");
  const held = (one) => (one.getAttribute("aria-controls") ?? one.getAttribute("aria-owns") ?? "").split(/\s+/);
  const together = (one, other) => isRadio(one) && isRadio(other)
    ? one.name !== "" && one.name === other.name && one.form === other.form
    : Boolean(other.closest(GROUP)) && wanted.tabIndex < 0
      && (one.closest(GROUP) === other.closest(GROUP) || held(one).includes(other.closest(GROUP).id || null));
  const active = () => at.getAttribute("aria-activedescendant");
  const isActive = () => active() ? active() === wanted.id
    : wanted === item && at === item.closest(GROUP) && item.getAttribute("aria-selected") === "true";
  const isThere = at !== null && (at === wanted || wanted.contains(at) || isActive());
  return {
    is_there: isThere,
    is_for_tab: wanted.tabIndex >= 0,
    is_in_group: !isThere && at !== null && together(at, wanted),
    stop: at === null ? null : placeOf(at),
    at: at === null ? "elsewhere" : `“${nameOf(at)}”`,
    name: `“${nameOf(wanted)}”`,
    key: wanted.matches("input[type=radio],input[type=checkbox],[role=radio],[role=checkbox],[role=switch]") ? "Space" : "Enter",
  };
}

// Brings what is to be pressed into view, and tells what keeps a person from pressing it: that it is disabled, or what
// lies over it. Gives "" where nothing does.
(el) => {
  el.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  if (el.matches(":disabled") || el.getAttribute("aria-disabled") === "true") return "it is disabled";
  if (el.closest("[inert]")) return "it is inert";
  const box = el.getBoundingClientRect();
  let top = el.ownerDocument.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  while (top?.shadowRoot?.elementFromPoint) {
    const deeper = top.shadowRoot.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!deeper || deeper === top) break;
    top = deeper;
  }
  if (!top || inside(el, top) || inside(top, el)) return "";
  for (let at = top; at && !inside(at, el); at = parent(at)) {
    const name = at.getAttribute("aria-label") || at.title || clean(at.innerText).slice(0, 60);
    if (name) return `“${name}” lies over it`;
  }
  return `${top.localName}${top.id ? `#${top.id}` : ""} lies over it`;
}

// The title of the section that an element stands in, by its place on the page: "" if it stands in none.
//
// Sections may be wrapped or not: an element belongs to the title that it shares the largest untitled surroundings
// with, or else to the nearest title before it.
(element, { titles, plans }) => {
  const known = titles.map((title) => ({ name: title.name, match: new RegExp(`^\\W*(?:${title.pattern})\\W*$`, "i") }));
  const plan = new RegExp(`^\\W*(?:${plans})\\b`, "i");
  const level = (el) => el.matches("h1,h2,h3,h4,h5,h6") ? Number(el.tagName[1])
    : el.getAttribute("role") === "heading" ? Number(el.getAttribute("aria-level") ?? 2) : 9;
  const hidden = (el) => !el.checkVisibility({ visibilityProperty: true });
  const pressable = (el) => Boolean(el.closest("button,a[href],[role=button],[role=tab],[role=menuitem],nav,[role=navigation]"));

  const everything = walk(document.body);
  const named = [];
  for (const el of everything) {
    const text = clean(el.textContent);
    if (text.length > 80 || hidden(el) || pressable(el)) continue;
    const found = known.find((title) => title.match.test(text));
    if (!found) continue;
    if (named.length && inside(named.at(-1).el, el)) named.at(-1).el = el;
    else named.push({ name: found.name, el, level: level(el) });
    named.at(-1).level = Math.min(named.at(-1).level, level(el));
  }
  const rank = Math.max(...named.map((title) => title.level), 0);
  const marks = [...named];
  if (rank && rank < 9) {
    for (const el of everything) {
      const text = clean(el.textContent);
      const near = named.some((title) => inside(title.el, el) || inside(el, title.el) || parent(title.el) === parent(el));
      if (level(el) <= rank && level(el) > 1 && text && !near && !plan.test(text) && !hidden(el)) marks.push({ name: text, el });
    }
  }
  const order = (a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
  marks.sort((a, b) => order(a.el, b.el));

  for (const mark of marks) {
    let wrap = null;
    for (let at = mark.el; at; at = parent(at)) {
      if (marks.some((other) => other !== mark && inside(at, other.el))) break;
      wrap = at;
    }
    if (wrap && inside(wrap, element)) return mark.name;
  }
  const before = marks.filter((mark) => order(mark.el, element) < 0);
  return before.at(-1)?.name ?? "";
}

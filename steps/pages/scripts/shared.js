// What the scripts that look at a page share; shadow trees count as if they were part of the page.
const children = (el) => [...(el.shadowRoot ?? el).children];
const parent = (el) => el.parentElement ?? el.getRootNode().host ?? null;
const walk = (el) => children(el).flatMap((child) => [child, ...walk(child)]);
const inside = (el, other) => { for (let at = other; at; at = parent(at)) if (at === el) return true; return false; };
const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const hitOf = (el) => {
  const box = el.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  let top = document.elementFromPoint(x, y);
  for (let deeper = top?.shadowRoot?.elementFromPoint(x, y); deeper && deeper !== top; deeper = top.shadowRoot?.elementFromPoint(x, y)) top = deeper;
  return top;
};
const coverOf = (el, hit) => {
  let cover = hit;
  for (let at = hit; at && !inside(at, el); at = parent(at)) cover = at;
  return cover;
};
const shown = (el) => {
  const box = el.getBoundingClientRect();
  if (box.width > 0 && box.height > 0) return el.checkVisibility({ visibilityProperty: true });
  return parent(el) !== null && getComputedStyle(el).display === "contents" && shown(parent(el));
};
const fieldsOf = (scope, selectors) => {
  const all = scope ? walk(document).filter((el) => el.matches(scope)).flatMap(walk) : walk(document);
  return selectors.map((selector) => {
    const found = all.filter((el) => el.matches(selector));
    return found.find(shown) ?? found[0];
  });
};

// What the scripts share that probe a given element, or the fields of a form. What a page shows is read from snapshots;
// fields alone are looked for here, for what was typed into them must stay on the page. Shadow trees count as parts,
// and so does what is put into their slots.
const children = (el) => [...(el.shadowRoot?.children ?? []), ...el.children];
const parent = (el) => el.assignedSlot ?? el.parentElement ?? el.getRootNode().host ?? null;
const walk = (el) => children(el).flatMap((child) => [child, ...walk(child)]);
const inside = (el, other) => { for (let at = other; at; at = parent(at)) if (at === el) return true; return false; };
const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const said = (node) => {
  if (node.nodeType === 3) return node.textContent;
  if (node.nodeType !== 1 || !(node.localName === "slot" || node.checkVisibility())) return "";
  const given = node.localName === "slot" ? node.assignedNodes({ flatten: true }) : [];
  const held = given.length ? given : (node.shadowRoot ?? node).childNodes;
  return clean([...held].map(said).join(" "));
};
const hitOf = (el) => {
  const box = el.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  let top = document.elementFromPoint(x, y);
  for (let deeper = top?.shadowRoot?.elementFromPoint(x, y); deeper && deeper !== top; deeper = top.shadowRoot?.elementFromPoint(x, y)) top = deeper;
  return top;
};
// Whether something was put behind the ground of what it stands in.
const liesBehind = (ground, el) => {
  for (let at = el; at && at !== ground; at = parent(at)) {
    const { position, zIndex } = getComputedStyle(at);
    if (zIndex < 0 && position !== "static") return true;
  }
  return false;
};
const coverOf = (el, hit) => {
  let cover = hit;
  for (let at = hit; at && !inside(at, el); at = parent(at)) cover = at;
  return cover;
};
// What lies over an element, or the dialog that a sheet without any text belongs to.
const layerOf = (el, hit) => {
  const cover = coverOf(el, hit);
  if (said(cover) || cover.getAttribute("aria-label")) return cover;
  const dialogs = walk(document).filter((one) => one.matches("dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]"));
  return dialogs.filter((one) => shown(one) && !inside(one, el) && inside(one, hitOf(one) ?? document)).at(-1) ?? cover;
};
const shown = (el) => {
  const box = el.getBoundingClientRect();
  if (box.width > 0 && box.height > 0) return el.checkVisibility({ visibilityProperty: true });
  return parent(el) !== null && getComputedStyle(el).display === "contents" && shown(parent(el));
};
// Whether what stands in an empty field is an example of what to type, "1234 5678" or "John Doe", and not its name.
const HINTS = /card|number|code|cv[cvn]|exp|valid|zip|post|name|mail|month|year|mm|yy|country|city|town|state|street|address|phone/i;
const isExample = (hint) => !/\p{L}/u.test(hint) || !HINTS.test(hint);
// What a field is called: by its label, its own attributes, or else by the words that stand before it or lie over it.
const calledOf = (field) => {
  const labels = [...(field.labels ?? [])].map((label) => label.innerText.trim() || label.querySelector("img")?.alt).join(" ");
  const referred = (field.getAttribute("aria-labelledby") ?? "").split(/\s+/).map((id) => (id ? field.getRootNode().getElementById?.(id)?.innerText : "")).join(" ");
  const hint = field.placeholder ?? "";
  const named = clean(labels) || clean(referred) || field.getAttribute("aria-label") || (isExample(hint) ? "" : hint) || field.title;
  return clean(named) || wordsOver(field) || wordsBefore(field) || clean(hint);
};
// The words of a label that floats over a field, behind it in the page.
const wordsOver = (field) => {
  const box = field.getBoundingClientRect();
  for (let after = field.nextElementSibling; after; after = after.nextElementSibling) {
    const { left, right, top, bottom } = after.getBoundingClientRect();
    const lies = left >= box.left && right <= box.right + 1 && top >= box.top && bottom <= box.bottom + 1;
    if (lies && /\p{L}/u.test(after.innerText) && !after.querySelector("input, select")) return clean(after.innerText);
  }
  return "";
};
const wordsBefore = (field) => {
  for (let at = field, up = 0; at && up < 6 && !at.matches("form, body"); at = parent(at), up += 1)
    for (let before = at.previousSibling; before; before = before.previousSibling) {
      const said = before.nodeType === 3 ? before.textContent : before.checkVisibility?.() ? before.innerText : "";
      if (/\p{L}/u.test(said) && !before.querySelector?.("input, select")) return clean(said).slice(-60);
    }
  return "";
};
const BRAND = /\b(visa|master ?card|american express|amex|maestro|discover|diners( club)?|jcb)\b/i;
const choicesOf = (list) => {
  if ([...list.options].filter((one) => BRAND.test(one.text)).length > 1) return "brands";
  const values = [...list.options].map((one) => one.value || one.text).filter((one) => /^\d+$/.test(one));
  if (values.length === 12 && values.every((one) => +one <= 12)) return "months";
  return values.length > 3 && values.every((one) => /^(20)?[2-9]\d$/.test(one)) ? "years" : "choices";
};
const TYPED = "input:not([type=hidden],[type=submit],[type=button],[type=checkbox],[type=radio],[type=search])";
// What a box to tick is for stands behind it, in its label or, without one, around it.
const TICKED = "\\[tick\\]";
const tickOf = (box) => `[tick] ${clean([...(box.labels ?? [])].map((label) => label.innerText).join(" ") || box.getAttribute("aria-label") || parent(box)?.innerText)}`;
// Fields by selectors, and nothing else of a page; a selector may be followed by "~~" and the words that its field is called by if nothing matches.
const fieldsOf = (scope, selectors) => {
  const all = scope ? walk(document).filter((el) => el.matches(scope)).flatMap(walk) : walk(document);
  const kind = (el) => el.tagName === "SELECT" ? ` [${choicesOf(el)}]` : "";
  const called = all.filter((el) => selectors.some((one) => one.includes("~~")) && el.matches(`${TYPED}, select`) && shown(el))
    .map((el) => [el, calledOf(el) + kind(el)]);
  const ticked = all.filter((el) => selectors.some((one) => one.includes(TICKED)) && el.matches("input[type=checkbox]") && shown(parent(el)))
    .map((el) => [el, tickOf(el)]);
  return selectors.map((selector) => {
    const [css, words] = selector.split(" ~~ ");
    const found = all.filter((el) => el.matches(css));
    const named = words && (words.startsWith(TICKED) ? ticked : called).find(([, name]) => new RegExp(words, "iu").test(name));
    return found.find(shown) ?? (named ? named[0] : found[0]);
  });
};

// Accessible names. Source: Accessible Name and Description Computation 1.2, as far as pages use it.
const NAMED_BY_CONTENT = new Set(["button", "link", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "radio", "option", "treeitem", "checkbox", "switch", "heading", "cell", "gridcell", "columnheader", "rowheader", "row", "tooltip", "term"]);
const SPOKEN = new Map(); // a row says what its cells said
const spokenBy = (node) => {
  if (node.nodeType === 3) return node.data;
  if (node.nodeType !== 1) return "";
  let said = SPOKEN.get(node);
  if (said === undefined) SPOKEN.set(node, said = spokenWithin(node));
  return said;
};
const spokenWithin = (el) => {
  const tag = el.localName;
  if (SKIP.has(tag) || el.getAttribute("aria-hidden") === "true") return "";
  const style = styleOf(el);
  const display = style.display;
  if (display === "none" || style.visibility === "hidden") return "";
  const label = el.getAttribute("aria-label");
  if (label) return ` ${label} `;
  return ownSpoken(el, tag) ?? (display.startsWith("inline") ? spokenContents(el) : ` ${spokenContents(el)} `);
};
const ownSpoken = (el, tag) => {
  if (tag === "img") return ` ${el.alt} `;
  return tag === "input" && (el.type === "submit" || el.type === "button") ? ` ${el.value} ` : undefined;
};
const spokenContents = (el) => {
  let said = "";
  const given = flat(el);
  if (given) for (const child of given) said += spokenBy(child);
  else for (let child = el.firstChild; child; child = child.nextSibling) said += spokenBy(child);
  return said;
};
// What an element says of itself, even where it does not show.
const spoken = (el) => {
  if (SKIP.has(el.localName) || el.getAttribute("aria-hidden") === "true") return "";
  return fold(ownSpoken(el, el.localName) ?? spokenContents(el));
};
const byId = (el, ids) => ids.split(/\s+/).map((id) => (id ? el.getRootNode().getElementById?.(id) ?? document.getElementById(id) : null)).filter(Boolean);
const nameOf = (el, role) => {
  const ids = el.getAttribute("aria-labelledby");
  const referred = ids ? fold(byId(el, ids).map((one) => one.getAttribute("aria-label") || spoken(one)).join(" ")) : "";
  if (referred) return referred;
  const label = fold(el.getAttribute("aria-label"));
  if (label) return label;
  const tag = el.localName;
  if (tag === "input" && ["button", "submit", "reset"].includes(el.type)) return fold(el.value || (el.type === "submit" ? "Submit" : el.type === "reset" ? "Reset" : ""));
  if (el.labels?.length) {
    const named = fold([...el.labels].map((one) => spoken(one)).join(" "));
    if (named) return named;
  }
  if (tag === "img" || tag === "area" || (tag === "input" && el.type === "image")) return fold(el.alt || el.title);
  if (tag === "svg") return fold(el.querySelector(":scope > title")?.textContent);
  const own = { fieldset: "legend", table: "caption", figure: "figcaption" }[tag];
  if (own) {
    const title = el.querySelector(`:scope > ${own}`);
    if (title) return spoken(title);
  }
  if (tag === "iframe") return fold(el.title || el.name);
  if (NAMED_BY_CONTENT.has(role) && tag !== "select") {
    const said = spoken(el);
    if (said) return said;
  }
  return fold(el.getAttribute("title") || el.getAttribute("placeholder") || el.getAttribute("aria-placeholder"));
};

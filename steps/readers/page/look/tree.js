// What a page is made of, as it is drawn: shadow trees and slots in their place, folded parts left out; and its plain words.
const SKIP = new Set(["script", "style", "noscript", "template", "head", "title", "meta", "link", "datalist", "param", "source", "track"]);
const INVISIBLE = /[\u00ad\u200b-\u200d\u2028\u2029\u2060-\u2065\ufeff]/g;
const FOLD = /[ \t\n\r\f]+/g;
const fold = (text) => (text ?? "").replace(INVISIBLE, "").replace(FOLD, " ").trim();
const root = document.documentElement ?? document.createElement("html"); // a document that has only begun has none
const [left, top, wide, high] = [scrollX, scrollY, innerWidth, innerHeight];
const elements = [];
const nodes = [];
const texts = [];
const trees = [];
const loose = [];
const wanted = new Map();
const range = document.createRange();

const styleOf = (el) => getComputedStyle(el);
// Whether a box that stands in a line has lines of its own: a card, no badge.
const holdsBlocks = (el) => [...el.children].some((one) => !/^(inline|none|contents|ruby)/.test(styleOf(one).display));
// What shows in an element other than its own children; null where it is those.
const flat = (el) => {
  if (el.shadowRoot) return el.shadowRoot.childNodes;
  if (el.localName === "slot") {
    const given = el.assignedNodes({ flatten: true });
    return given.length ? given : el.childNodes;
  }
  if (el.localName === "details" && !el.open) return [...el.children].filter((one) => one.localName === "summary").slice(0, 1);
  if (["select", "textarea", "meter", "progress"].includes(el.localName)) return [];
  return null;
};
const contents = (el) => flat(el) ?? el.childNodes;
const flatParent = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
const within = (outer, node) => {
  for (let at = node; at; at = flatParent(at)) if (at === outer) return true;
  return false;
};

// What the labels' own selectors match, in shadow trees too.
const mark = (tree) => {
  for (const [name, css] of Object.entries(given.selectors)) {
    for (const el of tree.querySelectorAll(css)) wanted.set(el, [...(wanted.get(el) ?? []), `label:${name}`]);
  }
};
const marking = Object.keys(given.selectors).length > 0;
if (marking) mark(document);

// What is written, piece by piece, with the white space between; and what stands for words.
const textRect = (node) => {
  range.selectNodeContents(node);
  return range.getBoundingClientRect();
};
// Where the white space of one block has got to, for what comes next in it.
const newFlow = () => ({ space: false, broken: false, any: false });
// How an element's own text looks, found out where it has some.
const lookOf = (from) => from.look ??= {
  size: Math.round(parseFloat(from.style.fontSize) * 10) / 10,
  weight: Number(from.style.fontWeight) || 400,
  keeps: (from.style.whiteSpaceCollapse ?? from.style.whiteSpace).startsWith("pre"),
  clear: transparent(from.style),
};
const say = (string, rect, element, from, extra = {}) => {
  const flow = from.flow;
  const look = lookOf(from);
  const keeps = look.keeps && string.includes("\n");
  const pieces = keeps ? string.split("\n") : [string];
  pieces.forEach((piece, at) => {
    if (at) flow.broken = true;
    const plain = piece.replace(INVISIBLE, "").replace(FOLD, " ");
    const text = plain.replace(/^ | $/g, "");
    if (!text) {
      if (plain) flow.space = true;
      return;
    }
    const entry = { text, element, block: from.block, box: boxOf(rect), size: look.size };
    if (look.weight !== 400) entry.weight = look.weight;
    if (flow.any && (flow.space || plain[0] === " ")) entry.space_before = true;
    if (flow.any && flow.broken) entry.broken = true;
    if (from.struck) entry.struck = true;
    texts.push(Object.assign(entry, extra));
    flow.any = true;
    flow.broken = false;
    flow.space = plain.at(-1) === " ";
  });
};

// What a style sheet writes before and after an element.
const generated = (el, which) => {
  const style = getComputedStyle(el, which);
  const content = style.content;
  if (content === "none" || content === "normal" || content === '""' || style.display === "none") return null;
  if (style.visibility !== "visible" || style.opacity === "0" || style.fontSize === "0px") return null;
  const parts = content.split(/ \/ (?=")/)[0].match(/"(?:[^"\\]|\\.)*"|[\w-]+\([^)]*\)/g) ?? [];
  const text = parts.map((part) => {
    if (part[0] === '"') return part.slice(1, -1).replace(/\\a /gi, "\n").replace(/\\(.)/g, "$1");
    const attr = part.match(/^attr\(\s*([\w-]+)/);
    if (attr) return el.getAttribute(attr[1]) ?? "";
    return /^counters?\(/.test(part) ? "\ufffd" : "";
  }).join("").replace(/[\ue000-\uf8ff]/g, "");
  return fold(text) ? { text, apart: !style.display.startsWith("inline") && style.position === "static" } : null;
};
const sayGenerated = (el, which, rect, element, from) => {
  const made = generated(el, which);
  if (!made) return;
  const flow = from.flow;
  if (made.apart) flow.broken = true;
  say(made.text, rect, element, from, { generated: true });
  if (made.apart) flow.broken = true;
};

const WITHOUT_TEXT = new Set(["svg", "iframe", "canvas", "video", "audio", "object", "embed", "textarea", "img", "select", "input", "br", "wbr"]);
// What the contents of an element that shows nothing but pictures, or what was chosen, say in words.
const sayOwn = (el, tag, role, rect, entry, own) => {
  if (tag === "input" && ["button", "submit", "reset"].includes(el.type)) say(entry.name = nameOf(el, role), rect, own.element, own);
  else if (tag === "input" && el.readOnly && entry.kind !== "password" && el.value) say(el.value, rect, own.element, own); // nobody types there
  else if (tag === "select") say([...el.selectedOptions].map((one) => one.label).join(", "), rect, own.element, own);
  else if (tag === "img" && !el.complete) say(el.alt, rect, own.element, own);
  else if (tag === "svg") {
    for (const one of el.querySelectorAll("text")) {
      const box = one.getBoundingClientRect();
      if (!seen(box, own.clip, own.scrolled)) continue;
      own.flow.broken = true;
      say(one.textContent, box, own.element, own);
    }
  }
};
// What shows where a number that is written short, or a time that is told from now on, is pointed at.
const titleOf = (node) => {
  if (!/\d\s?[kKM](?!\p{L})|\bago\b|\b[Jj]ust now\b|\b[Yy]esterday\b|\b[Tt]oday\b/u.test(node.data)) return {};
  const text = fold(node.data);
  let el = node.parentElement;
  while (el && !el.title && el.parentElement && fold(el.parentElement.textContent) === text) el = el.parentElement;
  return el?.title && fold(el.textContent) === text ? { title: fold(el.title) } : {};
};
// Whether a word is an icon's name, which its font draws as one sign: it takes the place of one.
const isIcon = (el, data, box, own) => el.getAttribute("aria-hidden") === "true" && /^\s*[a-z_]{3,}\s*$/.test(data)
  && Math.min(box.width, own.clip[2] - own.clip[0]) <= 1.3 * own.look.size;
const sayText = (node, el, rect, own) => {
  const data = node.data;
  if (!/[^ \t\n\r\f]/.test(data)) {
    const flow = own.flow;
    if (data) flow.space = true;
    if (data.includes("\n") && lookOf(own).keeps) flow.broken = true;
    return;
  }
  if (lookOf(own).size < 3 || own.look.clear) return; // nobody reads it
  const box = own.inline && el.childNodes.length === 1 && !el.shadowRoot ? rect : textRect(node);
  if (seen(box, own.clip, own.scrolled) && !isIcon(el, data, box, own)) say(data, box, own.element, own, titleOf(node));
  else own.flow.space = true;
};

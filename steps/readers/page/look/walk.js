// The walk over all that shows, from the body down.
const step = (node, el, rect, own, shows) => {
  if (node.nodeType === 1) visit(node, own);
  else if (node.nodeType === 3 && shows) sayText(node, el, rect, own);
};

const NATIVE = "a, button, label, input, select, summary, textarea, [role=button], [role=link]";

// Whether it is a few words in a pill or box of their own, at the end of a line: they say another thing than that.
const says = (node) => !SKIP.has(node.localName) && /\S/.test(node.textContent);
const isBadge = (el, style) => {
  if (parseFloat(style.paddingLeft) < 3 || parseFloat(style.paddingRight) < 3) return false;
  if (CLEAR.test(style.backgroundColor) && parseFloat(style.borderLeftWidth) < 1) return false;
  const said = fold(el.textContent) || fold(spokenContents(el)); // what is put into a slot is no text of it
  if (!said || said.length > 24 || !/\p{L}/u.test(said)) return false;
  let behind = false;
  for (let at = el, up = flatParent(at); up; at = up, up = flatParent(at)) {
    for (let next = at.nextSibling; next; next = next.nextSibling) if (says(next)) return false;
    for (let last = at.previousSibling; last; last = last.previousSibling) behind ||= says(last);
    if (up.localName !== "slot" && !styleOf(up).display.startsWith("inline")) return behind;
  }
  return false;
};
// Whether it is what lies over the page with something on it: pressed beside that, it closes.
const isGround = (el, rect) => el.childElementCount > 0 && rect.width >= innerWidth * 0.95 && rect.height >= innerHeight * 0.95;
// Whether it is pressed itself, as its handler tells: no card around cards, for which it listens.
const hears = (el, style) => el.hasAttribute("onclick") && (style.cursor === "pointer" || ![...el.querySelectorAll("*")].some(
  (one) => !el.contains(one.closest(NATIVE)) && (one.hasAttribute("onclick") || styleOf(one).cursor === "pointer")));
// Walks what shows. `from` is what an element hands down: its nearest element, block, clips, states.
const visit = (el, from) => {
  const tag = el.localName;
  if (SKIP.has(tag)) return;
  if (tag === "br") { from.flow.broken = true; return; }
  const style = styleOf(el);
  const display = style.display;
  if (display === "none" || tag === "wbr") return;
  const bare = display === "contents";
  const rect = rectOf(el);
  const position = style.position;
  const lifted = position === "absolute" || position === "fixed";
  const choice = tag === "input" && (el.type === "radio" || el.type === "checkbox" || el.type === "file");
  const clip = position === "fixed" ? fixedClipOf(from) : position === "absolute" ? absoluteClipOf(from) : from.clip;
  const shows = style.visibility === "visible";
  const opacity = style.opacity;
  const gone = !bare && el !== document.body && (opacity < 0.05 || clippedAway(style, rect, lifted));
  const scrolled = position === "fixed" ? STILL : from.scrolled;
  const clear = shows && isClearField(el, tag, opacity, rect) && seen(rect, clip, scrolled);
  const unseen = clear || choice && (gone || !shows || !seen(rect, clip, scrolled));
  if (gone && !choice && !clear || unseen && !labelShows(el)) return;
  if (position === "fixed" && rect.width > 0 && rect.height > 0 && beyond(rect) && !choice && !clear) return;
  const visible = shows && !bare && !unseen && seen(rect, clip, scrolled);
  const plain = !el.hasAttributes();
  const role = plain && tag !== "a" && tag !== "th" ? ROLES[tag] ?? implied(el) : roleOf(el);
  const pressing = from.pressing || PRESSABLE.has(role);
  const holds = role === "listbox"; // of its choices, each is pressed by itself
  const points = !pressing && style.cursor === "pointer";
  // What scrolls takes the focus so that keys can scroll it.
  const scrolls = role === "region" || /auto|scroll/.test(style.overflowX + style.overflowY);
  const takesFocus = !plain && !scrolls && el.hasAttribute("tabindex") && el.tabIndex >= 0;
  const pressable = !pressing && (points && !from.points || takesFocus || !plain && hears(el, style) || tag === "a" && !role && el.textContent.trim())
    && tag !== "label" && el !== document.body && role !== "tabpanel" && !DIALOGS.has(role) && !(lifted && isGround(el, rect));
  const badge = !plain && !role && !pressing && !pressable && display.startsWith("inline") && isBadge(el, style);
  const inline = bare ? from.inline : !badge && display.startsWith("inline") && !(display !== "inline" && (pressable || PRESSABLE.has(role))) && !(display === "inline-block" && holdsBlocks(el)) || display.startsWith("ruby");
  const index = elements.length;
  const inert = from.inert && !(tag === "dialog" && el.matches(":modal")) || el.inert === true;
  const disabled = from.disabled && tag !== "legend" || !plain && el.getAttribute("aria-disabled") === "true" || tag === "fieldset" && el.disabled;
  const states = statesOf(el, role, { inert, disabled });
  if (position === "fixed") states.push("floating");
  if (unseen) states.push("unseen");
  if (wanted.has(el)) states.push(...wanted.get(el));
  const entry = { tag, parent: from.element, box: boxOf(rect) };
  if (role) entry.role = role;
  const id = plain ? "" : el.getAttribute("data-testid") || el.id;
  if (id && typeof id === "string") entry.id = id;
  const kind = tag === "input" || tag === "textarea" || tag === "select" ? kindOf(el, tag) : "";
  if (kind) entry.kind = kind;
  if (kind) loose.push(el);
  if (role === "heading") entry.level = Number(el.getAttribute("aria-level")) || Number(tag[1]) || 2;
  if (inline) entry.inline = true;
  const row = plain ? 0 : Number(el.getAttribute("aria-rowindex") ?? el.getAttribute("aria-posinset"));
  if (row > 0) entry.index = row;
  if (scrolled[1] >= 1) entry.scrolled = Math.round(scrolled[1]);
  if (tag === "a" && el.href) entry.href = String(el.href);
  if (tag === "time" && el.dateTime) entry.datetime = el.dateTime;
  if (BARS.has(role)) {
    const [value, said] = valueOf(el);
    if (value !== "//") entry.value = value;
    if (said) entry.value_text = said;
  }
  if (pressable) states.push("pressable");
  if (badge) states.push("badge");
  const ownBlock = !inline && !bare || from.block < 0;
  const block = ownBlock ? index : from.block;
  const breaks = ownBlock && from.block >= 0 && !lifted && style.float === "none" && !display.startsWith("inline");
  if (breaks && from.flow.any) from.flow.broken = true;
  elements.push(entry);
  nodes.push(el);
  entry.states = states;
  const count = texts.length;
  const [overX, overY] = [style.overflowX, style.overflowY];
  const own = {
    element: index, block, inline, clip: bare ? clip : cutting(el, overX, overY, rect, clip), scrolled: scrolling(el, overX, overY, scrolled),
    inert, disabled, style, position, points: holds ? style.cursor === "pointer" : points, look: null, from, flow: ownBlock ? newFlow() : from.flow,
    struck: from.struck && display !== "inline-block" || style.textDecorationLine === "line-through" || tag === "del" || tag === "s",
    pressing: from.pressing || !holds && PRESSABLE.has(role) || states.includes("pressable"),
  };
  if (visible && !inline) {
    const fill = fillOf(el, style, rect, BARS.has(role));
    if (fill >= 0) entry.fill = fill;
  }
  const bar = visible && isBar(el, wanted.get(el));
  const parts = bar || entry.fill >= 0 ? partsOf(el, rect) : null;
  if (parts && bar) entry.parts = parts.map(([share]) => share);
  if (parts?.some(([, colour]) => colour)) entry.colours = parts;
  const sign = !visible ? "" : !role && isSign(el, style, rect) ? colourOf(style) : signBefore(el);
  if (sign) entry.colour = sign;
  if (el.shadowRoot) {
    trees.push(el.shadowRoot);
    if (marking) mark(el.shadowRoot);
  }
  const writes = visible && pseudo(el);
  if (writes) sayGenerated(el, "::before", rect, index, own);
  if (WITHOUT_TEXT.has(tag)) {
    if (visible) sayOwn(el, tag, role, rect, entry, own);
  } else if ((el.firstChild || el.shadowRoot || tag === "slot") && style.contentVisibility !== "hidden") {
    const given = flat(el);
    if (given) for (const child of given) step(child, el, rect, own, shows);
    else for (let child = el.firstChild; child; child = child.nextSibling) step(child, el, rect, own, shows);
  }
  if (writes) sayGenerated(el, "::after", rect, index, own);
  if (breaks && (from.flow.any || texts.length > count)) from.flow.broken = true;
  if (!visible && !unseen && texts.length === count && elements.length === index + 1) {
    elements.pop();
    nodes.pop();
    return;
  }
  if (bare) entry.box = around([...elements.slice(index + 1).filter((one) => one.parent === index), ...texts.slice(count)]);
  const wordless = pressable && !role && !texts.slice(count).some((one) => /[\p{L}\p{N}]/u.test(one.text)); // it has no words
  if ((role || kind || tag === "iframe" || wordless) && entry.name === undefined) {
    const name = nameOf(el, role);
    if (name) entry.name = name;
  }
  if (visible && beyond(rect)) states.push("offscreen");
};

const outermost = { element: -1, block: -1, inline: false, clip: EVERYWHERE, scrolled: STILL, inert: false, disabled: false, struck: false, points: false, pressing: false, from: null, flow: newFlow() };
const inertPage = Boolean(document.querySelector("dialog:modal"));
if (document.body) visit(document.body, { ...outermost, inert: inertPage });

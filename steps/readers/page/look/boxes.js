// Where things are, and whether a person can get to see them there.
const CLEAR = /^rgba\(.*, 0\)$|\/ 0\)$/;
// A plain copy: what a browser gives out is slow to be asked time and again.
const rectOf = (el) => {
  const { left, top, right, bottom, width, height } = el.getBoundingClientRect();
  return { left, top, right, bottom, width, height };
};

// Boxes are those of the document, not of the viewport.
const boxOf = (rect) => [Math.round(rect.left + left), Math.round(rect.top + top), Math.round(rect.width), Math.round(rect.height)];
const meet = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
const EVERYWHERE = [-Infinity, -Infinity, Infinity, Infinity];
const rootStyle = getComputedStyle(root);
const bodyStyle = document.body ? getComputedStyle(document.body) : rootStyle;
const sideways = [rootStyle, bodyStyle].some((one) => one.overflowX === "hidden" || one.overflowX === "clip");
const farthest = sideways ? wide : Math.max(root.scrollWidth, wide);
// Whether a rectangle of the viewport is where a person can get to see it, inside what its ancestors cut off; `scrolled`
// is how far they are scrolled themselves.
const seen = (rect, clip, scrolled) => {
  if (rect.width <= 0 || rect.height <= 0) return false;
  if (rect.right + left + scrolled[0] <= 0 || rect.bottom + top + scrolled[1] <= 0 || rect.left + left >= farthest) return false;
  return rect.right > clip[0] + 0.5 && rect.bottom > clip[1] + 0.5 && rect.left < clip[2] - 0.5 && rect.top < clip[3] - 0.5;
};
const STILL = [0, 0];
const SCROLLS = new Set(["auto", "scroll"]);
const scrolling = (el, x, y, scrolled) => {
  if (el === document.body || !SCROLLS.has(x) && !SCROLLS.has(y)) return scrolled;
  loose.push(el);
  return [scrolled[0] + Math.max(0, el.scrollLeft), scrolled[1] + Math.max(0, el.scrollTop)];
};
const CUTS = new Set(["hidden", "clip"]);
const cutting = (el, x, y, rect, clip) => {
  if (x === "visible" && y === "visible" || el === document.body) return clip;
  if (clip !== EVERYWHERE && rect.right > clip[0] && rect.bottom > clip[1] && rect.left < clip[2] && rect.top < clip[3]) {
    // What scrolls brings its contents to where it shows itself, whatever cuts it off.
    const [beside, below] = [SCROLLS.has(x), SCROLLS.has(y)];
    clip = [beside ? -Infinity : clip[0], below ? -Infinity : clip[1], beside ? Infinity : clip[2], below ? Infinity : clip[3]];
  }
  const sides = CUTS.has(x) || rect.width < 1;
  const ends = CUTS.has(y) || rect.height < 1;
  if (!sides && !ends) return clip;
  return meet(clip, [sides ? rect.left : -Infinity, ends ? rect.top : -Infinity, sides ? rect.right : Infinity, ends ? rect.bottom : Infinity]);
};
const clippedAway = (style, rect, lifted) => {
  if (lifted && style.clip !== "auto" && /rect\((\s*[01]px,?){4}\)/.test(style.clip)) return true;
  const path = style.clipPath;
  if (path !== "none" && /inset\(\s*(50|[6-9]\d|100)%|circle\(0/.test(path)) return true;
  return rect.width <= 1 && rect.height <= 1 && (CUTS.has(style.overflowX) || CUTS.has(style.overflowY));
};
const transparent = (style) => {
  const color = style.webkitTextFillColor;
  return CLEAR.test(color) && !style.webkitBackgroundClip.includes("text");
};

const labelShows = (el) => [...(el.labels ?? [])].some((one) => {
  const box = one.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}) || Boolean(el.parentElement && el.parentElement.getBoundingClientRect().width > 1 && el.parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true }));

const beyond = (rect) => rect.right <= 0 || rect.bottom <= 0 || rect.left >= wide || rect.top >= high;

// Whether it is a folded list or an empty field that is transparent, for what lies over it draws it: its label, say.
const isClearField = (el, tag, opacity, rect) => {
  if (opacity >= 0.05 || el.getAttribute("aria-hidden") === "true") return false;
  if (tag === "select" || tag === "input" && el.getAttribute("role") === "combobox") return true;
  if (tag !== "textarea" && !(tag === "input" && TYPED.test(el.type))) return false;
  return [...(el.labels ?? [])].some((one) => {
    const box = one.getBoundingClientRect();
    return box.left < rect.right && box.right > rect.left && box.top < rect.bottom && box.bottom > rect.top && labelShows(el);
  });
};
const TYPED = /^(?:text|search|email|tel|url|number|password|date)$/;

// What cuts off something within that is placed by itself: found out where there is such a thing.
const holds = ({ clip, style }) => clip === EVERYWHERE || style.transform !== "none" || style.filter !== "none";
const fixedClipOf = (own) => {
  while (!holds(own)) own = own.from;
  return own.clip;
};
const absoluteClipOf = (own) => {
  while (own.clip !== EVERYWHERE && own.position === "static" && !holds(own)) own = own.from;
  return own.clip;
};

// The box that holds what shows of some parts: an element that has none of its own is where its contents are.
const around = (parts) => {
  const boxes = parts.map((one) => one.box).filter(([, , width, height]) => width && height);
  const [x, y] = [0, 1].map((at) => Math.min(...boxes.map((box) => box[at])));
  const [right, bottom] = [0, 1].map((at) => Math.max(...boxes.map((box) => box[at] + box[at + 2])));
  return boxes.length ? [x, y, right - x, bottom - y] : [0, 0, 0, 0];
};

// What is drawn to be seen as a part of a whole, and the coloured signs that explain it.
// Whether a box has a ground of its own.
const painted = (style) => {
  if (style.backgroundImage !== "none") return true;
  const color = style.backgroundColor;
  return color !== "transparent" && !CLEAR.test(color);
};
// Grey is what a bar has left over, where what is before it has a colour.
const isGrey = (el) => {
  const tones = styleOf(el).backgroundColor.match(/^rgba?\((\d+), (\d+), (\d+)/)?.slice(1).map(Number);
  return !!tones && Math.max(...tones) - Math.min(...tones) <= 24;
};
// What is there for ears alone, in what is drawn for eyes.
const forEars = (el) => clippedAway(styleOf(el), el.getBoundingClientRect(), /absolute|fixed/.test(styleOf(el).position));
const isUnsaid = (el) => [...el.childNodes].every((one) => (one.nodeType === 1 ? forEars(one) || isUnsaid(one) : one.nodeType !== 3 || !one.data.trim()));
// First what costs little: what is for ears alone is a pixel wide.
const isSilent = (el) => !el.textContent.trim() || [...el.getElementsByTagName("*")].some((one) => one.offsetWidth === 1) && isUnsaid(el);
// What a bar says may stand in what is drawn of it, and changes nothing of its width.
const isSaidInside = (el) => /^(progressbar|meter)$/.test(el.getAttribute("role"))
  && [...el.childNodes].every((one) => (one.nodeType === 1 ? painted(styleOf(one)) || forEars(one) : one.nodeType !== 3 || !one.data.trim()));
// How much of a box is filled by what is drawn in it, from 0 to 1: a bar that has no role.
const fillOf = (el, style, rect, scale) => {
  if (rect.height < 2 || rect.height > 48 || rect.width < 40 || rect.width < rect.height * 3) return -1;
  const stop = style.backgroundImage.startsWith("linear-gradient") && style.backgroundImage.match(/ ([\d.]+)%, [^%]+ \1%/);
  if (stop) return Number(stop[1]) / 100;
  if (!el.firstElementChild && !el.shadowRoot || !(isSilent(el) || isSaidInside(el))) return -1;
  const parts = [...contents(el)].filter((one) => one.nodeType === 1 && !SKIP.has(one.localName) && !forEars(one));
  if (!parts.length || parts.length > 6) return -1;
  let [filled, drawn] = [0, 0];
  const rest = parts.length > 1 && isGrey(parts.at(-1)) && !isGrey(parts[0]) ? parts.at(-1) : null;
  for (const part of parts) {
    const box = part.getBoundingClientRect();
    if (!painted(styleOf(part)) && box.width > 0) return -1;
    const inner = Math.min(box.right, rect.right) - Math.max(box.left, rect.left);
    if (box.height < rect.height * 0.4 && box.width > 0) return -1;
    if (part !== rest) filled += Math.max(0, inner);
    drawn += Math.max(0, inner);
  }
  const part = filled / rect.width;
  if (!painted(style) && !scale && (parts.length < 2 || drawn < 0.98 * rect.width)) return -1; // no ground: parts fill it
  return part <= 1.01 ? Math.round(Math.min(1, part) * 1000) / 1000 : -1;
};

// The parts of which a bar is drawn, as shares of its width, from left to right; null for what is no bar. None for a
// ring, and where a stroke, a mask or a picture draws it: its boxes tell nothing.
const isBar = (el, marks) => (given.selectors.credit_bar ? marks?.includes("label:credit_bar") : /^(progressbar|meter)$/.test(el.getAttribute("role")));
const isDrawnByBoxes = (el) => {
  const { clipPath, maskImage, strokeDasharray } = styleOf(el);
  return [clipPath, maskImage, strokeDasharray].every((one) => !one || one === "none");
};
const isFilled = (el) => {
  const { backgroundColor, backgroundImage } = styleOf(el);
  const more = ["::before", "::after"].some((part) => !["none", "normal"].includes(getComputedStyle(el, part).content));
  return backgroundImage === "none" && !more && !/^transparent$|, 0\)$/.test(backgroundColor);
};
const partsIn = (el, all) => {
  const inner = (box) => Math.max(0, Math.min(box.right, all.right) - Math.max(box.left, all.left));
  const parts = [...(el.shadowRoot ?? el).children].map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ one, box }) => box.width > 0 && one.checkVisibility() && !forEars(one));
  const only = parts.length === 1 && inner(parts[0].box) > all.width * 0.99 && parts[0].one;
  if (!only) return parts.map(({ one, box }) => [Math.round(inner(box) / all.width * 1e4) / 1e4, colourOf(styleOf(one))]);
  return (only.shadowRoot ?? only).children.length || !isFilled(only) ? partsIn(only, all) : [[1, colourOf(styleOf(only))]];
};
const partsOf = (el, rect) => {
  if (rect.width <= Math.max(40, 2 * rect.height) || !isSilent(el)) return null;
  return [...el.querySelectorAll("*")].every(isDrawnByBoxes) ? partsIn(el, rect) : [];
};
// The ground of a box, as a style sheet writes it; "" for none.
const colourOf = (style) => (painted(style) ? style.backgroundImage === "none" ? style.backgroundColor : style.backgroundImage : "");
// A coloured sign that explains a colour beside it: small, and without a word.
const isSign = (el, style, rect) => rect.width >= 4 && rect.height >= 2 && Math.max(rect.width, rect.height) <= 24 && !el.firstChild && painted(style);

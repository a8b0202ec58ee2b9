// Whether a person sees where the focus is: by an outline, or by what a style sheet or a script of the page's does for it.
//
// What cannot be told counts as seen: style sheets of other origins cannot be read. An outline of what is not drawn
// itself, such as a radio button behind its card, shows nothing.
(el) => {
  const page = el.ownerDocument;
  let at = page.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === page.body || at.tagName === "IFRAME") return true;

  const isDrawn = (one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility({ opacityProperty: true }) && box.width > 4 && box.height > 4;
  };
  const around = [at, ...(at.labels ?? [])];
  for (let up = parent(at); up && around.length < 6; up = parent(up)) around.push(up);
  const isOutlined = (one) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
    return isDrawn(one) && outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && !/^rgba\(.*, 0\)$|transparent/.test(outlineColor);
  };
  if (isOutlined(at)) return true;
  const says = ({ name, value }) => /focus/i.test(name) || (name === "class" && /(?<!no-|un)focus(?!able)/i.test(value.replace(/\S*:\S*/g, "")));
  if (around.some((one) => [...one.attributes].some(says))) return true;

  const SEEN = /^(?:--|background|border|color$|content$|fill|filter|font|left$|opacity|padding|stroke|text-|top$|transform|visibility|width)/;
  const isOff = (value) => /^(?:|none|0|0px|initial|unset|inherit)$/.test(value);
  const changes = (style) => !isOff(style.boxShadow) || [...style].some((name) => SEEN.test(name) && !isOff(style.getPropertyValue(name)));
  const root = at.getRootNode();
  const applies = (rule) => {
    if (rule.cssRules?.length && !rule.selectorText) return [...rule.cssRules].some(applies);
    if (!/:focus/.test(rule.selectorText ?? "")) return false;
    const selector = rule.selectorText.replace(/::?(?:before|after|placeholder|selection|[a-z-]*-(?:track|thumb|handle|inner|outer))\b/g, "");
    try { return [...root.querySelectorAll(selector)].some((one) => changes(rule.style) || isOutlined(one)); } catch { return true; }
  };
  const readable = (sheet) => { try { return [...sheet.cssRules]; } catch { return null; } };
  const sheets = [...page.styleSheets, ...(root.styleSheets ?? []), ...(root.adoptedStyleSheets ?? [])].map(readable);
  return sheets.some((rules) => rules === null || rules.some(applies));
}

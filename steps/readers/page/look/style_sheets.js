// What style sheets write and draw before and after elements.
// Style sheets that write text are few: ask only elements that one of their rules is about, where the sheets can be read.
const signs = [];
const pseudo = (() => {
  const selectors = [];
  const collect = (rules) => {
    for (const rule of rules) {
      if (rule.selectorText && /:(before|after)/.test(rule.selectorText)) {
        const content = rule.style?.content;
        const of = (which) => rule.selectorText.split(/,(?![^(]*\))/).filter((one) => which.test(one)).map((one) => one.replace(/::?(before|after)/g, "").trim() || "*");
        if (content === '""' || content === "''") signs.push(...of(/:before/));
        else if (content && content !== "none" && content !== "normal") selectors.push(...of(/:(before|after)/));
      }
      if (rule.cssRules?.length) {
        if (rule.selectorText) return false;
        if (collect(rule.cssRules) === false) return false;
      }
    }
    return true;
  };
  try {
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) if (collect(sheet.cssRules) === false) return () => true;
    if (!selectors.length) return (el) => el.getRootNode() !== document;
    const joined = selectors.map((one) => (/[>+~\s]$/.test(one) ? `${one} *` : one)).join(",");
    document.documentElement.matches(joined);
    return (el) => el.matches(joined) || el.getRootNode() !== document;
  } catch {
    return () => true;
  }
})();

// The ground of a small sign that a style sheet draws before a few words, as in a legend; "" for none.
const signBefore = (el) => {
  if (!el.firstChild || el.textContent.length > 60) return "";
  if (el.getRootNode() === document && !signs.some((one) => { try { return el.matches(one); } catch { return false; } })) return "";
  const style = getComputedStyle(el, "::before");
  const sides = [parseFloat(style.width), parseFloat(style.height)];
  return style.content === '""' && Math.min(...sides) >= 2 && Math.max(...sides) <= 24 ? colourOf(style) : "";
};

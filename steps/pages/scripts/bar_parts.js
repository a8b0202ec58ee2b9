// The parts of which each visible bar is drawn, as shares of its width, from left to right.
// None for one without parts, for a ring, and where a stroke, a mask or a picture draws it: its boxes tell nothing.
({ selector }) => {
  const width = (el) => el.getBoundingClientRect();
  const within = (el, all) => Math.max(0, Math.min(width(el).right, all.right) - Math.max(width(el).left, all.left));
  const isBox = (el) => {
    const { clipPath, maskImage, strokeDasharray } = getComputedStyle(el);
    return [clipPath, maskImage, strokeDasharray].every((one) => !one || one === "none");
  };
  const isFilled = (el) => {
    const { backgroundColor, backgroundImage } = getComputedStyle(el);
    const more = ["::before", "::after"].some((part) => !["none", "normal"].includes(getComputedStyle(el, part).content));
    return backgroundImage === "none" && !more && !/^transparent$|, 0\)$/.test(backgroundColor);
  };
  const partsOf = (el, all) => {
    const parts = children(el).filter((one) => one.checkVisibility() && width(one).width > 0);
    const only = parts.length === 1 && within(parts[0], all) > all.width * 0.99;
    if (!only) return parts.map((one) => within(one, all) / all.width);
    return children(parts[0]).length || !isFilled(parts[0]) ? partsOf(parts[0], all) : [1];
  };
  const isBar = (el) => width(el).width > Math.max(40, 2 * width(el).height) && !clean(el.textContent);
  const bars = walk(document).filter((el) => el.matches(selector || "[role=progressbar], [role=meter]") && shown(el) && isBar(el));
  return bars.map((bar) => ([...bar.querySelectorAll("*")].every(isBox) ? partsOf(bar, width(bar)) : []));
}

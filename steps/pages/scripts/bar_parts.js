// The parts of which each visible bar is drawn, as shares of its width, from left to right; none for one without parts.
() => {
  const bars = walk(document).filter((el) => el.matches("[role=progressbar], [role=meter]") && shown(el));
  const width = (el) => el.getBoundingClientRect();
  const within = (el, all) => Math.max(0, Math.min(width(el).right, all.right) - Math.max(width(el).left, all.left));
  const partsOf = (el, all) => {
    const parts = children(el).filter((one) => one.checkVisibility() && width(one).width > 0);
    const only = parts.length === 1 && within(parts[0], all) > all.width * 0.99;
    return only ? partsOf(parts[0], all) : parts.map((one) => within(one, all) / all.width);
  };
  return bars.filter((bar) => width(bar).width > 40 && !clean(bar.textContent)).map((bar) => partsOf(bar, width(bar)));
}

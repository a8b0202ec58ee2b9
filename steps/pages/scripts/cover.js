// What closes that which lies over an element, by its own control: one that is called as `dismiss` says. None without one.
(el, dismiss) => {
  const hit = hitOf(el);
  if (!hit || inside(el, hit) || hit.closest("button, a[href], [role=button]")?.contains(el)) return null;
  const called = new RegExp(dismiss, "i");
  const ways = walk(layerOf(el, hit)).filter((one) => one.matches("button, a, [role=button]") && shown(one));
  return ways.find((one) => called.test(said(one) || clean(one.getAttribute("aria-label")))) ?? null;
}

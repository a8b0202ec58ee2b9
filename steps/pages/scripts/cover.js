// What lies over a given element, asked of the page when it is to be pressed: the outermost part of the page that does not hold the element itself.
(el) => {
  const hit = hitOf(el);
  return hit && !inside(el, hit) ? coverOf(el, hit) : null;
}

// What lies over an element: the outermost part of the page that does not hold the element itself.
(el) => {
  const hit = hitOf(el);
  return hit && !inside(el, hit) ? coverOf(el, hit) : null;
}

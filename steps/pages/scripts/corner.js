// What may be the profile icon: things to press at the bottom left that a pointer would reach, the likelier first.
() => {
  const parts = [...document.querySelectorAll("button,a[href],summary,img,svg,[role=button],[tabindex],[aria-haspopup],[class*=avatar i]")];
  const pointer = (el) => getComputedStyle(el).cursor === "pointer";
  const drawn = [...document.querySelectorAll("div,span")].filter((el) => pointer(el) && !(el.parentElement && pointer(el.parentElement)));
  const found = [...new Set([...parts, ...drawn])].map((el) => ({ el, box: el.getBoundingClientRect() })).filter(({ el, box }) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (!box.width || !box.height || box.width > innerWidth / 2 || x > innerWidth * 0.35 || y < innerHeight * 0.55) return false;
    const hit = el.getRootNode().elementFromPoint?.(x, y);
    return el.checkVisibility({ visibilityProperty: true }) && hit && (el.contains(hit) || hit.contains(el));
  });
  const likely = ({ el }) => {
    const name = `${el.getAttribute("aria-label") ?? ""} ${el.title ?? ""} ${el.className?.toString()}`;
    return (el.matches("[aria-haspopup],summary,[aria-expanded]") ? 4 : 0) + (/profile|account|user|avatar|me\b/i.test(name) ? 4 : 0)
      + (/^\s*\p{L}{1,2}\s*$/u.test(el.innerText ?? "") ? 2 : 0) + (el.querySelector?.("img,[class*=avatar i]") ? 2 : 0);
  };
  found.sort((a, b) => likely(b) - likely(a) || b.box.bottom - a.box.bottom);
  return found.map(({ el }) => el);
}

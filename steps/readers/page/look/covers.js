// What lies over things to press, where a person would press them.
const words = (el) => {
  for (let at = el; at && at !== document.body; at = flatParent(at)) {
    const role = roleOf(at);
    const name = role ? nameOf(at, role) : "";
    if (name) return `${role} “${name.slice(0, 60)}”`;
    const text = fold(at.innerText).slice(0, 60);
    if (text) return `“${text}”`;
  }
  return el.localName + (el.id ? `#${el.id}` : el.classList?.[0] ? `.${el.classList[0]}` : "");
};
// Whether something was put behind the ground of what it stands in.
const liesBehind = (ground, el) => {
  for (let at = el; at && at !== ground; at = flatParent(at)) {
    const { position, zIndex } = getComputedStyle(at);
    if (zIndex < 0 && position !== "static") return true;
  }
  return false;
};
elements.forEach((one, at) => {
  const { states } = one;
  if (!PRESSABLE.has(one.role) && !states.includes("pressable") || states.includes("offscreen")) return;
  const el = nodes[at];
  const target = states.includes("unseen") ? el.labels?.[0] : el;
  const spot = target && inView(target.getBoundingClientRect());
  if (!spot) return;
  const mine = (hit) => !hit || within(target, hit) || within(hit, target) && !states.includes("inert") && !DIALOGS.has(roleOf(hit)) && getComputedStyle(hit).position !== "fixed" && !liesBehind(hit, target)
    || [...(target.labels ?? [])].some((label) => within(label, hit));
  const middle = hitAt(spot[0], spot[1]);
  if (states.includes("inert") || mine(middle)) return;
  // A line of text that wraps has its middle in nothing: what lies over all of it counts.
  const rects = one.inline ? [...target.getClientRects()].map(inView).filter(Boolean) : [];
  if (rects.some((part) => mine(hitAt(part[0], part[1])))) return;
  states.push("covered");
  one.covered_by = words(middle);
});

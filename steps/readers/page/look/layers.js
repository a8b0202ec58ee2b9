// Which layer is in front: a dialog, or what lies over the page without a role, with what opens out of it.
const hitAt = (x, y) => {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const deeper = hit.shadowRoot.elementFromPoint(x, y);
    if (!deeper || deeper === hit) break;
    hit = deeper;
  }
  return hit;
};
const inView = (rect) => {
  const [x0, y0, x1, y1] = [Math.max(0, rect.left), Math.max(0, rect.top), Math.min(wide, rect.right), Math.min(high, rect.bottom)];
  return x1 - x0 >= 1 && y1 - y0 >= 1 ? [(x0 + x1) / 2, (y0 + y1) / 2, x0, y0, x1, y1] : null;
};
const covers = (rect) => rect.left <= 2 && rect.top <= 2 && rect.right >= wide - 2 && rect.bottom >= high - 2;
const over = (a, b) => {
  // Whether a lies over b, where they meet; what stands later lies over what stands before, where they do not.
  const [one, two] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  const shared = inView({ left: Math.max(one.left, two.left), top: Math.max(one.top, two.top), right: Math.min(one.right, two.right), bottom: Math.min(one.bottom, two.bottom) });
  const hit = shared && hitAt(shared[0], shared[1]);
  if (hit && within(a, hit)) return !within(b, hit) || within(b, a);
  if (hit && within(b, hit)) return false;
  return Boolean(b.compareDocumentPosition(a) & Node.DOCUMENT_POSITION_FOLLOWING);
};
const frontLayers = () => {
  const shows = (at) => texts.some((one) => { for (let el = one.element; el >= 0; el = elements[el].parent) if (el === at) return true; return false; });
  const center = [wide / 2, high / 2];
  const lies = (at) => {
    const { states, role } = elements[at];
    const el = nodes[at];
    if (states.includes("modal")) return true;
    if (!DIALOGS.has(role)) return false;
    const rect = el.getBoundingClientRect();
    for (let up = el; up && up !== document.body; up = flatParent(up)) {
      const box = up.getBoundingClientRect();
      const placed = getComputedStyle(up).position;
      if ((placed === "fixed" || placed === "absolute") && covers(box)) return true;
    }
    const hidden = [...document.body.children].some((one) => one.getAttribute("aria-hidden") === "true" && !within(one, el) && one.textContent.trim());
    return hidden || rect.left < center[0] && rect.right > center[0] && rect.top < center[1] && rect.bottom > center[1];
  };
  let front = -1;
  elements.forEach((one, at) => {
    if (one.role && DIALOGS.has(one.role) || one.states.includes("modal")) {
      if (lies(at) && shows(at) && (front < 0 || within(nodes[front], nodes[at]) || over(nodes[at], nodes[front]))) front = at;
    }
  });
  // A layer without a role over the whole page, with its content in it or beside it.
  const hides = (sheet, panel) => {
    let [outside, under] = [0, 0];
    for (const { box, element } of texts) {
      const el = nodes[element];
      if (within(panel, el) || within(sheet, el)) continue;
      const [x, y] = [box[0] + box[2] / 2 - left, box[1] + box[3] / 2 - top];
      if (x <= 0 || y <= 0 || x >= wide || y >= high) continue;
      const found = hitAt(x, y);
      if (found && (within(sheet, found) || within(panel, found))) under++;
      if (++outside >= 40) break;
    }
    return outside > 0 && under * 2 > outside;
  };
  for (let up = hitAt(2, 2), sheet = null; up && up !== document.body && up !== root; up = flatParent(up)) {
    const placed = getComputedStyle(up).position;
    if ((placed === "fixed" || placed === "absolute") && covers(up.getBoundingClientRect())) sheet = up;
    if (!sheet || front >= 0 && (within(nodes[front], sheet) || within(sheet, nodes[front]))) continue;
    const at = nodes.indexOf(sheet);
    if (at >= 0 && shows(at)) { if (hides(sheet, sheet) && (front < 0 || over(sheet, nodes[front]))) front = at; break; }
    if (front >= 0) continue;
    // The content stands behind its sheet in the page, or before it: then it is the largest in the middle, no bar at an edge.
    const isBar = (el) => { const box = el.getBoundingClientRect(); return box.bottom < center[1] && box.left <= 2 && box.right >= wide - 2; };
    const isAside = (el) => { const box = el.getBoundingClientRect(); return box.left > center[0] || box.right < center[0] || box.top > center[1]; };
    const panels = nodes.map((_, panel) => panel).filter((panel) => {
      const el = nodes[panel];
      if (panel === at || within(sheet, el) || within(el, sheet) || getComputedStyle(el).position === "static") return false;
      if (panel < at && (isBar(el) || isAside(el))) return false;
      const middle = inView(el.getBoundingClientRect());
      const found = middle && hitAt(middle[0], middle[1]);
      return found && within(el, found) && shows(panel) && hides(sheet, el);
    });
    const area = (panel) => nodes[panel].getBoundingClientRect().width * nodes[panel].getBoundingClientRect().height;
    front = panels.find((panel) => panel > at) ?? panels.reduce((most, panel) => most < 0 || area(panel) > area(most) ? panel : most, -1);
  }
  if (front < 0) return [];
  // What opens out of a dialog may stand beside it: lists, menus, messages.
  const layers = [front];
  elements.forEach((one, at) => {
    if (at < front || within(nodes[front], nodes[at]) || within(nodes[at], nodes[front])) return;
    if (layers.some((layer) => within(nodes[layer], nodes[at]))) return;
    const placed = getComputedStyle(nodes[at]).position;
    if (placed !== "fixed" && placed !== "absolute" && !nodes[at].matches?.(":popover-open") && one.role !== "listbox" && one.role !== "menu") return;
    const middle = inView(nodes[at].getBoundingClientRect());
    const lying = middle && hitAt(middle[0], middle[1]);
    if (lying && within(nodes[at], lying)) layers.push(at);
  });
  return layers;
};
for (const at of frontLayers()) elements[at].states.push("top");

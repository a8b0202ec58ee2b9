// What keeps a given element, which is scrolled to, from being seen whole by somebody who moves the page up and down only; "" if nothing does.
//
// What is drawn instead of a control (its label) counts in the control's place. The edge of a frame that a negative
// margin lays over its surroundings is there for the shadows of its fields, and holds nothing.
(el) => {
  const first = el.getBoundingClientRect();
  const behind = el.matches("input[type=radio],input[type=checkbox]") || first.width <= 1 || first.height <= 1;
  const shown = (behind && el.labels?.[0]) || el;
  const inner = (node) => {
    const box = node.getBoundingClientRect();
    const beyond = (side) => (node.matches("iframe") ? Math.max(0, -parseFloat(getComputedStyle(node)[`margin-${side}`])) : 0);
    const [left, top] = [beyond("left"), beyond("top")];
    return new DOMRect(box.x + left, box.y + top, box.width - left - beyond("right"), box.height - top - beyond("bottom"));
  };
  const parent = (node) => node.parentElement ?? node.getRootNode().host ?? null;
  const around = [];
  for (let at = parent(shown); at; at = parent(at)) around.push(at);
  for (const one of around) one.scrollLeft = 0;
  const isFixed = (one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowY);
  const turns = (one) => { // by a script of the page's
    const top = one.scrollTop;
    one.scrollTop = 0;
    one.dispatchEvent(new WheelEvent("wheel", { deltaY: 60, bubbles: true, cancelable: true }));
    const isMoved = one.scrollTop !== 0;
    one.scrollTop = top;
    return isMoved;
  };
  const [view, { body }] = [document.documentElement, document];
  const isPageFixed = isFixed(view) || (getComputedStyle(view).overflowY === "visible" && body && isFixed(body));
  const unscrolled = around.filter((one) => (one === view || one === body ? isPageFixed : isFixed(one))).map((one) => [one, one.scrollTop]);
  shown.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  const box = inner(shown);
  if (!shown.checkVisibility({ visibilityProperty: true }) || !box.width || !box.height) return "is not shown";
  if (box.left < -1 || box.right > view.clientWidth + 1) return "sticks out at the side";
  if (around.some((one) => one.scrollLeft)) return "shows only after moving sideways";
  const stuck = unscrolled.filter(([one, top]) => one.scrollTop !== top && !turns(one));
  for (const [one, top] of stuck) one.scrollTop = top;
  if (stuck.length) return "lies where nothing scrolls to";
  const isCut = (one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1 && !one.matches("input,select")
    && ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
  const figures = [...shown.querySelectorAll(":not(:has(*))")].filter((one) => /\d/.test(one.textContent));
  if (isCut(shown) || (!shown.matches("dialog,[role=dialog]") && figures.some(isCut))) return "is cut off within itself";
  const x = [box.left + 3, (box.left + box.right) / 2, box.right - 3];
  const y = [box.top + 3, (box.top + box.bottom) / 2, box.bottom - 3];
  const fits = box.height <= innerHeight;
  const points = [[x[1], y[1]], [x[0], y[1]], [x[2], y[1]], ...(fits ? [[x[1], y[0]], [x[1], y[2]]] : [])];
  // A text that is put into a slot of the element is hit as its host; a list that a pop-up has opened is part of it.
  const holds = (hit) => { for (let at = hit; at; at = at.assignedSlot ?? parent(at)) if (at === shown || at === el) return true; return false; };
  const isHost = (hit) => hit === shown.getRootNode().host && Boolean(shown.querySelector("slot"));
  const isPopUp = shown.matches("dialog,[role=dialog]");
  const isList = (hit) => isPopUp && Boolean(hit.closest("[role=listbox],[role=menu]"));
  const own = (hit) => hit !== null && (holds(hit) || isHost(hit) || isList(hit) || (hit.closest("label")?.control ?? null) === el);
  // Such a list may have a clear layer below it, which takes the press that closes it.
  const isClear = (one) => isPopUp && one.matches("div,span") && !one.childNodes.length && /^rgba\(.*, 0\)$/.test(getComputedStyle(one).backgroundColor);
  const hit = ([left, top]) => shown.getRootNode().elementsFromPoint(left, top).find((one) => !isClear(one)) ?? null;
  return points.every((point) => own(hit(point))) ? "" : "is cut off or covered";
}

// Closes what a site has put over its pages by itself (news, a tour, a question about cookies) and lies over an element:
// gives whether there was such a thing, with a way to be done with it.
(el) => {
  const DONE = /^\W*(got it|ok(ay)?|skip( tour| for now)?|no,? thanks|maybe later|later|dismiss|done|accept( all)?( cookies)?|allow all|i agree|agree|reject( all)?|decline( all)?|(only|use) necessary( only)?|necessary only)\b\W*$/i;
  const box = el.getBoundingClientRect();
  let top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  while (top?.shadowRoot?.elementFromPoint) {
    const deeper = top.shadowRoot.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!deeper || deeper === top) break;
    top = deeper;
  }
  for (let at = top; at && !inside(at, el); at = parent(at)) {
    if (inside(el, at)) return false;
    const way = walk(at).find((one) => one.matches("button,a,[role=button]") && shown(one)
      && DONE.test(one.innerText || one.getAttribute("aria-label") || ""));
    if (way) {
      way.click();
      return true;
    }
  }
  return false;
}

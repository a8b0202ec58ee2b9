// Looks at a page anew only where something may have changed since the last look: a look at a page that stands still
// costs next to nothing. What neither an observer nor an event tells of (style sheets that a script writes, a shadow
// tree added to what stood there) is seen within a second. `node` gives what an element of the last look is on the
// page, so that it can be pressed; `changed` waits until something has changed since the last look, or since the last
// time that it was waited for; `rest` is that of numbers.js.
(look, numbers) => {
  const ANEW = 1000;
  const ALL = { subtree: true, childList: true, attributes: true, characterData: true };
  const EVENTS = ["beforetoggle", "change", "click", "error", "focusin", "focusout", "input", "keydown", "keyup", "load",
    "pointerdown", "pointerover", "pointerup", "reset", "scroll", "toggle"];
  let last = { walk: Math.trunc(Math.random() * 1e12), stamp: "", nodes: [], loose: [], root: null, state: "", ends: 0 };
  let touched = true;
  let isChanged = true;
  let tell = () => {};
  const touch = () => { touched = true; isChanged = true; tell(); };
  const observer = new MutationObserver(touch);
  const watch = (tree) => {
    observer.observe(tree, ALL);
    for (const event of EVENTS) tree.addEventListener(event, touch, { capture: true, passive: true });
  };
  // What scripts may set without a trace: where lists are scrolled to, what is ticked or chosen.
  const set = (el) => [el.scrollLeft, el.scrollTop, el.checked, el.indeterminate, el.selectedIndex, el.selectedOptions?.length];
  const state = (selectors) => JSON.stringify([
    selectors, location.href, document.readyState, scrollX, scrollY, innerWidth, innerHeight, last.loose.map(set),
  ]);
  const again = (given) => {
    if (observer.takeRecords().length) touched = true;
    isChanged = false;
    const known = given.walk ? given.walk === last.walk : given.stamp && given.stamp === last.stamp;
    const still = known && !touched && performance.now() < last.ends && last.root === document.documentElement && last.state === state(given.selectors);
    if (still && !document.getAnimations().length) return { walk: last.walk, stamp: last.stamp, time: performance.now() };
    observer.disconnect();
    watch(document);
    const moves = document.getAnimations().length > 0;
    const answer = look(given);
    answer.trees.forEach(watch);
    answer.trees.forEach(numbers.watch);
    const { stamp, json, nodes, loose } = answer;
    last = { walk: last.walk + 1, stamp, nodes, loose, root: document.documentElement, ends: moves ? 0 : performance.now() + ANEW };
    last.state = state(given.selectors);
    touched = false;
    return { walk: last.walk, stamp, json };
  };
  again.node = ({ stamp, at }) => (last.stamp === stamp && last.nodes[at]?.isConnected ? last.nodes[at] : null);
  // Which element of the last look something on the page is, or stands in; -1 for none.
  again.index = (el) => {
    for (let at = el; at; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host) {
      const index = last.nodes.indexOf(at);
      if (index >= 0) return index;
    }
    return -1;
  };
  again.changed = ([least, most]) => new Promise((changed) => {
    watch(document);
    const soon = () => { clearTimeout(late); tell = () => {}; isChanged = false; setTimeout(changed, least); };
    const late = setTimeout(() => { tell = () => {}; changed(); }, most);
    tell = soon;
    if (isChanged) soon();
  });
  again.rest = numbers.rest;
  return again;
}

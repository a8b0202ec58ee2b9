// Looks at a page anew only where something may have changed since the last look: a poll on a page that stands still
// costs next to nothing. What no observer tells of (style sheets that a script writes, ticks set by one) is seen within
// a second. `node` gives what an element of the last look is on the page, so that it can be pressed; `changed` waits until
// something has changed since the last look, or since the last time that it was waited for.
(look) => {
  const ANEW = 1000;
  let last = { stamp: "", at: 0, place: "" };
  let seen = { stamp: "", nodes: [] };
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  let isChanged = true;
  let tell = () => {};
  const observer = new MutationObserver(() => { last.stamp = ""; isChanged = true; tell(); });
  const place = () => `${location.href} ${document.readyState} ${scrollX} ${scrollY} ${innerWidth} ${innerHeight}`;
  const again = (given) => {
    if (observer.takeRecords().length) last.stamp = "";
    isChanged = false;
    const still = given.stamp && given.stamp === last.stamp && last.place === place() && performance.now() - last.at < ANEW;
    if (still && !document.getAnimations().length) return { stamp: last.stamp };
    observer.disconnect();
    observer.observe(document, all);
    const answer = look(given);
    for (const tree of answer.trees) observer.observe(tree, all);
    last = { stamp: answer.stamp, at: performance.now(), place: place() };
    seen = { stamp: answer.stamp, nodes: answer.nodes };
    return { stamp: answer.stamp, json: answer.json };
  };
  again.node = ({ stamp, at }) => (seen.stamp === stamp && seen.nodes[at]?.isConnected ? seen.nodes[at] : null);
  again.changed = ([least, most]) => new Promise((changed) => {
    observer.observe(document, all);
    const soon = () => { clearTimeout(late); tell = () => {}; isChanged = false; setTimeout(changed, least); };
    const late = setTimeout(() => { tell = () => {}; changed(); }, most);
    tell = soon;
    if (isChanged) soon();
  });
  return again;
}

// Watches the numbers of a document, once for each: gives {watch, rest}. `watch` takes a tree that it would not see, and
// `rest` gives for how many milliseconds the numbers must still stay as they are until they count as still: numbers that
// run up change in every frame, and a nought that a script has just drawn may be where they begin.
() => {
  const KEY = Symbol.for("acceptance.numbers");
  const STILL = 300;
  const FRAMES = 2;
  const UNDRAWN = 100; // where no frames come
  const DIGIT = /\d/;
  const NOUGHT = /(?<![\w.,])0(?:[.,]0+)?[kKM]?(?![\w.,])/;
  if (window[KEY]) return window[KEY];
  let stillFrom = 0;
  let beginsUntil = 0;
  let beginning = 0;
  const digits = (nodes) => Array.from(nodes, (one) => one.textContent ?? "").filter((text) => DIGIT.test(text)).join(" ");
  const hasNought = (node) => (node.nodeType === Node.TEXT_NODE ? NOUGHT.test(node.data) : Array.from(node.childNodes).some(hasNought));
  const begin = () => {
    const mine = ++beginning;
    beginsUntil = performance.now() + UNDRAWN;
    const frame = (left) => requestAnimationFrame(() => left > 1 ? frame(left - 1) : mine === beginning && (beginsUntil = 0));
    frame(FRAMES);
  };
  const restAfter = (record) => {
    if (record.type === "characterData") {
      const [before, now] = [record.oldValue ?? "", record.target.data];
      return before !== now && DIGIT.test(before) && DIGIT.test(now) ? STILL : 0;
    }
    const [gone, added] = [digits(record.removedNodes), digits(record.addedNodes)];
    if (gone) return added && gone !== added ? STILL : 0;
    if (added && Array.from(record.addedNodes).some(hasNought)) begin();
    return 0;
  };
  const take = (records) => {
    if (document.readyState === "loading") return; // the parser
    const rest = Math.max(0, ...records.map(restAfter));
    if (rest) stillFrom = Math.max(stillFrom, performance.now() + rest);
  };
  const observer = new MutationObserver(take);
  const watch = (tree) => observer.observe(tree, { subtree: true, childList: true, characterData: true, characterDataOldValue: true });
  watch(document);
  return window[KEY] = {
    watch,
    rest: () => {
      take(observer.takeRecords());
      return Math.max(0, stillFrom - performance.now(), beginsUntil - performance.now());
    },
  };
}

// Watches the numbers of a document, once for each: gives {watch, rest}. `watch` takes a tree that it would not see, and
// `rest` gives for how many milliseconds the numbers must still stay as they are until they count as still: numbers that
// run up change in every frame, and a nought that a script has just drawn may be where they begin.
() => {
  const KEY = Symbol.for("acceptance.numbers");
  const STILL = 300;
  const BEGINS = 20;
  const DIGIT = /\d/;
  const NOUGHT = /(?<![\w.,])0(?:[.,]0+)?[kKM]?(?![\w.,])/;
  if (window[KEY]) return window[KEY];
  let stillFrom = 0;
  const digits = (nodes) => Array.from(nodes, (one) => one.textContent ?? "").filter((text) => DIGIT.test(text)).join(" ");
  const hasNought = (node) => (node.nodeType === Node.TEXT_NODE ? NOUGHT.test(node.data) : Array.from(node.childNodes).some(hasNought));
  const restAfter = (record) => {
    if (record.type === "characterData") {
      const [before, now] = [record.oldValue ?? "", record.target.data];
      return before !== now && DIGIT.test(before) && DIGIT.test(now) ? STILL : 0;
    }
    const [gone, added] = [digits(record.removedNodes), digits(record.addedNodes)];
    if (gone) return added && gone !== added ? STILL : 0;
    return added && Array.from(record.addedNodes).some(hasNought) ? BEGINS : 0;
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
      return Math.max(0, stillFrom - performance.now());
    },
  };
}

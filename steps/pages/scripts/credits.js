// What the page shows of the credits: for each label the numbers that stand with it, and what the credit bar says.
//
// Numbers may follow their label or come before it, in the same element or beside it. Where an element holds several
// labels, the page's own order decides which numbers go with which. With `loaded` it gives nothing until there is a number
// for the monthly credits.
({ labels, bar, loaded }) => {
  const scope = document.body;
  // The page has only begun to load.
  if (!scope) return loaded ? null : { read: Object.fromEntries(Object.keys(labels).map((key) => [key, null])), bars: [], drawn: 0, lines: [], busy: true };
  const clean = (text) => (text ?? "").replace(/[^\S\n]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
  const NUMBER = /\d[\d.,'’\u00a0\u202f]*(?:\s?[kKmM]\b)?/g;
  const patterns = Object.fromEntries(Object.entries(labels).map(([key, pattern]) => [key, new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w-])`, "i")]));
  const dialogs = [...document.querySelectorAll("dialog[open],[role=dialog],[aria-modal=true]")];
  const all = walk(scope).filter((el) => !["SCRIPT", "STYLE", "OPTION", "TEMPLATE"].includes(el.tagName));

  const places = (pattern) => {
    const holding = all.filter((el) => pattern.test(clean(el.textContent)) && shown(el) && pattern.test(clean(el.innerText)));
    return holding.filter((el) => !holding.some((other) => other !== el && inside(el, other)));
  };
  const numbers = (text) => text.match(NUMBER) ?? [];
  const cut = (text, key) => {
    // The part of a text that goes with one label, between the labels around it.
    const marks = Object.entries(patterns)
      .map(([name, pattern]) => ({ name, found: text.match(pattern) }))
      .filter(({ found }) => found)
      .map(({ name, found }) => ({ name, from: found.index, to: found.index + found[0].length }))
      .sort((a, b) => a.from - b.from);
    const at = marks.findIndex(({ name }) => name === key);
    if (at < 0) return "";
    const before = text.slice(at ? marks[at - 1].to : 0, marks[at].from);
    const after = text.slice(marks[at].to, marks[at + 1]?.from);
    const leading = text.slice(0, marks[0].from);
    const trailing = text.slice(marks.at(-1).to);
    const first = numbers(leading).length > 0 && (numbers(trailing).length === 0 || marks.length > 1 && numbers(leading).length >= numbers(trailing).length && !/^\s*[:=]/.test(text.slice(marks[0].to)));
    return first ? before : after;
  };
  const read = (key) => {
    for (const place of places(patterns[key])) {
      for (let at = place, steps = 0; at && steps < 6 && inside(scope, at); at = parent(at), steps += 1) {
        const text = clean(at.innerText ?? at.textContent);
        const alone = Object.entries(patterns).every(([name, pattern]) => name === key || !pattern.test(text));
        const part = alone ? text.replace(patterns[key], " ") : cut(text, key);
        if (numbers(part).length) return { text: part.trim(), numbers: numbers(part) };
        if (text.length > 600) break;
      }
    }
    return null;
  };
  // A pop-up may have bars of its own; where the credits stand in one themselves, theirs are the ones.
  const home = places(patterns.monthly)[0] ?? scope;
  const bars = (bar ? [...document.querySelectorAll(bar)] : all.filter((el) => el.matches("progress,meter,[role=progressbar],[role=meter]")))
    .filter((el) => !dialogs.some((dialog) => !inside(dialog, home) && inside(dialog, el)))
    .filter((el) => el.checkVisibility({ visibilityProperty: true }));
  const drawn = all.filter((el) => /progress|meter|\bbar\b/i.test(el.className?.toString() ?? "") && shown(el));
  const value = (el, name, own) => el.getAttribute(name) ?? (el.getAttribute(own) !== null ? el.getAttribute(own) : null);
  const found = Object.fromEntries(Object.keys(patterns).map((key) => [key, read(key)]));
  if (loaded && !found.monthly) return null;
  return {
    read: found,
    bars: bars.map((el) => ({
      name: el.getAttribute("aria-label") ?? "",
      now: value(el, "aria-valuenow", "value"),
      max: value(el, "aria-valuemax", "max"),
      text: el.getAttribute("aria-valuetext") ?? "",
    })),
    drawn: drawn.length,
    lines: clean(scope.innerText).split("\n"),
    busy: all.some((el) => el.getAttribute("aria-busy") === "true" || /skeleton|shimmer/i.test(el.className?.toString() ?? "") && shown(el)),
  };
}

// What is on sale: each amount of credits together with what one presses to choose it; with `popup` in what matches that
// selector and shows, the last of several, or else on the whole page.
//
// An offer is an amount ("44,000 credits") that stands in, or alone beside, something that can be pressed. An amount
// without one ("You have 8,000 credits left") is a mention. Gives the offers in reading order, or, when `pick` is an
// offer's index, the element to press for it, if the offer there still has that label.
({ thousands, others, popup, pick, label }) => {
  const gap = { ",": ",", ".": "\\.", " ": "[ \\u00a0\\u202f]", "'": "['\\u2019]", "": "(?!)" }[thousands];
  const AMOUNT = new RegExp(`(?<![\\d.,])(\\d{1,3}(?:${gap}\\d{3})+|\\d[\\d.,]*)[\\s\\u00a0]*credits?\\b`, "gi");
  const OTHER = new RegExp(`^\\W*(?:${others.join("|")})\\W*$`, "i");
  const PRESSABLE =
    "button,a[href],input:not([type=hidden]),select,label,summary,option,[role=button],[role=link],[role=radio]," +
    "[role=option],[role=menuitem],[role=menuitemradio],[role=tab],[role=checkbox],[role=treeitem]," +
    "[tabindex]:not([tabindex='-1']),[onclick]";
  const visible = (el) => {
    if (el.tagName === "OPTION") return visible(el.closest("select"));
    if (el.tagName === "INPUT") return true; // often hidden behind its own drawing
    return shown(el);
  };
  const textOf = (el) => {
    if (el.tagName === "OPTION") return clean(el.label || el.textContent);
    const text = clean(el.innerText ?? el.textContent);
    return text.match(AMOUNT) ? text : clean(el.getAttribute("aria-label")) || text;
  };
  const popups = popup ? walk(document).filter((el) => el.matches(popup) && shown(el)) : [document.body];
  const holds = (el) => walk(el).some((inner) => textOf(inner).match(AMOUNT)); // others announce what is new
  const scope = popups.length > 1 ? popups.findLast(holds) ?? popups.at(-1) : popups[0];
  if (!scope) return pick === undefined ? [] : null; // there is none, or the page has only begun to load
  const pointer = (el) => getComputedStyle(el).cursor === "pointer";
  const pressable = (el) => el.matches(PRESSABLE) || (pointer(el) && !(parent(el) && pointer(parent(el))));

  const all = walk(scope).filter((el) => /\d/.test(el.textContent + (el.getAttribute("aria-label") ?? "")));
  const holding = all.filter((el) => visible(el) && textOf(el).match(AMOUNT));
  const amounts = holding.filter((el) => !holding.some((other) => other !== el && inside(el, other)));
  const held = (el) => amounts.filter((amount) => inside(el, amount)).length;

  const choices = amounts.map((amount) => {
    const around = [];
    for (let at = amount; at && at !== parent(scope) && held(at) === 1; at = parent(at)) around.push(at);
    const own = around.find((el) => pressable(el));
    const row = around.at(-1);
    const near = own ? null : around.map((el) => walk(el).filter((inner) => pressable(inner) && visible(inner)
      && !OTHER.test(textOf(inner) || clean(inner.getAttribute("aria-label"))))).find((found) => found.length);
    const radio = near?.find((el) => el.matches("input[type=radio],[role=radio],input[type=checkbox]"));
    const press = own ?? radio ?? near?.[0] ?? null;
    return { amount, row, press, own: Boolean(own) };
  }).filter((choice) => choice.press);

  const shape = ({ row, press, own }) => `${row.tagName} ${press.tagName} ${press.getAttribute("role")} ${own}`;
  const tally = {};
  for (const choice of choices) tally[shape(choice)] = (tally[shape(choice)] ?? 0) + 1;
  const usual = Object.keys(tally).sort((a, b) => tally[b] - tally[a])[0];
  const words = (choice) => clean(textOf(choice.press).replace(AMOUNT, "").replace(/[\d.,$€£]+/g, "")).toLowerCase();
  const usualWords = new Set(choices.filter((choice) => shape(choice) === usual).map(words));
  // A confirm button that repeats the chosen amount ("Continue with 2,000 credits") is no offer.
  const offers = choices.filter((choice) => shape(choice) === usual
    || (choice.own && (usualWords.has(words(choice)) || !/\b(continue|proceed|pay|confirm|checkout|buy|order)\b/.test(words(choice)))));

  const labelOf = ({ amount }) => clean(textOf(amount).match(AMOUNT)[0]);
  if (pick !== undefined) return offers[pick] && labelOf(offers[pick]) === label ? offers[pick].press : null;
  const chosen = (el) => el.matches(":checked,[aria-checked=true],[aria-selected=true],[aria-pressed=true],[aria-current=true]");
  return offers.map(({ amount, row, press }) => ({
    label: labelOf({ amount }),
    row: clean(row.innerText ?? row.textContent) || textOf(amount),
    kind: press.tagName === "OPTION" ? "option" : press.getAttribute("role") ?? press.tagName.toLowerCase(),
    chosen: [press, row, ...walk(row)].some(chosen),
    disabled: press.matches(":disabled,[aria-disabled=true]"),
    look: row.className?.toString() + press.className?.toString(),
  }));
}

// The texts of the rows below a title that hold a day and a price: a table's cell by cell, so that they never run into
// each other. `words` and `selector` tell the title.
({ words, selector }) => {
  const scope = document.body;
  if (!scope) return []; // the page has only begun to load
  const CELLS = "th, td, [role=columnheader], [role=rowheader], [role=cell], [role=gridcell]";
  const said = (el) => {
    const cells = [...el.querySelectorAll(CELLS)];
    return cells.length ? cells.map((cell) => clean(cell.innerText ?? cell.textContent)).join(" ") : clean(el.innerText);
  };
  const DAY = /\d{4}-\d\d-\d\d|\b\d{1,2}[./ ]+(?:\d{1,2}[./ ]|[A-Za-z]{3,9},? )\d{4}|\b[A-Za-z]{3,9} \d{1,2},? \d{4}/;
  const PRICE = /[$€£¥₫₹]|\b(?:USD|EUR|GBP|VND|JPY|AUD|CAD|SGD|INR|CHF)\b/;
  const isPayment = (text) => DAY.test(text) && PRICE.test(text);
  const all = [...scope.querySelectorAll("*")];
  const rows = all.filter((el) => el.matches("tr, [role=row], li, [role=listitem], article") && shown(el) && isPayment(said(el)));
  // A list made of plain boxes has no rows by role: there a row is the smallest box with a day and a price.
  const boxes = () => {
    const holding = all.filter((el) => isPayment(el.textContent) && shown(el) && isPayment(said(el)));
    return holding.filter((el) => !holding.some((other) => other !== el && el.contains(other)));
  };

  const exact = new RegExp(`^\\W*(?:${words})\\W*$`, "i");
  const begins = new RegExp(`^\\W*(?:${words})(?![\\w-])`, "i");
  const isTitle = (el) => selector ? el.matches(selector)
    : exact.test(clean(el.textContent)) || el.matches("h1,h2,h3,h4,h5,h6,[role=heading]") && begins.test(clean(el.textContent));
  const titles = all.filter((el) => isTitle(el) && shown(el)).reverse();
  const below = (found) => {
    for (const title of titles) {
      const after = found.filter((row) => title.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (after.length) return after;
    }
    return [];
  };
  // What the page says of the plan may hold a day and a price too, and be there before the payments are.
  const found = titles.length ? below(rows) : rows;
  return (found.length ? found : below(boxes())).map(said);
}

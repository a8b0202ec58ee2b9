// The texts of the rows that show: a table's cell by cell, so that they never run into each other.
() => {
  const scope = document.body;
  const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const shown = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getBoundingClientRect().height > 0;
  const CELLS = "th, td, [role=columnheader], [role=rowheader], [role=cell], [role=gridcell]";
  const words = (el) => {
    const cells = [...el.querySelectorAll(CELLS)];
    return cells.length ? cells.map((cell) => clean(cell.innerText ?? cell.textContent)).join(" ") : clean(el.innerText);
  };
  const rows = [...scope.querySelectorAll("tr, [role=row], li, [role=listitem], article")].filter(shown).map(words);
  // A list made of plain boxes has no rows by role: there a row is the smallest box with a day and a price.
  const DAY = /\d{4}-\d\d-\d\d|\b\d{1,2}[./ ]+(?:\d{1,2}[./ ]|[A-Za-z]{3,9},? )\d{4}|\b[A-Za-z]{3,9} \d{1,2},? \d{4}/;
  const PRICE = /[$€£¥₫₹]|\b(?:USD|EUR|GBP|VND|JPY|AUD|CAD|SGD|INR|CHF)\b/;
  const isPayment = (text) => DAY.test(text) && PRICE.test(text);
  if (rows.some(isPayment)) return rows;
  const holding = [...scope.querySelectorAll("*")].filter((el) => isPayment(el.textContent) && shown(el) && isPayment(words(el)));
  return holding.filter((el) => !holding.some((other) => other !== el && el.contains(other))).map(words);
}

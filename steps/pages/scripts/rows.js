// The texts of the rows that show: a table's cell by cell, so that they never run into each other.
(root) => {
  const scope = root ?? document.body;
  const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const shown = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getBoundingClientRect().height > 0;
  const CELLS = "th, td, [role=columnheader], [role=rowheader], [role=cell], [role=gridcell]";
  const words = (el) => {
    const cells = [...el.querySelectorAll(CELLS)];
    return cells.length ? cells.map((cell) => clean(cell.innerText ?? cell.textContent)).join(" ") : clean(el.innerText);
  };
  return [...scope.querySelectorAll("tr, [role=row], li, [role=listitem], article")].filter(shown).map(words);
}

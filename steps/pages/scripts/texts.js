// What is written in all that matches a selector and shows.
(selector) => {
  const found = walk(document).filter((el) => el.matches(selector) && shown(el));
  return found.map((el) => clean(el.innerText)).filter(Boolean);
}

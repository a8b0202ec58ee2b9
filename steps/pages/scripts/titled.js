// Whether something shows that is called by one of the words: an element with no other text, or a heading of that name.
({ words }) => {
  const exact = new RegExp(`^\\W*(?:${words})\\W*$`, "i");
  const says = (el) => exact.test(clean(el.textContent));
  const name = (el) => el.getAttribute("aria-label")
    ?? el.getAttribute("aria-labelledby")?.split(/\s+/).map((id) => el.getRootNode().getElementById(id)?.textContent).join(" ");
  const is = (el) => el.matches("h1,h2,h3,h4,h5,h6,[role=heading]") && exact.test(clean(name(el)))
    || says(el) && !children(el).some(says);
  return walk(document).some((el) => !["SCRIPT", "STYLE", "NOSCRIPT", "HEAD", "TITLE"].includes(el.tagName) && is(el) && shown(el));
}

// What is written in all that matches a selector and shows.
(selector) => {
  const walk = (el) => [...(el.shadowRoot ?? el).children].flatMap((child) => [child, ...walk(child)]);
  const shown = (el) => {
    const box = el.getBoundingClientRect();
    return el.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.height > 0;
  };
  const found = walk(document).filter((el) => el.matches(selector) && shown(el));
  return found.map((el) => el.innerText.replace(/\s+/g, " ").trim()).filter(Boolean);
}

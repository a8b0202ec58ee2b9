"use strict";
// Opens scenarios, and shows only what is searched and filtered for. Without it, all but the passed details still show.
(() => {
  const bodies = [...document.querySelectorAll("tbody[data-verdict]")];
  const words = bodies.map((body) => {
    const section = body.closest("article").querySelector("h3").textContent;
    return `${body.dataset.words} ${section.toLowerCase()}`;
  });
  const holders = [...document.querySelectorAll("main article, main .page")].reverse();
  const tables = [...document.querySelectorAll("article .scroll")];
  const search = document.getElementById("search");
  const filters = [...document.querySelectorAll(".filter")];
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");

  function open(body, wanted) {
    const button = body.querySelector("button");
    const kept = body.querySelector("script"); // text, not elements: thousands of details cost nothing until opened
    if (kept && wanted) {
      kept.insertAdjacentHTML("beforebegin", kept.textContent);
      kept.remove();
    }
    const detail = body.querySelector(".detail");
    if (detail) detail.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
  }

  function apply() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const pressed = filters.filter((one) => one.getAttribute("aria-pressed") === "true").map((one) => one.dataset.show);
    const verdicts = pressed.filter((one) => one !== "differs");
    let count = 0;
    bodies.forEach((body, index) => {
      const fits =
        (!verdicts.length || verdicts.includes(body.dataset.verdict)) &&
        (!pressed.includes("differs") || "differs" in body.dataset) &&
        wanted.every((word) => words[index].includes(word));
      if (body.hidden === fits) body.hidden = !fits;
      count += fits;
    });
    const all = !wanted.length && !pressed.length;
    for (const holder of [...tables, ...holders]) holder.hidden = !all && !holder.querySelector("tbody:not([hidden])");
    document.body.classList.toggle("narrowed", !all);
    nothing.hidden = count > 0;
    shown.textContent = all ? "" : `${count} of ${bodies.length} scenarios`;
  }

  function reveal() {
    const body = document.getElementById(location.hash.slice(1));
    if (!body || !bodies.includes(body)) return;
    if (body.hidden) everything();
    open(body, true);
    body.scrollIntoView({ block: "start" });
    body.querySelector("button").focus({ preventScroll: true });
  }

  function everything() {
    search.value = "";
    for (const filter of filters) filter.setAttribute("aria-pressed", "false");
    apply();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const body = button.closest("tbody[data-verdict]");
    if (body) open(body, button.getAttribute("aria-expanded") !== "true");
    if (button.id === "all") everything();
    if (filters.includes(button)) {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      apply();
    }
  });
  search.addEventListener("input", apply);
  search.form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  document.body.classList.add("live");
  apply();
  reveal();
})();

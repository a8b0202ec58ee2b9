// Everybody who can sign in to the workspace.

import { ask, el, problem } from "./base.js";

const root = document.getElementById("users");

async function load() {
  try {
    const view = await ask("/api/members");
    root.replaceChildren(table(view.members));
  } catch (error) {
    root.replaceChildren(problem(error, load));
  }
  root.setAttribute("aria-busy", "false");
}

function table(members) {
  return el(
    "table",
    { class: "table", "aria-label": "Users" },
    el("thead", {}, el("tr", {}, ["Name", "Role", "Access", "Last login"].map((name) => el("th", { scope: "col" }, name)))),
    el(
      "tbody",
      {},
      members.map((member) =>
        el(
          "tr",
          {},
          el("th", { scope: "row", "data-label": "Name" }, el("span", { class: "person" }, member.name, el("span", { class: "muted" }, member.email))),
          el("td", { "data-label": "Role" }, member.role),
          el("td", { "data-label": "Access" }, member.access),
          el("td", { "data-label": "Last login" }, member.last_login),
        ),
      ),
    ),
  );
}

load();

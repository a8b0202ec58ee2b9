// Everybody who can sign in to the workspace.

import { ask, el, problem, table } from "./base.js";

const root = document.getElementById("users");

async function load() {
  try {
    const view = await ask("/api/members");
    root.replaceChildren(users(view.members));
  } catch (error) {
    root.replaceChildren(problem(error, load));
  }
  root.setAttribute("aria-busy", "false");
}

function users(members) {
  return table({
    name: "Users",
    columns: ["Name", "Role", "Access", "Last login"],
    rows: members.map((member) => [
      el("span", { class: "person" }, member.name, el("span", { class: "muted" }, member.email)),
      member.role,
      member.access,
      member.last_login,
    ]),
  });
}

load();

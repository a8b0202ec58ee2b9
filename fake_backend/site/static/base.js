// What every page needs: elements, requests, dialogs, and the profile menu.

/** Make an element. Text is always text: nothing that a person typed is ever read as markup. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Make a table. Its roles are written out: a phone lays the rows out as blocks, and browsers then forget them. */
export function table({ name, columns, rows, kind = "table" }) {
  return el(
    "table",
    { class: kind, role: "table", "aria-label": name },
    el(
      "thead",
      { role: "rowgroup" },
      el("tr", { role: "row" }, columns.map((column) => el("th", { scope: "col", role: "columnheader" }, column))),
    ),
    el("tbody", { role: "rowgroup" }, rows.map((cells) => row(columns, cells))),
  );
}

function row(columns, [first, ...others]) {
  return el(
    "tr",
    { role: "row" },
    el("th", { scope: "row", role: "rowheader", "data-label": columns[0] }, first),
    others.map((cell, index) => el("td", { role: "cell", "data-label": columns[index + 1] }, cell)),
  );
}

const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  arrow: "M5 12h14M13 6l6 6-6 6",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  play: "M8 5.5v13l11-6.5z",
};

/** Draw an icon; it says nothing to a screen reader. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Write a number as the documentation does: 1,200,000. */
export const number = (value) => value.toLocaleString("en-US");

/** What the server answered when it would not do what was asked. */
export class Refused extends Error {
  constructor(message, fields, status) {
    super(message);
    this.fields = fields;
    this.status = status;
  }
}

/** Ask the server. Someone who is no longer signed in is sent to sign in and comes back here. */
export async function ask(path, { method = "GET", body } = {}) {
  const options = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("Diaflow cannot be reached. Check your connection and try again.", {}, 0);
  }
  if (response.status === 401) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
    return new Promise(() => {});
  }
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Refused(answer.error.message, answer.error.fields ?? {}, response.status);
  return answer;
}

/** Say that something could not be loaded, with a way to try again. */
export function problem(error, again) {
  return el(
    "div",
    { class: "notice error", role: "alert" },
    el("p", {}, error.message),
    again && el("button", { type: "button", class: "button", onclick: again }, "Try again"),
  );
}

let dialogs = 0;

/** Open a modal dialog; its content is whatever `fill` returns. Closing gives the focus back. */
export function openDialog({ title, animated = false, narrow = false, shape = "", close_unnamed = false, stays = false, fill, onclose }) {
  const id = `dialog-${(dialogs += 1)}`;
  const close = () => stays || dialog.close();
  const body = el("div", { class: "dialog-body" });
  const dialog = el(
    "dialog",
    { class: ["dialog", animated && "animated", narrow && "narrow", shape].filter(Boolean).join(" "), "aria-labelledby": id },
    el(
      "header",
      { class: "dialog-head" },
      el("h2", { id }, title),
      el("button", { type: "button", class: "icon-button", "aria-label": close_unnamed ? null : "Close", onclick: close }, icon("close")),
    ),
    body,
  );
  let pressed = null;
  dialog.addEventListener("pointerdown", (event) => (pressed = event.target));
  dialog.addEventListener("click", (event) => {
    // Only a press that began outside closes: selecting text and letting go outside must not.
    if (event.target === dialog && pressed === dialog) close();
  });
  dialog.addEventListener("keydown", (event) => stays && event.key === "Escape" && event.preventDefault());
  dialog.addEventListener("close", () => {
    dialog.remove();
    onclose?.(dialog.returnValue);
  });
  body.append(...fill({ close, dialog }));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Make a form field with its label, a hint, and room for what is wrong with it. */
export function field({ name, label, type = "text", value = "", required = false, autocomplete, hint }) {
  const id = `field-${name}`;
  const problemText = el("p", { class: "field-error", id: `${id}-error` });
  const input = el("input", {
    id,
    name,
    type,
    required,
    autocomplete,
    "aria-describedby": [hint ? `${id}-hint` : "", `${id}-error`].join(" ").trim(),
  });
  input.value = value;
  const root = el(
    "div",
    { class: "field" },
    el("label", { for: id }, label, required ? null : el("span", { class: "optional" }, " (optional)")),
    input,
    hint ? el("p", { class: "hint", id: `${id}-hint` }, hint) : null,
    problemText,
  );
  const complain = (text) => {
    problemText.textContent = text ?? "";
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  input.addEventListener("input", () => complain(""));
  return { root, input, complain };
}

function profileMenu() {
  const button = document.getElementById("profile-button");
  const menu = document.getElementById("profile-menu");
  if (!button) return;
  const items = () => [...menu.querySelectorAll("[role=menuitem]")];
  const show = (open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  const focus = (index) => {
    const all = items();
    all[(index + all.length) % all.length]?.focus();
  };
  button.addEventListener("click", () => {
    show(menu.hidden);
    if (!menu.hidden) focus(0);
  });
  menu.addEventListener("keydown", (event) => {
    const at = items().indexOf(document.activeElement);
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (event.key in moves) {
      event.preventDefault();
      focus(moves[event.key]);
    } else if (event.key === "Escape" || event.key === "Tab") {
      show(false);
      if (event.key === "Escape") button.focus();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && !menu.contains(event.target) && !button.contains(event.target)) show(false);
  });
}

profileMenu();

// Roles, as they are written or implied. Source: WAI-ARIA in HTML, as far as people press or read such things.
const DIALOGS = new Set(["dialog", "alertdialog"]);
const PRESSABLE = new Set(["button", "link", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "radio", "option", "treeitem", "checkbox", "switch", "combobox", "textbox", "searchbox", "spinbutton", "slider", "listbox"]);
const LIVE = new Set(["alert", "status", "log", "alertdialog"]);
const BARS = new Set(["progressbar", "meter", "slider", "scrollbar"]);

const INPUTS = { button: "button", submit: "button", reset: "button", image: "button", checkbox: "checkbox", radio: "radio", range: "slider", number: "spinbutton", search: "searchbox", email: "textbox", tel: "textbox", text: "textbox", url: "textbox" };
const ROLES = { button: "button", textarea: "textbox", h1: "heading", h2: "heading", h3: "heading", h4: "heading", h5: "heading", h6: "heading", ul: "list", ol: "list", menu: "list", li: "listitem", table: "table", tr: "row", td: "cell", thead: "rowgroup", tbody: "rowgroup", tfoot: "rowgroup", caption: "caption", nav: "navigation", main: "main", aside: "complementary", article: "article", dialog: "dialog", progress: "progressbar", meter: "meter", option: "option", output: "status", fieldset: "group", details: "group", dt: "term", dd: "definition", hr: "separator", figure: "figure", optgroup: "group", search: "search" };
const implied = (el) => {
  const tag = el.localName;
  if (tag === "a" || tag === "area") return el.hasAttribute("href") ? "link" : "";
  if (tag === "input") return INPUTS[el.type] ?? (el.type === "password" || el.type === "hidden" ? "" : "textbox");
  if (tag === "select") return el.multiple || el.size > 1 ? "listbox" : "combobox";
  if (tag === "img") return el.getAttribute("alt") === "" ? "" : "img";
  if (tag === "svg") return el.querySelector(":scope > title") ? "img" : "";
  if (tag === "th") return el.scope === "row" || el.scope === "rowgroup" || (!el.scope && el.closest("tbody") && el.parentElement.querySelector("td")) ? "rowheader" : "columnheader";
  if (tag === "section" || tag === "form") return el.hasAttribute("aria-label") || el.hasAttribute("aria-labelledby") ? (tag === "form" ? "form" : "region") : "";
  return ROLES[tag] ?? "";
};
const SAID = new Map();
const saidBy = (written) => {
  const first = written.trim().split(/\s+/)[0].toLowerCase();
  const role = first === "none" || first === "presentation" ? "" : first || null;
  SAID.set(written, role);
  return role;
};
const roleOf = (el) => {
  const written = el.getAttribute("role");
  if (!written) return implied(el);
  const role = SAID.get(written);
  return (role === undefined ? saidBy(written) : role) ?? implied(el);
};

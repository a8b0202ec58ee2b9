// The application: signing in, the frame with its sidebar and profile menu, and what each address shows.
import { account, forget } from "./account.js";
import { billing, landedElsewhere } from "./billing.js";
import { act, api, broken, cfg, go, h, late, link, pressable, route, toast } from "./dom.js";
import { popup } from "./popup.js";

const root = document.body.firstElementChild;
const asked = new URLSearchParams(location.search);
let me = null;
let settings = null;  // the open settings pop-up: the function that closes it, and the place of its panel

function login() {
  const email = h("label.field", {}, "Email", h("input.input", { type: "email", name: "email", autocomplete: "username", required: true }));
  const secret = h("input.input", { type: "password", name: "password", autocomplete: "current-password", required: true });
  const reset = broken("reset-link-missing") ? "" : link("a", "reset", "Reset your password");
  const password = h("div.field", {}, h("label", {}, "Password", secret), reset);
  const problem = h("p.error", { role: "alert" });
  let first = cfg.sign_in === "two-step";
  const given = {};
  const button = h("button.act.strong", { type: "submit" }, first ? "Continue" : "Sign in");
  const submit = async (e) => {
    e.preventDefault();
    if (first) {
      first = false;
      button.textContent = "Sign in";
      button.before(password);
      return secret.focus();
    }
    try {
      Object.assign(given, Object.fromEntries(new FormData(e.target)));
      await api("login", given);
      forget();
      me = await account();
      go("");
    } catch (wrong) {
      problem.textContent = wrong.message;
      if (wrong.told?.second && !form.contains(factor)) (email.remove(), password.remove(), button.before(factor));
    }
  };
  const factor = h("label.field", {}, "Code from your authenticator app", h("input.input", { name: "code", inputmode: "numeric", autocomplete: "one-time-code" }));
  const form = h("form", { onsubmit: submit, novalidate: true }, email, first ? "" : password, button, problem);
  return h("div.login", {}, h("h1", {}, "Welcome back"), form);
}

function reset() {
  const field = (label, more) => h("label.field", {}, label, h("input.input", { required: true, ...more }));
  const sent = async (e) => {
    e.preventDefault();
    const given = Object.fromEntries(new FormData(e.target));
    await api("reset", given);
    const problem = h("p.error", { role: "alert" });
    const choose = async (chosen) => {
      chosen.preventDefault();
      await api("new-password", { ...given, ...Object.fromEntries(new FormData(chosen.target)) }).then(() => go("login"), (wrong) => (problem.textContent = wrong.message));
    };
    const code = field("Code", { name: "code", autocomplete: "one-time-code" });
    const password = field("New password", { name: "password", type: "password", autocomplete: "new-password" });
    e.target.replaceWith(h("form", { onsubmit: choose }, h("p", {}, "If this address is known, a code is on its way to it."), code, password, h("button.act.strong", {}, "Change password"), problem));
  };
  const form = h("form", { onsubmit: sent }, field("Email", { type: "email", name: "email" }), h("button.act", {}, "Send code"));
  return h("div.login", {}, h("h1", {}, "Reset your password"), form, link("a", "login", "Back to sign in"));
}

async function logOut() {
  await api("logout", {});
  forget();
  me = null;
  go("login");
}

let menu = null;  // the open profile menu
const shut = () => {
  menu?.previousElementSibling.setAttribute("aria-expanded", "false");
  menu?.remove();
  menu = null;
};
const within = (e) => menu.contains(e.target) || menu.previousElementSibling?.contains(e.target);
document.addEventListener("click", (e) => menu && !within(e) && shut());
addEventListener("keydown", (e) => e.key === "Escape" && shut());

function profile() {
  const initials = me.name.split(" ").map((part) => part[0]).join("");
  const face = { name: me.name, initials: h("span.avatar", {}, initials), account: h("span.avatar", { "aria-hidden": "true" }, "☺") }[cfg.profile];
  const label = cfg.profile === "account" ? { "aria-label": "Account" } : {};
  const roleMenu = cfg.profile_menu === "menu";
  const entries = [broken("settings-missing") ? null : ["Workspace Settings", () => go("settings/general")], ["Help centre", () => toast("Write to support.")]];
  if (!broken("log-out-missing")) entries.push(["Log out", logOut]);
  const item = ([text, run]) => {
    const onclick = (e) => (e.preventDefault(), shut(), run());
    if (roleMenu) return h("div.menuItem", { role: "menuitem", tabindex: 0, onclick, onkeydown: (e) => e.key === "Enter" && onclick(e) }, text);
    return h("li", {}, h("a.menuItem", { href: "#", onclick }, text));
  };
  const toggle = () => {
    if (menu) return shut();
    menu = h(roleMenu ? "div.menu.unfold" : "ul.menu.unfold", roleMenu ? { role: "menu" } : {}, entries.filter(Boolean).map(item));
    button.after(menu);
    button.setAttribute("aria-expanded", "true");
  };
  const button = h("button.user", { type: "button", "aria-expanded": "false", onclick: toggle, ...label }, face);
  return button;
}

function frame(content) {
  shut();
  const side = h("nav.side", {}, h("strong", {}, "kestrel"), link("a.sideLink", "", "Home"), link("a.sideLink", "flows", "Flows"), link("a.sideLink", "users", "Users"), h("div.grow"), profile());
  return h("div.shell", {}, side, h("main.main", {}, content));
}

const home = () => h("div", {}, h("h1", {}, `Hello ${me.name.split(" ")[0]}`),
  late(async () => h("div.card", {}, h("h2.head", {}, "This week"), h("p", {}, "12 flows ran 1,204 times"), link("a.act", "flows", "See flows"))));
const FLOWS = ["Sort mail", "Read receipts"];
const changed = () => api("events", { name: "flow-changed" });
const opens = (what, at, more, ...held) => h(what, { ...more, style: "cursor:pointer", onclick: () => go(`flows/${at}`) }, ...held);
const LISTS = {
  inline: () => h("ul.list", {}, FLOWS.map(flow)),
  links: () => h("ul.list", {}, FLOWS.map((name, at) => h("li.line", {}, link("a", `flows/${at}`, name), act("Delete", changed)))),
  cards: () => h("div.grid", {}, FLOWS.map((name, at) => opens("div.card", at, {}, h("h2.head", {}, name), h("p.soft", {}, "Last run yesterday")))),
  rows: () => h("table", {}, FLOWS.map((name, at) => h("tr", {}, h("td", {}, name), h("td", {}, act("Delete", changed), act("Open", () => go(`flows/${at}`)))))),
  grid: () => h("div", { role: "grid" }, FLOWS.map((name, at) => opens("div.line", at, { role: "row" }, h("div", { role: "gridcell" }, name), h("div", { role: "gridcell" }, "12 runs")))),
};
const flows = () => h("div", {}, h("h1", {}, "Flows"), cfg.flows === "inline" ? "" : act("New flow", changed), late(async () => LISTS[cfg.flows]()));
const ownPage = (at) => h("div", {}, link("a", "flows", "All flows"), h("h1", {}, FLOWS[at]), act("Delete flow", changed), late(async () => h("ul.list", {}, flow(FLOWS[at]))));
const RUNS = { inline: "Run", links: "Run", cards: "Generate", rows: "Start", grid: "Submit" };

function flow(name) {
  const text = h("textarea.input", { "aria-label": `Text for ${name}` });
  const said = h("span", { role: "status" });
  const run = async () => {
    said.textContent = "Running…";
    const told = await api("run", { text: text.value }).then(({ used }) => `Finished, ${used} ${used === 1 ? "credit" : "credits"} used`, (wrong) => wrong.message);
    said.textContent = told;
    forget();
  };
  return h("li.line", {}, name, text, act(RUNS[cfg.flows], run), said);
}

const users = () => h("div", {}, h("h1", {}, "Users"), late(async () => h("table", {}, [["Name", "E-mail", "Role", "Access", "Last login"], ...me.members.map((one) => [...one, "All", "today"])]
  .map((row, at) => h("tr", {}, row.map((text) => h(at ? "td" : "th", {}, text)))))));
const thanks = () => h("div", {}, h("h1", {}, "Thank you!"),
  late(async () => h("p", {}, (await landed).name ? `Your payment for ${(await landed).name} is complete.` : "We could not find this payment.")), link("a.act", "", "Back to workspace"));

function settingsPanel(section) {
  const names = ["general", "security", ...(broken("billing-missing") ? [] : ["billing"])];
  const title = (name) => name[0].toUpperCase() + name.slice(1);
  const on = (name) => (name === section ? ".on" : "");
  const entry = {
    tab: (name) => h(`div.tab${on(name)}`, { role: "tab", tabindex: 0, "aria-selected": String(name === section), onclick: () => go(`settings/${name}`), onkeydown: (e) => e.key === "Enter" && go(`settings/${name}`) }, title(name)),
    link: (name) => link(`a.tab${on(name)}`, `settings/${name}`, title(name)),
    button: (name) => pressable(h(`div.tab${on(name)}`, {}, h("span", {}, title(name))), () => go(`settings/${name}`)),
  }[cfg.billing];
  const panel = section === "billing" && names.includes("billing") ? billing() : h("div.card", {}, h("h2.head", {}, title(section)), "Nothing to set here yet.");
  const tabs = cfg.billing === "tab";
  const list = h(tabs ? "div.tabs" : "nav", tabs ? { role: "tablist" } : { "aria-label": "Settings" }, names.map(entry));
  return h(tabs ? "div" : "div.split", {}, list, h("div.grow", tabs ? { role: "tabpanel" } : {}, panel));
}

function showSettings(section) {
  if (cfg.settings === "page") return root.replaceChildren(frame(h("div", {}, h("h1", {}, "Workspace Settings"), settingsPanel(section))));
  if (!settings) {
    root.replaceChildren(frame(home()));
    const place = h("div");
    settings = { place, close: popup("Workspace Settings", place, { kind: "dialog", wide: true, stays: true, onclose: () => ((settings = null), go("")) }) };
  }
  settings.place.replaceChildren(settingsPanel(section));
}

function render() {
  const at = route().replace(/\/$/, "");
  if (at === "reset") return root.replaceChildren(reset());
  if (!me) return at === "login" ? root.replaceChildren(login()) : go("login");
  if (at.startsWith("settings")) return showSettings(at.split("/")[1] ?? "general");
  settings?.close();
  settings = null;
  if (at.startsWith("flows/")) return root.replaceChildren(frame(ownPage(Number(at.split("/")[1]))));
  const view = { "": home, login: home, flows, users, "checkout/success": thanks }[at] ?? (() => h("h1", {}, "Nothing here"));
  root.replaceChildren(frame(view()));
}

const MESSAGES = { billing: (name) => `Payment received: ${name}`, success: () => "Payment received", home: (name) => `${name} – thank you for your payment` };
async function land() {
  if (asked.get("cancelled")) await api("events", { cancelled: asked.get("cancelled") });
  if (!asked.get("session_id")) return {};
  const result = await api("landed", { session_id: asked.get("session_id") }).catch(() => ({}));
  if (result.paid) (toast(MESSAGES[cfg.landing](result.name)), landedElsewhere());
  return result;
}

let landed = Promise.resolve({});
async function boot() {
  root.replaceChildren(h("div.login", {}, h("div.skeleton"), h("div.skeleton")));
  me = await account().catch(() => null);
  if (me) await (landed = land());
  render();
}
addEventListener("popstate", render);
addEventListener("signed-out", () => me && ((me = null), go("login")));
boot();

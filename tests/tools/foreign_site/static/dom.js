// Small tools: configuration, styles with hashed class names, elements, requests, addresses.
export const cfg = JSON.parse(document.querySelector("script[type='application/json']").textContent);
export const broken = (name) => cfg.broken.includes(name);
export const still = cfg.animation === "off";
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const STYLES = {
  shell: "display:flex;min-height:100vh", side: "width:220px;background:#16202e;color:#cfd8e3;display:flex;flex-direction:column;padding:14px;box-sizing:border-box;position:sticky;top:0;height:100vh",
  sideLink: "display:block;padding:9px 10px;border-radius:7px;color:inherit;text-decoration:none", grow: "flex:1", main: "flex:1;padding:28px 36px;max-width:980px",
  user: "all:unset;cursor:pointer;padding:9px;border-radius:8px;background:#24324a;color:#fff", avatar: "display:inline-grid;place-items:center;width:32px;height:32px;border-radius:50%;background:#e4743b;color:#fff",
  menu: "position:fixed;left:14px;bottom:70px;background:#fff;color:#111;border-radius:8px;box-shadow:0 6px 24px #0004;padding:6px;min-width:190px;list-style:none;margin:0;z-index:5",
  menuItem: "display:block;padding:9px 12px;color:#111;text-decoration:none;cursor:pointer;background:none;border:0;font:inherit;width:100%;text-align:left;box-sizing:border-box",
  card: "border:1px solid #d9e0e8;border-radius:12px;padding:18px 20px;margin:0 0 18px;background:#fff", row: "display:flex;gap:14px;align-items:center;flex-wrap:wrap",
  head: "font-size:17px;font-weight:600;margin:0 0 10px", tile: "background:#f4f7fa;border-radius:9px;padding:10px 16px;min-width:130px", big: "font-size:22px;font-weight:600;margin:0",
  soft: "color:#5c6a7a;font-size:13px;margin:2px 0", badge: "background:#e8f0ff;color:#1f4fbf;border-radius:20px;padding:2px 10px;font-size:13px",
  bar: "height:8px;border-radius:5px;background:#dfe6ee;overflow:hidden;margin:12px 0", fill: "height:100%;background:#e4743b;transition:width .6s",
  act: "display:inline-block;padding:8px 16px;border-radius:8px;border:1px solid #c9d3de;background:#fff;color:#16202e;text-decoration:none;cursor:pointer;font:inherit;user-select:none",
  strong: "background:#1f4fbf;color:#fff;border-color:#1f4fbf", tabs: "display:flex;gap:4px;border-bottom:1px solid #d9e0e8;margin:0 0 20px", split: "display:flex;gap:30px",
  tab: "all:unset;display:block;padding:9px 14px;cursor:pointer;color:#16202e;border-bottom:2px solid transparent", on: "border-color:#1f4fbf;color:#1f4fbf",
  mask: "position:fixed;inset:0;background:#0006;z-index:10;display:grid;place-items:center;animation:kfade .25s", panel: "background:#fff;border-radius:14px;padding:22px;width:min(620px,92vw);max-height:88vh;overflow:auto;border:0;box-sizing:border-box",
  zoom: "animation:kzoom .4s cubic-bezier(.2,1.4,.4,1)", wide: "width:min(900px,94vw);height:86vh", drawerMask: "place-items:stretch end", drawer: "background:#fff;padding:22px;width:min(460px,94vw);overflow:auto;box-sizing:border-box",
  slide: "animation:kslide .4s ease-out", aside: "position:fixed;top:0;right:0;bottom:0;z-index:10;box-shadow:-8px 0 30px #0003", unfold: "animation:kunfold .35s ease-out",
  grid: "display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:10px;margin:12px 0", pick: "border:1px solid #c9d3de;border-radius:10px;padding:10px 12px;cursor:pointer;background:#fff;font:inherit;text-align:left;color:#111;display:block",
  picked: "border-color:#1f4fbf;background:#eef4ff", h4: "font-size:15px;margin:0", list: "list-style:none;padding:0;margin:10px 0", line: "display:flex;justify-content:space-between;align-items:center;padding:7px 2px;border-bottom:1px solid #eef1f5",
  toasts: "position:fixed;top:16px;right:16px;z-index:30", toast: "background:#16202e;color:#fff;padding:11px 18px;border-radius:9px;margin-bottom:8px", skeleton: "height:64px;border-radius:10px;background:linear-gradient(90deg,#eef1f5,#dfe6ee,#eef1f5);margin-bottom:14px",
  login: "max-width:340px;margin:12vh auto;padding:0 16px", field: "display:block;margin:0 0 14px", input: "display:block;width:100%;box-sizing:border-box;padding:9px;border:1px solid #c9d3de;border-radius:7px;font:inherit;margin-top:4px", error: "color:#b3261e",
};
const seed = Math.floor(performance.timeOrigin) % 9973;  // other names at each load, as after each build
const hashed = (name) => {
  let sum = seed;
  for (const char of name) sum = (sum * 31 + char.charCodeAt(0)) >>> 0;
  return `css-${sum.toString(36)}`;
};
const css = Object.entries(STYLES).map(([name, rule]) => `.${hashed(name)}{${rule}}`).join("");
const moves = `@keyframes kfade{from{opacity:0}}@keyframes kzoom{from{transform:scale(.5) translateY(80px);opacity:0}}
@keyframes kslide{from{transform:translateX(100%)}}@keyframes kunfold{from{transform:translateY(-30px);opacity:0}}`;
const sheet = document.createElement("style");
sheet.textContent = `body{margin:0;font:15px/1.45 system-ui,sans-serif;background:#fafbfc;color:#16202e}${css}${moves}
${still ? "*{animation:none!important;transition:none!important}" : ""}`;
document.head.append(sheet);

/** Element: h("p.soft.big", {onclick, "aria-label": …}, ...children); what stands after a dot is a style. */
export function h(what, attributes = {}, ...children) {
  const [tag, ...styles] = what.split(".");
  const element = document.createElement(tag);
  if (styles.length) element.className = styles.map(hashed).join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false).map((child) => cfg.renamed?.[child] ?? child));
  return element;
}

/** What one clicks, in this company's manner: a button, a link styled as one, or a div with the role. */
export function act(label, onclick, { strong = false, disabled = false, kind = cfg.actions } = {}) {
  const style = strong ? ".act.strong" : ".act";
  if (kind === "link") return h(`a${style}`, { href: "#", onclick: (e) => (e.preventDefault(), onclick()) }, label);
  if (kind === "div") return pressable(h(`div${style}`, {}, label), onclick);
  return h(`button${style}`, { type: "button", onclick, disabled }, label);
}

/** Make a div a button for mouse and keyboard. */
export function pressable(element, onclick) {
  element.setAttribute("role", "button");
  element.tabIndex = 0;
  element.addEventListener("click", onclick);
  element.addEventListener("keydown", (e) => {
    if (e.key === "Enter" || e.key === " ") (e.preventDefault(), onclick());
  });
  return element;
}

export async function api(path, body) {
  const options = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(`/api/${path}`, options);
  const data = await answer.json();
  if (answer.status === 401 && path !== "login") dispatchEvent(new Event("signed-out"));
  if (!answer.ok) throw Object.assign(new Error(data.error), { status: answer.status, told: data });
  return data;
}

/** A place that shows a skeleton and, some hundred milliseconds later, what `make` gives. */
export function late(make, shortest = 300) {
  const place = h("div", {}, h("div.skeleton", { "aria-hidden": "true" }));
  place.ready = Promise.all([make(), sleep(shortest + Math.random() * (800 - shortest))]).then(([made]) => place.replaceChildren(made));
  return place;
}

const toasts = document.body.appendChild(h("div.toasts", { role: "status", "aria-live": "polite" }));
export async function toast(text) {
  const one = toasts.appendChild(h("div.toast.unfold", {}, text));
  await sleep(5000);
  one.remove();
}

export function money(cents, how = cfg.prices) {
  const number = (locale) => (cents / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
  if (how === "eur" || cfg.currency === "EUR") return `${number("de-DE")}\u00a0€`;
  return how === "iso" ? `USD ${number("en-US")}` : `$${number("en-US")}`;
}

const hash = cfg.routes === "hash";
export const route = () => (hash ? location.hash.slice(2) : location.pathname.slice(5));
export function go(to) {
  if (route() === to) dispatchEvent(new Event("popstate"));
  else if (hash) location.hash = `#/${to}`;
  else (history.pushState({}, "", `/app/${to}`), dispatchEvent(new Event("popstate")));
}
export const href = (to) => (hash ? `#/${to}` : `/app/${to}`);
export const link = (what, to, text, more = {}) =>
  h(what, { href: href(to), onclick: (e) => (e.preventDefault(), go(to)), ...more }, text);

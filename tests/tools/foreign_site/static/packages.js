// Choosing a credit package, in six manners, and going to the payment page.
import { act, api, broken, cfg, go, h, late, money, pressable, route, sleep, toast } from "./dom.js";
import { popup, reportClosed } from "./popup.js";

const TITLE = cfg.popup_title === "none" ? "" : cfg.popup_title;

export async function checkout(wanted, close) {
  if (broken("choice-dead") || (broken("package-dead") && wanted.credits === cfg.brokenPackage)) return;
  try {
    const { url } = await api("checkout", wanted);
    if (!url) (toast("Your plan changes at the end of the billing cycle."), go(route()));
    else if (cfg.payment_tab === "same") location.assign(url);
    else {
      window.open(url, "_blank");
      close();
      toast("The payment page is open in a new tab.");
    }
  } catch (problem) {
    toast(problem.message);
  }
}

let current = null;  // closes the pop-up that is open
export function addCredits(host) {
  current?.();
  const chooser = late(async () => build(await api("packages"), (one) => checkout({ credits: one.credits }, close)));
  const address = "support@diaflow.io";
  const help = cfg.help === "shown" && h("p.soft", {}, "Trouble during checkout? Write to ", h("a", { href: `mailto:${address}` }, address));
  const close = (current = popup(TITLE, help ? h("div", {}, chooser, help) : chooser, { host, onclose: reportClosed }));
}

function build(packages, pay) {
  const place = h("div");
  let chosen = null;
  const direct = cfg.choice === "rows" || (["cards", "buttons"].includes(cfg.choice) && cfg.step === "direct");
  const confirmed = !direct;
  if (confirmed && cfg.preselected === "on") chosen = packages[2];
  // Like a controlled component: the choice is drawn anew a moment after the click.
  const choose = async (one) => {
    if (!confirmed) return pay(one);
    await sleep(60);
    chosen = one;
    draw();
  };
  const draw = () => {
    const confirm = confirmed && act(cfg.confirm, () => pay(chosen), { strong: true, kind: "button", disabled: !chosen });
    place.replaceChildren(MANNERS[cfg.choice](packages, chosen, choose, confirmed), confirm || "");
  };
  draw();
  return place;
}

const price = (one) => cfg.prices !== "none" && h("p.soft", {}, money(one.price));
const look = (one, chosen) => (one === chosen ? ".pick.picked" : ".pick");
const pressed = (one, chosen, confirmed) => (confirmed ? { "aria-pressed": String(one === chosen) } : {});

const MANNERS = {
  cards: (packages, chosen, choose, confirmed) =>
    h("div.grid", {}, packages.map((one) => {
      const [number, word] = one.label.split(" ");
      const inside = [h("h3.h4", {}, h("span", {}, number), " ", h("span", {}, word)), price(one), h("p.soft", {}, "Never touches your plan")];
      return pressable(h(`div${look(one, chosen)}`, pressed(one, chosen, confirmed), inside), () => choose(one));
    })),
  buttons: (packages, chosen, choose, confirmed) =>
    h("div.grid", {}, packages.map((one) =>
      h(`button${look(one, chosen)}`, { type: "button", onclick: () => choose(one), ...pressed(one, chosen, confirmed) }, one.label, price(one)))),
  rows: (packages, chosen, choose) =>
    h("ul.list", {}, packages.map((one) =>
      h("li.line", {}, h("span", {}, one.label), price(one), act(cfg.row_button, () => choose(one))))),
  radios: (packages, chosen, choose) =>
    h("fieldset", {}, h("legend", {}, "Package"), packages.map((one) => {
      const radio = h("input", { type: "radio", name: "package", onclick: (e) => (e.preventDefault(), choose(one)) });
      radio.checked = one === chosen;
      return h("label.line", {}, h("span", {}, radio, " ", one.label), price(one));
    })),
  "radio-cards": (packages, chosen, choose) => {
    const group = h("div.grid", { role: "radiogroup", "aria-label": "Credit package" });
    group.append(...packages.map((one, at) => {
      const first = one === chosen || (!chosen && at === 0);
      const radio = h(`div${look(one, chosen)}`, { role: "radio", "aria-checked": String(one === chosen), tabindex: first ? 0 : -1, onclick: () => choose(one) });
      radio.append(h("h4.h4", {}, one.label), price(one) || "");
      radio.addEventListener("keydown", (e) => {
        const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, " ": 0 }[e.key];
        if (step !== undefined) (e.preventDefault(), choose(packages[(at + step + packages.length) % packages.length]));
      });
      return radio;
    }));
    return group;
  },
  select: (packages, chosen, choose) => {
    const options = packages.map((one, at) => h("option", { value: at, selected: one === chosen }, one.label + (price(one) ? ` — ${money(one.price)}` : "")));
    const none = !chosen && h("option", { value: "", disabled: true, selected: true }, "Choose…");
    const field = h("select.input", { onchange: (e) => choose(packages[Number(e.target.value)]) }, none, options);
    return h("label.field", {}, "Package", field);
  },
};

// Billing: Current Plan with its credits, Billing Information, Invoices.
import { account } from "./account.js";
import { act, api, broken, cfg, h, late, money, sleep, toast } from "./dom.js";
import { addCredits, checkout } from "./packages.js";
import { popup } from "./popup.js";

const whole = (number) => number.toLocaleString("en-US");
const channel = new BroadcastChannel("credits");  // a payment that ended in another tab

export function landedElsewhere() {
  channel.postMessage("landed");
}

export function billing() {
  const place = h("div", {}, h("h1", {}, "Billing"));
  if (!broken("current-plan-missing")) place.append(late(plan));
  if (!broken("billing-information-missing")) place.append(late(information));
  if (!broken("invoices-missing")) place.append(late(invoices));
  return place;
}

async function plan() {
  const mine = await account();
  const numbers = h("div", {}, credits(mine));
  const add = broken("add-credits-missing") || broken("add-credits-elsewhere") ? null : adder(() => card);
  const upgrade = !broken("upgrade-plan-missing") && act("Upgrade plan", () => broken("upgrade-plan-dead") || upgradePlan(card, mine));
  const name = !broken("plan-name-missing") && h("span.badge", {}, mine.plan);
  const next = mine.nextPlan && h("p.soft", {}, `${mine.nextPlan} from the next billing cycle on`);
  const card = h("section.card", {}, h(`${cfg.section_tag}.head`, {}, cfg.section_title), h("div.row", {}, name), next || "", numbers, h("div.row", {}, upgrade, add));
  const refresh = async () => numbers.replaceChildren(...credits(await account()));
  channel.onmessage = refresh;
  if (cfg.balance === "late") poll(card, refresh);
  return card;
}

async function poll(card, refresh) {
  for (await sleep(1000); card.isConnected; await sleep(1000)) await refresh();
}

const adder = (host) => act("Add credits", () => broken("add-credits-dead") || addCredits(host()), { strong: true });

function credits(mine) {
  const left = mine.total - mine.used;
  const sum = mine.total + mine.addOn;
  const bar = h("div.bar", { role: "progressbar", "aria-label": "Credits used", "aria-valuemin": 0, "aria-valuemax": sum, "aria-valuenow": mine.used });
  bar.append(h("div.fill", { style: `width:${(100 * mine.used) / sum}%` }));
  const used = { used: `used ${whole(mine.used)}`, of: `${whole(mine.used)} of ${whole(mine.total)} used`, bar: "" }[cfg.used];
  const parts = [["Monthly credits", left, mine.total]];
  if (mine.addOn || cfg.zero_row === "shown") parts.push(["Add-on credits", mine.addOn]);
  const told = broken("kinds-not-told-apart") ? h("p", {}, `Credits: ${whole(left + mine.addOn)}`) : LAYOUTS[cfg.credits](parts);
  return [told, broken("progress-bar-missing") ? "" : bar, used && h("p.soft", {}, used)].filter(Boolean);
}

const tiles = (parts, one) => h("div.row", {}, parts.map(([label, left, total]) => h("div.tile", {}, one(label, whole(left), total))));
const LAYOUTS = {
  dl: (parts) => h("dl.row", {}, parts.map(([label, left]) => h("div.tile", {}, h("dt.soft", {}, label), h("dd.big", {}, whole(left))))),
  slash: (parts) => h("div", {}, parts.map(([label, left, total]) => h("div.line", {}, h("span", {}, label), h("b", {}, total ? `${whole(left)} / ${whole(total)}` : whole(left))))),
  colon: (parts) => h("div", {}, parts.map(([label, left]) => h("p", {}, `${label}: ${whole(left)}`))),
  "label-above": (parts) => tiles(parts, (label, left) => [h("div.soft", {}, label), h("div.big", {}, left)]),
  "number-above": (parts) => tiles(parts, (label, left) => [h("div.big", {}, left), h("div.soft", {}, label)]),
  sentence: (parts) => h("ul.list", {}, parts.map(([label, left]) => h("li", {}, h("strong", {}, left), ` ${label.toLowerCase()} left`))),
};

function upgradePlan(host, mine) {
  const take = async (name) => {
    close();
    await checkout({ plan: name }, close);
  };
  const rows = Object.entries(cfg.plans).map(([name, cents]) => {
    const choice = name === mine.plan ? h("span.badge", {}, "Your plan") : act(`Switch to ${name}`, () => take(name));
    return h("li.line", {}, h("h3.h4", {}, name), h("span", {}, `${money(cents)} / month`), choice);
  });
  const close = popup("Plans", h("ul.list", {}, rows), { host });
}

async function information() {
  const { billingInformation: known } = await account();
  const card = h("section.card", {}, h("h3.head", {}, "Billing Information"));
  const filled = Object.values(known).some(Boolean);
  const shown = Object.entries(known).filter(([, value]) => value).map(([name, value]) => h("p.soft", {}, `${name}: ${value}`));
  const edit = act(filled ? "Manage" : "Enter billing information", () => edit.replaceWith(form()));
  const form = () => {
    const fields = ["Company Name", "Tax ID", "PO Number", "Email for receipts"].map((name) =>
      h("label.field", {}, name, h("input.input", { name, type: name.startsWith("Email") ? "email" : "text", value: known[name] ?? "" })));
    const save = async (e) => {
      e.preventDefault();
      await api("billing-information", Object.fromEntries(new FormData(e.target)));
      card.replaceWith(await information());
      toast("Billing information saved.");
    };
    return h("form", { onsubmit: save }, fields, h("button.act.strong", {}, "Save"));
  };
  card.append(...shown, edit);
  return card;
}

async function invoices() {
  const all = await api("invoices");
  const body = h("tbody");
  const kind = h("select", {}, ["All types", "Credits", "Subscription"].map((name) => h("option", {}, name)));
  const since = h("input", { type: "date" });
  const until = h("input", { type: "date" });
  const draw = () => {
    const wanted = all.filter((one) => (kind.selectedIndex === 0 || one.type === kind.value) && one.date >= since.value && (!until.value || one.date <= until.value));
    body.replaceChildren(...wanted.map((one) => h("tr", {}, [one.date, one.what, money(one.amount), one.by, "Paid"].map((text) => h("td", {}, text)),
      h("td", {}, h("a", { href: `/api/invoices/${one.number}.pdf`, download: true }, "PDF")))));
  };
  kind.addEventListener("change", draw);
  since.addEventListener("change", draw);
  until.addEventListener("change", draw);
  draw();
  const head = h("tr", {}, ["Date", "Description", "Amount", "Paid by", "Status", "Receipt"].map((name) => h("th", { scope: "col" }, name)));
  const card = h("section.card", {}, h("h3.head", {}, "Invoices"));
  card.append(h("div.row", {}, h("label", {}, "Type ", kind), h("label", {}, cfg.dates === "since" ? "Since " : "From ", since), cfg.dates === "since" ? "" : h("label", {}, "To ", until)), h("table", {}, h("thead", {}, head), body));
  if (broken("add-credits-elsewhere")) card.append(adder(() => card));
  return card;
}

// The pop-up that offers the packages, and the way to the payment page.

import { ask, el, openDialog, problem } from "./base.js";
import { pay } from "./checkout.js";
import { openPlans } from "./plans.js";

/** Open the pop-up. */
export async function openPackages(context) {
  let view;
  try {
    view = await ask("/api/billing/packages");
  } catch (error) {
    context.announce("error", error.message);
    return;
  }
  let chose = false;
  openDialog({
    title: view.title,
    animated: view.animated,
    shape: view.shape,
    close_unnamed: view.close_unnamed,
    stays: view.stays,
    fill: ({ close, dialog }) => {
      const errors = el("div", { class: "errors" });
      const choose = async (id) => {
        chose = true;
        errors.replaceChildren();
        dialog.setAttribute("aria-busy", "true");
        try {
          await pay("/api/billing/checkout", { package: id }, view.new_tab, () => {
            close();
            context.announce("info", "Finish your payment in the other tab. This page follows by itself.");
          });
        } catch (error) {
          chose = false;
          errors.replaceChildren(problem(error));
        }
        dialog.removeAttribute("aria-busy");
      };
      if (view.closes_ms) setTimeout(close, view.closes_ms);
      const cover = view.covered ? [el("div", { class: "cover" })] : [];
      return [el("p", { class: "muted" }, view.text), errors, choices(view, choose), help(view, close, context), ...cover];
    },
    onclose: () => {
      if (!chose && view.dismiss) ask(view.dismiss, { method: "POST", body: {} }).catch(() => {});
    },
  });
}

function choices(view, choose) {
  if (view.choice === "buttons") {
    return list(view, (item) => option(view, item, { onclick: () => choose(item.id) }));
  }
  let chosen = null;
  const confirm = el("button", { type: "button", class: "button primary wide", disabled: true }, view.confirm);
  const take = (item) => {
    chosen = item.id;
    confirm.disabled = false;
  };
  confirm.addEventListener("click", () => choose(chosen));
  const offered = view.choice === "cards" ? cards(view, take) : radios(view, take);
  return el("div", { class: "choice" }, offered, confirm);
}

function list(view, make) {
  return el("ul", { class: `packages ${view.choice}` }, view.packages.map((item) => el("li", {}, make(item))));
}

function option(view, item, attributes) {
  return el(
    "button",
    {
      type: "button",
      class: "package",
      tabindex: view.mouse_only ? "-1" : null,
      disabled: item.disabled,
      "aria-label": item.spoken,
      ...attributes,
    },
    ...words(item),
  );
}

// Both are the name of what a package is chosen by; the space keeps them apart there.
function words(item) {
  const label = el("span", { class: "package-label" }, item.label);
  return item.price ? [label, " ", el("span", { class: "package-price" }, item.price)] : [label];
}

function cards(view, take) {
  const all = [];
  return list(view, (item) => {
    const card = option(view, item, {
      "aria-pressed": "false",
      onclick: () => {
        for (const other of all) other.setAttribute("aria-pressed", String(other === card));
        take(item);
      },
    });
    all.push(card);
    return card;
  });
}

function radios(view, take) {
  const group = list(view, (item) => {
    const input = el("input", {
      type: "radio",
      name: "package",
      value: item.id,
      tabindex: view.mouse_only ? "-1" : null,
      disabled: item.disabled,
      onchange: () => take(item),
    });
    return el("label", { class: "package" }, input, ...words(item));
  });
  return el("fieldset", {}, el("legend", { class: "visually-hidden" }, "Packages"), group);
}

function help(view, close, context) {
  const plans = (event) => {
    event.preventDefault();
    close();
    openPlans(context);
  };
  return el(
    "div",
    { class: "help" },
    view.help.link && el(
      "p",
      {},
      "Buying extra credits often? It may be more cost-effective to ",
      el("a", { href: view.help.href, onclick: plans }, view.help.link),
      " instead.",
    ),
    el(
      "p",
      {},
      "Having trouble during checkout or need billing support? Contact ",
      el("a", { href: `mailto:${view.help.mailto}` }, view.help.support),
      " for help.",
    ),
  );
}

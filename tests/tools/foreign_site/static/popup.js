// One pop-up for all: a modal, a native dialog, a drawer, a complementary drawer, or a section that opens on the page.
import { act, api, cfg, h } from "./dom.js";

const roots = () => [...document.body.children].filter((child) => !["SCRIPT", "NOSCRIPT"].includes(child.tagName));

/** Hide everything but this layer from assistive technology while it is open, as modal libraries do. */
function hideOthers(layer) {
  const others = roots().filter((root) => root !== layer && !root.ariaHidden && root.getAttribute("role") !== "status");
  for (const other of others) other.setAttribute("aria-hidden", "true");
  return () => others.forEach((other) => other.removeAttribute("aria-hidden"));
}

/** Open `content` (an element) under `title` (may be empty), until it is closed or, unless it `stays`, the address
 * changes; gives the function that closes it. */
export function popup(title, content, { kind = cfg.popup, host = null, wide = false, stays = false, onclose = () => {} } = {}) {
  let open = true;
  const close = (byUser) => {
    if (!open) return;
    open = false;
    removeEventListener("keydown", escape);
    removeEventListener("popstate", leave);
    release();
    layer.remove();
    if (byUser === true) onclose();
  };
  const escape = (e) => e.key === "Escape" && document.body.lastElementChild === layer && close(true);
  const leave = () => close();
  const cross = h("button.act", { type: "button", "aria-label": "Close", onclick: () => close(true) }, "×");
  const cancel = act("Cancel", () => close(true), { kind: "button" });
  const heading = title && h(kind === "drawer" || kind === "aside" ? "div.head" : "h2.head", {}, title);
  const name = title ? { "aria-label": title } : {};
  let layer, release = () => {};
  if (kind === "dialog") {
    const panel = h(`div.panel.zoom${wide ? ".wide" : ""}`, { role: "dialog", "aria-modal": "true", tabindex: "-1", ...name });
    panel.append(h("div.line", {}, heading || "", cross), content);
    layer = h("div.mask", { onclick: (e) => e.target === layer && close(true) }, panel);
  } else if (kind === "drawer") {
    const panel = h("div.drawer.slide", { role: "dialog", "aria-modal": "true", tabindex: "-1" }, h("div.line", {}, heading || "", cross), content);
    layer = h("div.mask.drawerMask", { onclick: (e) => e.target === layer && close(true) }, panel);
  } else if (kind === "aside") {
    layer = h("aside.drawer.aside.slide", {}, h("div.line", {}, heading || "", cross), content);
  } else if (kind === "native") {
    layer = h("dialog.panel.zoom", name, heading || "", content, h("div.row", {}, cancel));
    layer.addEventListener("cancel", (e) => (e.preventDefault(), close(true)));
  } else {
    layer = h("div.card.unfold", {}, heading || "", content, h("div.row", {}, cancel));
  }
  if (kind === "inline") host.after(layer);
  else document.body.append(layer);
  if (kind === "native") layer.showModal();
  else if (kind === "dialog" || kind === "drawer") (release = hideOthers(layer)), layer.firstElementChild.focus();
  addEventListener("keydown", escape);
  if (!stays) addEventListener("popstate", leave);
  return close;
}

export const reportClosed = () => api("events", { name: "popup-closed" });

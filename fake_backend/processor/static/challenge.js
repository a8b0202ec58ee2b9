// Shows the bank's page over everything and gives the server's word once the buyer has answered there.

import { host } from "./window.js";

export function challenge(address) {
  // The form may stand in a frame too small for this.
  const page = host.document;
  const overlay = page.createElement("div");
  overlay.className = "Challenge";
  overlay.setAttribute("role", "dialog");
  overlay.setAttribute("aria-modal", "true");
  overlay.setAttribute("aria-label", "3D Secure");
  const frame = page.createElement("iframe");
  frame.className = "Challenge-frame";
  frame.title = "3D Secure";
  frame.src = address;
  overlay.append(frame);
  const rest = [...page.body.children];
  for (const element of rest) element.inert = true;
  page.body.append(overlay);
  frame.addEventListener("load", () => frame.focus());

  return new Promise((resolve) => {
    host.addEventListener("message", function hear(event) {
      if (event.origin !== window.location.origin || event.source !== frame.contentWindow) return;
      host.removeEventListener("message", hear);
      overlay.remove();
      for (const element of rest) element.inert = false;
      resolve(event.data);
    });
  });
}

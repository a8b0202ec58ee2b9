// The way to the payment page, for a package as for a plan.

import { ask } from "./base.js";

let paying = false;

/** Ask for a payment page and go there, in this tab or in a new one; a second press while one is under way is lost. */
export async function pay(path, body, newTab, opened) {
  if (paying) return null;
  paying = true;
  // A browser opens a tab only while it handles the press, so it must be there before the address is known.
  const tab = newTab ? window.open("", "_blank") : null;
  try {
    const answer = await ask(path, { method: "POST", body });
    if (answer.url && tab) {
      tab.opener = null;
      tab.location.replace(answer.url);
      opened();
    } else if (answer.url) location.assign(answer.url);
    else tab?.close();
    paying = Boolean(answer.url) && !tab;
    return answer;
  } catch (error) {
    paying = false;
    tab?.close();
    throw error;
  }
}

// Coming back by the browser's Back button shows the page as it was left.
addEventListener("pageshow", () => (paying = false));

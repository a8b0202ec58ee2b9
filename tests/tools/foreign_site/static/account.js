// The account as this document knows it. With balance=reload a document keeps showing what the one before it fetched.
import { api, cfg } from "./dom.js";

let shown = null;

export async function account() {
  const fetched = api("account");
  if (cfg.balance !== "reload") return (shown = await fetched);
  const kept = sessionStorage.getItem("account");
  const saved = fetched.then((fresh) => (sessionStorage.setItem("account", JSON.stringify(fresh)), fresh));
  if (!shown) shown = kept ? JSON.parse(kept) : await saved;
  await saved;
  return shown;
}

export function forget() {
  shown = null;
  sessionStorage.removeItem("account");
}

// Whether a person could press a given element at this very moment: gives its name, its state and why not.
(el) => {
  const name = clean(said(el) || el.getAttribute("aria-label") || el.value || el.title || el.localName).slice(0, 80);
  const told = (state, why) => ({ name, state, why });
  if (!el.isConnected || !shown(el)) return told("hidden", "cannot be seen");
  if (el.matches(":disabled") || el.closest("[aria-disabled=true]")) return told("disabled", "is disabled");
  if (el.closest("[inert]")) return told("inert", "cannot be used while something else is open");
  const hit = hitOf(el);
  const control = el.closest("button, a[href], [role=button], [role=link], [role=menuitem], [role=tab], [role=option]") ?? el;
  const own = [el, control, ...(el.labels ?? [])]; // what lies over a control's words within the control is pressed too
  if (!hit || own.some((one) => inside(one, hit))) return told("free", "");
  if (inside(hit, el)) return liesBehind(hit, el) ? told("covered", "lies behind the ground of what it stands in") : told("free", "");
  const cover = layerOf(el, hit);
  const words = clean(said(cover) || cover.getAttribute("aria-label")).slice(0, 80);
  const closes = hit.closest("button, a, [role=button]") ? [] : walk(cover).filter((one) => one.matches("button, a, [role=button]") && shown(one));
  const names = closes.map((one) => clean(said(one) || one.getAttribute("aria-label"))).filter(Boolean);
  const hint = names.length > 0 && names.length < 4 ? `, which ${names.map((name) => `“${name}”`).join(" or ")} may close (labels.dismiss)` : "";
  return told("covered", `is covered by ${words ? `“${words}”` : `<${cover.localName}> without any text`}${hint}`);
}

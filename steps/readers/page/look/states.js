// What is told of an element's state, and of what it holds: a value, a kind of field.
const FLAGS = { "aria-busy": ["busy"], "aria-selected": ["selected"], "aria-pressed": ["pressed", "unpressed"], "aria-expanded": ["expanded", "collapsed"], "aria-invalid": ["invalid"], "aria-readonly": ["readonly"], "aria-required": ["required"] };
const ATTRIBUTED = { "aria-current": "current", "aria-haspopup": "popup" };
const statesOf = (el, role, from) => {
  const states = [];
  const tag = el.localName;
  if (from.disabled || el.disabled === true) states.push("disabled");
  if (from.inert) states.push("inert");
  if (tag === "input" && (el.type === "checkbox" || el.type === "radio")) states.push(el.indeterminate ? "mixed" : el.checked ? "checked" : "unchecked");
  if (tag === "details") states.push(el.open ? "expanded" : "collapsed");
  if (tag === "option" && el.selected) states.push("selected");
  if (tag === "dialog" && el.matches(":modal")) states.push("modal");
  if (LIVE.has(role)) states.push("live");
  if (!el.hasAttributes()) return states;
  if (el.readOnly === true) states.push("readonly");
  if (el.required === true) states.push("required");
  for (const name of el.getAttributeNames()) {
    if (!name.startsWith("aria-")) continue;
    const value = el.getAttribute(name);
    if (FLAGS[name]) {
      if (value !== "false" && value !== "") states.push(FLAGS[name][0]);
      else if (FLAGS[name][1]) states.push(FLAGS[name][1]);
    } else if (name === "aria-checked" && tag !== "input") states.push({ true: "checked", mixed: "mixed" }[value] ?? "unchecked");
    else if (ATTRIBUTED[name] && value && value !== "false") states.push(ATTRIBUTED[name]);
    else if (name === "aria-modal" && value === "true" && !states.includes("modal")) states.push("modal");
    else if (name === "aria-live" && value !== "off" && !states.includes("live")) states.push("live");
  }
  return states;
};

const valueOf = (el) => {
  const native = el.localName === "progress" || el.localName === "meter";
  const read = (name, own) => el.getAttribute(`aria-value${name}`) ?? (native ? own : null) ?? "";
  const now = native && !el.hasAttribute("value") ? "" : el.getAttribute("value");
  const said = fold(el.getAttribute("aria-valuetext"));
  return [`${read("now", now)}/${read("min", el.getAttribute("min"))}/${read("max", el.getAttribute("max"))}`, said];
};
const kindOf = (el, tag) => {
  const type = tag === "input" ? el.type : tag === "textarea" || tag === "select" ? tag : "";
  if (!type) return "";
  const auto = el.getAttribute("autocomplete");
  return auto ? `${type} ${auto}` : type;
};

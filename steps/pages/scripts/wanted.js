// What the form around a field or a frame still wants before it can be sent: fields that must be filled and are empty.
// Gives each with what it is called, or, asked for one of them, the field itself; with `all`, whatever is left empty.
({ scope, anchors, pick, all }) => {
  const form = fieldsOf(scope, anchors).find(Boolean)?.closest("form") ?? null;
  const called = (field) => calledOf(field) || field.name || field.id || field.type;
  const isUnchosen = (field) => field.type === "radio" && !field.validity.valid;
  const isAsked = (field) => field.required || field.getAttribute("aria-required") === "true" || /\*\s*$/.test(calledOf(field));
  const isWanted = (field) => isUnchosen(field) || (all ? !/checkbox|radio/.test(field.type) : isAsked(field));
  const isEmpty = (field) => field.type === "checkbox" ? !field.checked
    : field.type === "radio" ? isUnchosen(field) : !field.value.trim();
  const fields = walk(document).filter((el) => el.matches("input:not([type=hidden],[type=submit],[type=search]),select,textarea")
    && el.closest("form") === form && !el.matches(":disabled") && !el.readOnly && (shown(el) || (/checkbox|radio/.test(el.type) && shown(parent(el)))));
  const wanted = fields.filter((field) => isWanted(field) && isEmpty(field));
  if (pick !== undefined) return wanted[pick] ?? null;
  const option = (field) => [...(field.options ?? [])].findIndex((one) => one.value && !one.disabled);
  return wanted.map((field) => ({ name: called(field), kind: field.tagName === "SELECT" ? "list" : field.type, option: option(field) }));
}

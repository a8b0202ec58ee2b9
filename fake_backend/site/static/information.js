// Billing information: shown, entered and changed. What is wrong is said beside its field; nothing typed is lost.

import { ask, el, field, openDialog, problem } from "./base.js";

const FIELDS = [
  { name: "company_name", label: "Company Name", required: true, autocomplete: "organization" },
  { name: "tax_id", label: "Tax ID" },
  { name: "po_number", label: "PO Number" },
  { name: "email", label: "Email for receipts", type: "email", required: true, autocomplete: "email" },
];

const shown = (view) => FIELDS.filter(({ name }) => view.information_fields.includes(name));

/** Make the body of the section. */
export function informationBody(view) {
  if (!view.information) return el("p", { class: "muted" }, "No billing information yet. It is printed on your receipts.");
  return el(
    "dl",
    { class: "facts" },
    shown(view).map(({ name, label }) => el("div", {}, el("dt", {}, label), el("dd", {}, view.information[name] || "–"))),
  );
}

/** Open the form. */
export function openInformation({ view, again, announce }) {
  openDialog({
    title: "Billing information",
    narrow: true,
    fill: ({ close }) => {
      const fields = shown(view).map((wanted) => ({ ...field({ ...wanted, value: view.information?.[wanted.name] ?? "" }), wanted }));
      const errors = el("div", { class: "errors" });
      const save = async (event) => {
        event.preventDefault();
        const body = Object.fromEntries(fields.map(({ input, wanted }) => [wanted.name, input.value]));
        try {
          await ask("/api/billing/information", { method: "PUT", body });
        } catch (error) {
          complain(fields, errors, error, view.form_forgets);
          return;
        }
        close();
        announce("success", "Billing information saved.");
        again();
      };
      const leave = async () => {
        if (view.cancel_saves) {
          const body = Object.fromEntries(fields.map(({ input, wanted }) => [wanted.name, input.value]));
          await ask("/api/billing/information", { method: "PUT", body });
        }
        close();
      };
      // The server checks, so that there is one set of rules and of words for them.
      return [
        el(
          "form",
          { novalidate: true, onsubmit: save },
          errors,
          fields.map(({ root }) => root),
          el(
            "div",
            { class: "dialog-actions" },
            el("button", { type: "button", class: "button", onclick: leave }, "Cancel"),
            el("button", { type: "submit", class: "button primary" }, "Save"),
          ),
        ),
      ];
    },
  });
}

function complain(fields, errors, error, forgets) {
  errors.replaceChildren(problem(error));
  const wrong = fields.filter(({ input, complain: say, wanted }) => {
    say(error.fields[wanted.name]);
    return input.hasAttribute("aria-invalid");
  });
  if (forgets) for (const other of fields) if (!wrong.includes(other)) other.input.value = "";
  wrong[0]?.input.focus();
}

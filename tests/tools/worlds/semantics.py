"""What the capture script says of an element without asking a browser: role, name, states, value."""

from __future__ import annotations

from tests.tools.worlds.boxes import Box, text_of

_INPUTS = {"checkbox": "checkbox", "radio": "radio", "range": "slider", "number": "spinbutton", "password": ""}
_ROLES = {
    "button": "button", "textarea": "textbox", "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading",
    "h5": "heading", "h6": "heading", "ul": "list", "ol": "list", "li": "listitem", "table": "table", "tr": "row",
    "td": "cell", "th": "columnheader", "thead": "rowgroup", "tbody": "rowgroup", "nav": "navigation", "main": "main",
    "aside": "complementary", "article": "article", "dialog": "dialog", "progress": "progressbar", "meter": "meter",
    "option": "option", "output": "status", "fieldset": "group", "dt": "term", "dd": "definition", "hr": "separator",
    "figure": "figure", "select": "combobox",
}  # fmt: skip
_BY_CONTENT = frozenset({
    "button", "link", "tab", "menuitem", "radio", "option", "checkbox", "switch", "heading", "cell", "gridcell",
    "columnheader", "rowheader", "row", "term",
})  # fmt: skip
PRESSED = frozenset(
    {"button", "link", "tab", "menuitem", "radio", "option", "checkbox", "switch", "combobox", "textbox"}
)
_BARS = frozenset({"progressbar", "meter", "slider"})


def role_of(one: Box) -> str:
    """Return the role, explicit or implied."""
    said = one.attributes.get("role")
    if said is not None:
        return "" if said in {"none", "presentation"} else said
    tag = one.tag
    if tag == "a":
        return "link" if "href" in one.attributes else ""
    if tag == "input":
        return _INPUTS.get(one.attributes.get("type", "text"), "textbox")
    if tag in {"section", "form"}:
        named = "aria-label" in one.attributes
        return ("form" if tag == "form" else "region") if named else ""
    if tag == "th" and one.attributes.get("scope") == "row":
        return "rowheader"
    return _ROLES.get(tag, "")


def name_of(one: Box, role: str, label: str) -> str:
    """Return the accessible name; `label` is the text of the label element around it."""
    said = one.attributes.get("aria-label", "")
    if said:
        return said
    if one.tag in {"input", "select"} and label:
        return label
    if one.tag == "table":
        caption = next((part for part in one.inside if isinstance(part, Box) and part.tag == "caption"), None)
        return " ".join(text_of(caption).split(" ")).strip() if caption else ""
    if one.tag == "fieldset":
        legend = next((part for part in one.inside if isinstance(part, Box) and part.tag == "legend"), None)
        return text_of(legend).strip() if legend else ""
    if role in _BY_CONTENT and one.tag != "select":
        content = _folded(_spoken(one))
        if content:
            return content
    return one.attributes.get("title") or one.attributes.get("placeholder") or ""


def _spoken(one: Box) -> str:
    said = []
    for part in one.inside:
        if isinstance(part, str):
            said.append(part)
        elif part.attributes.get("aria-hidden") != "true":
            label = part.attributes.get("aria-label")
            inner = f" {label} " if label else _spoken(part)
            said.append(f" {inner} " if part.flow != "inline" or one.flow == "row" else inner)
    return "".join(said)


def _folded(text: str) -> str:
    return " ".join(part for part in text.replace("\n", " ").split(" ") if part)


_FLAGS = (
    ("aria-busy", "busy", ""), ("aria-selected", "selected", ""), ("aria-pressed", "pressed", "unpressed"),
    ("aria-expanded", "expanded", "collapsed"), ("aria-invalid", "invalid", ""),
    ("aria-checked", "checked", "unchecked"),
)  # fmt: skip


def states_of(one: Box, role: str, *, inert: bool, disabled: bool, pressing: bool) -> tuple[str, ...]:
    """Return the states that the element's own attributes give it."""
    given = one.attributes
    wants = one.pressable or "tabindex" in given
    states = (
        "disabled" if disabled or "disabled" in given or given.get("aria-disabled") == "true" else "",
        "inert" if inert else "",
        ("checked" if "checked" in given else "unchecked") if given.get("type") in {"radio", "checkbox"} else "",
        *((yes if given[name] == "true" else no) if name in given else "" for name, yes, no in _FLAGS),
        "popup" if "aria-haspopup" in given else "",
        "modal" if given.get("aria-modal") == "true" else "",
        "live" if role in {"alert", "status", "log"} or given.get("aria-live") in {"polite", "assertive"} else "",
        "floating" if one.flow in {"floating", "sheet", "popup"} else "",
        "pressable" if wants and role not in PRESSED and not pressing and role != "dialog" else "",
    )
    return tuple(state for state in states if state)


def value_of(one: Box, role: str) -> tuple[str, str]:
    """Return what a bar says: "now/min/max", and its text."""
    if role not in _BARS:
        return "", ""
    native = one.tag in {"progress", "meter"}
    parts = [one.attributes.get(f"aria-value{part}") for part in ("now", "min", "max")]
    own = [one.attributes.get(part, "") if native else "" for part in ("value", "min", "max")]
    said = "/".join(part if part is not None else other for part, other in zip(parts, own, strict=True))
    return ("" if said == "//" else said), one.attributes.get("aria-valuetext", "")

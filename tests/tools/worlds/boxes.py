"""Boxes: what a generated page is made of, and how they are written as HTML for a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VOID = frozenset({"br", "hr", "img", "input"})
_INLINE = frozenset(
    {"span", "b", "strong", "em", "i", "s", "small", "a", "label", "sup", "br", "button", "input", "select"}
)
_FLOWS = {"table": "table", "tr": "tr", "td": "cell", "th": "cell", "thead": "rows", "tbody": "rows"}
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Box:
    """An element. `flow` says how it is laid out: block, inline, row (flex), table, rows, tr, cell,
    floating (at the bottom), popup (over the page), sheet (over all of it)."""

    tag: str
    inside: tuple[Box | str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    flow: str = "block"
    even: bool = False
    """Of a row: whether its parts share the width evenly, so that rows below one another make columns."""
    shadow: bool = False
    """Whether what is inside stands in a shadow tree."""
    pressable: bool = False
    """Whether it is drawn for pressing without a role that says so."""
    height: int = 0
    width: int = 0
    """In pixels, where not what is inside decides."""
    colour: str = ""
    fill: float = -1.0
    """Of a drawn bar, the part that is filled."""


def box(tag: str, *inside: Box | str, flow: str = "", **attributes: str) -> Box:
    """Make an element; attributes are written with _ for -, `class_` and `for_` with one at their end."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()} if attributes else _NONE
    return Box(tag, joined(inside), named, flow or _FLOWS.get(tag) or ("inline" if tag in _INLINE else "block"))


def joined(inside: tuple[Box | str, ...]) -> tuple[Box | str, ...]:
    """Return the parts with neighbouring texts made one, as they are one in a browser."""
    if not any(isinstance(one, str) and isinstance(two, str) for one, two in pairwise(inside)):
        return inside
    parts: list[Box | str] = []
    for part in inside:
        if parts and isinstance(part, str) and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    return tuple(parts)


def row(*inside: Box | str, even: bool = False, tag: str = "div", **attributes: str) -> Box:
    """Make a flex row."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()} if attributes else _NONE
    return Box(tag, inside, named, "row", even=even)


def bar_box(fill: float, *inside: Box, colour: str = "#eee", **attributes: str) -> Box:
    """Make a bar 300 pixels wide, drawn filled in part."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return Box("div", inside, named, "block", height=8, width=300, colour=colour, fill=fill)


def text_of(one: Box | str) -> str:
    """Return all text in it, as a person would read it aloud."""
    if isinstance(one, str):
        return one
    apart = one.flow != "inline"
    said = "".join(text_of(part) for part in one.inside)
    return f" {said} " if apart else said


_STYLES = {
    "row": "display:flex;gap:16px",
    "floating": "position:fixed;left:0;bottom:0;width:100%;background:#fff",
    "sheet": "position:fixed;inset:0;background:#fff;margin:0;overflow:auto",
    "popup": "position:fixed;left:300px;top:60px;width:640px;background:#fff;margin:0",
}


def _style_of(one: Box, *, in_row: bool) -> str:
    made_up = "-" in one.tag
    unusual = one.flow == "block" and (one.tag in _INLINE or made_up)
    unusual = unusual or (one.flow == "inline" and one.tag not in _INLINE and not made_up)
    styles = (
        _STYLES.get(one.flow, ""),
        f"display:{one.flow}" if unusual and one.tag not in {"progress", "meter"} else "",
        "flex:1" if in_row else "",
        f"height:{one.height}px;overflow:hidden" if one.height else "",
        f"width:{one.width}px" if one.width else "",
        f"background:{one.colour}" if one.colour else "",
        "cursor:pointer" if one.pressable else "",
    )
    return ";".join(style for style in styles if style)


def to_html(one: Box | str, *, in_row: bool = False) -> str:
    """Write it as HTML, without white space between elements: what is there is what is meant."""
    if isinstance(one, str):
        return escape(one, quote=False)
    style = _style_of(one, in_row=in_row)
    attributes = dict(one.attributes) | ({"style": style} if style else {})
    said = "".join(f' {name}="{escape(value)}"' if value else f" {name}" for name, value in attributes.items())
    if one.tag in VOID:
        return f"<{one.tag}{said}>"
    inner = "".join(to_html(part, in_row=one.flow == "row" and one.even) for part in one.inside)
    if one.fill >= 0 and one.height:
        inner = f'<div style="height:8px;width:{one.fill * 100:.4g}%;background:#4f46e5"></div>'
    if one.shadow:
        inner = f'<template shadowrootmode="open">{inner}</template>'
    return f"<{one.tag}{said}>{inner}</{one.tag}>"


def document(body: Box, title: str, comment: str = "") -> str:
    """Write a whole page."""
    head = f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(title)}</title>"
    style = "<style>body{margin:8px;font:16px/1.5 sans-serif}td,th{padding:2px 12px;text-align:left}</style>"
    note = f"<!-- {comment.replace('--', '- -')} -->" if comment else ""
    return head + style + note + to_html(body)

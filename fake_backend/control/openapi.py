"""The OpenAPI document of the control API, made from its routes."""

from __future__ import annotations

import re
from typing import Any

from pydantic.json_schema import models_json_schema

from fake_backend.control.models import Refusal
from fake_backend.control.routes import ROUTES, Route

_REFS = "#/components/schemas/{model}"
_QUERY: dict[str, dict[str, Any]] = {
    "workspace": {"description": "Only requests of this workspace.", "schema": {"type": "string", "maxLength": 200}},
    "unexpected": {
        "description": "Only requests that the fake did, or did not, know how to answer.",
        "schema": {"type": "boolean"},
    },
}
_REFUSALS = {
    "400": "The body is no JSON.",
    "401": "The token is missing or wrong.",
    "404": "There is no such workspace or member.",
    "413": "The body is too large.",
    "415": "The body's type is not application/json.",
    "422": "Something in it is wrong; the message says what.",
}


_TAGS = {
    "fake": "The fake as a whole.",
    "workspaces": "One workspace: its data, its clock, its variant, its faults, its payments.",
}


def document(prefix: str, title: str) -> dict[str, Any]:
    """Return the document. Every operation but itself needs the token."""
    models = {model for route in ROUTES for model in (route.answer, route.takes) if model} | {Refusal}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "validation") for model in ordered], ref_template=_REFS)
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(_path(route), {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "1",
            "description": "What only tests may do with the fake.",
            "license": {"name": "MIT", "identifier": "MIT"},
            "contact": {"name": "Diaflow acceptance suite"},
        },
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        "servers": [{"url": prefix}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _path(route: Route) -> str:
    return re.sub(r"<(\w+)>", r"{\1}", route.path)


def _operation(route: Route) -> dict[str, Any]:
    workspace = {"name": "workspace_id", "in": "path", "required": True, "schema": {"type": "string"}}
    parameters = [workspace] if "<workspace_id>" in route.path else []
    parameters += [{"name": name, "in": "query", **_QUERY[name]} for name in route.query]
    answers: dict[str, Any] = {
        str(route.status): {"description": route.summary, "content": _json(route.answer)},
        **{status: {"description": why, "content": _json(Refusal)} for status, why in _REFUSALS.items()},
    }
    operation: dict[str, Any] = {
        "summary": route.summary,
        "description": f"{route.summary}. {(route.answer.__doc__ or '') if route.answer else ''}".strip(),
        "operationId": _name(route),
        "tags": ["workspaces" if route.path.startswith("/workspaces") else "fake"],
        "responses": answers,
    }
    if parameters:
        operation["parameters"] = parameters
    if route.takes:
        # Where nothing need be said, no body need be sent.
        needed = any(field.is_required() for field in route.takes.model_fields.values())
        operation["requestBody"] = {"required": needed, "content": _json(route.takes)}
    return operation


def _name(route: Route) -> str:
    words = re.findall(r"[a-z]+", re.sub(r"<\w+>", "one", route.path))
    return "_".join([route.method.lower(), *words])


def _json(model: type[Any] | None) -> dict[str, Any]:
    name = model.__name__ if model else "Refusal"
    return {"application/json": {"schema": {"$ref": _REFS.format(model=name)}}}

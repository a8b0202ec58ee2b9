"""Form-encoded parameters with brackets, as the API takes them, and their check against models.

`line_items[0][price_data][currency]=usd` becomes nested dictionaries and lists; what a model refuses is said in the
words and codes that the processor publishes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from fake_backend.processor.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable

Model = TypeVar("Model", bound=BaseModel)

_KEY = re.compile(r"[^\[\]]+|\[[^\[\]]*\]")
_DEEPEST = 8
_LONGEST_LIST = 100


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the parameters as nested dictionaries and lists. Raises `ApiError` for a name that cannot be read."""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        parts = [part.strip("[]") for part in _KEY.findall(name)]
        if not parts or len(parts) > _DEEPEST or "".join(_KEY.findall(name)) != name:
            raise ApiError(f"Invalid request: the parameter name {name[:100]!r} cannot be read.", param=name[:100])
        _put(tree, parts, value, name)
    return {name: _with_lists(value) for name, value in tree.items()}


def _put(tree: dict[str, Any], parts: list[str], value: str, name: str) -> None:
    for part in parts[:-1]:
        tree = tree.setdefault(part or str(len(tree)), {})
        if not isinstance(tree, dict):
            raise ApiError(f"Invalid request: {name[:100]} was given in two shapes.", param=name[:100])
    last = parts[-1] or str(len(tree))
    if last in tree:
        raise ApiError(f"Invalid request: {name[:100]} was given twice.", param=name[:100])
    tree[last] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.isascii() and name.isdigit() for name in value):
        return [_with_lists(value[name]) for name in sorted(value, key=int)][:_LONGEST_LIST]
    return {name: _with_lists(child) for name, child in value.items()}


def check(model: type[Model], params: dict[str, Any]) -> Model:
    """Check parameters against a model. Raises `ApiError` for the first thing that is wrong, as published."""
    for name, value in params.items():
        if value == "" and name not in {"metadata", "description"}:
            raise ApiError(
                f"You passed an empty string for '{name}'. We assume empty values are an attempt to unset a parameter; "
                f"however '{name}' cannot be unset. You should remove '{name}' from your request or supply a non-empty "
                "value.",
                code="parameter_invalid_empty",
                param=name,
            )
    try:
        return model.model_validate(params)
    except ValidationError as error:
        raise _published(error) from None


def _published(error: ValidationError) -> ApiError:  # noqa: PLR0911 - a table of kinds reads best as one
    # An unknown name is told first: it is the likely cause of another one that is missing.
    first = min(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
    loc, kind, given = first["loc"], first["type"], str(first["input"])[:100]
    param = str(loc[0]) + "".join(f"[{part}]" for part in loc[1:])
    param = param[:200]
    match kind:
        case "extra_forbidden":
            return ApiError(f"Received unknown parameter: {param}", code="parameter_unknown", param=param)
        case "missing":
            return ApiError(f"Missing required param: {param}.", code="parameter_missing", param=param)
        case "int_parsing" | "int_type" | "int_parsing_size":
            return ApiError(f"Invalid integer: {given}", code="parameter_invalid_integer", param=param)
        case "literal_error":
            return ApiError(f"Invalid {param}: must be one of {first['ctx']['expected']}", param=param)
        case "value_error":
            return ApiError(str(first["ctx"]["error"]), code=_code_of(first["ctx"]["error"]), param=param)
        case "dict_type" | "model_type":
            return ApiError("Invalid object", param=param)
        case "list_type":
            return ApiError("Invalid array", param=param)
        case _:
            return ApiError(f"Invalid {param}: {first['msg']}", param=param)


class PublishedError(ValueError):
    """A check of ours with a code that the processor publishes, such as `url_invalid`."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def _code_of(error: Exception) -> str | None:
    return error.code if isinstance(error, PublishedError) else None

"""Errors of the API in the shape that the processor publishes."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An answer other than success: an HTTP status and the fields of the published error object."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self._fields = {"code": code, "message": message, "param": param, "type": kind}

    def body(self) -> dict[str, Any]:
        """Return the error object; fields that do not apply are left out, as published."""
        error = {name: value for name, value in self._fields.items() if value is not None}
        if code := self._fields["code"]:
            error["doc_url"] = doc_url(code)
        return {"error": error}


def doc_url(code: str) -> str:
    """Return where an error code is published."""
    return f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"


def no_such(kind: str, name: str, param: str, status: int = 404) -> ApiError:
    """Return the error for an identifier that nobody knows: 404 where it stands in the address, else 400."""
    message = f"No such {kind}: '{name[:200]}'"
    return ApiError(message, status=status, code="resource_missing", param=param)

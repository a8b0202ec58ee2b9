"""The processor's application."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from fake_backend.processor import api, api_support, hosted_page
from fake_backend.processor.errors import ApiError
from fake_backend.processor.service import Processor

if TYPE_CHECKING:
    from fake_backend.processor.config import ProcessorConfig

_LARGEST_BODY = 256 * 1024

logging.getLogger(__name__)  # the application's own: who looks through all loggers does not bear one that comes then


def create_app(config: ProcessorConfig) -> Flask:
    """Return the application; `app.extensions["processor"]` is its `Processor`, whose deliverer is running."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST_BODY, SEND_FILE_MAX_AGE_DEFAULT=3600)
    service = Processor(config.database, config.processor_url)
    app.extensions["processor"] = service
    config.request_log.watch(app, "processor")
    app.register_blueprint(api.blueprint(service))
    app.register_blueprint(hosted_page.blueprint(service, config))
    app.register_error_handler(HTTPException, _refuse)
    service.deliverer.start()
    return app


def _refuse(error: HTTPException) -> Response:
    """Answer what no route answers, or what a route could not: to a merchant as the API does, else as a page."""
    status = error.code or 500
    if request.path.startswith("/v1/"):
        if status in {404, 405}:
            return api_support.failure(
                ApiError(
                    f"Unrecognized request URL ({request.method}: {request.path[:200]}). Please see "
                    "https://stripe.com/docs or we can help at https://support.stripe.com/.",
                    status=404,
                )
            )
        kind = "api_error" if status >= 500 else "invalid_request_error"
        return api_support.failure(ApiError(error.description or error.name, status=status, kind=kind))
    response = hosted_page.refusal(status, error.name)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response

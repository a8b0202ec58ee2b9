"""The processor's API without a server: a test client that holds the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fake_backend.database import Database
from fake_backend.processor import SCHEMA, ProcessorConfig, create_app
from fake_backend.request_log import RequestLog
from tests.fake.support.bank import URL

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

LINE = {
    "line_items[0][price_data][currency]": "usd",
    "line_items[0][price_data][unit_amount]": "2000",
    "line_items[0][price_data][product_data][name]": "Credits",
    "line_items[0][quantity]": "1",
}
ORDER = {"mode": "payment", "success_url": "http://127.0.0.1:9/", **LINE}


class BankApi:
    """One processor and its merchant; parameters are form-encoded, as clients send them."""

    def __init__(self) -> None:
        config = ProcessorConfig(database=Database(None, SCHEMA), processor_url=URL, request_log=RequestLog())
        self.app = create_app(config)
        self.bank = self.app.extensions["processor"]
        self.bank.deliverer.stop()
        self.client = self.app.test_client()

    def ask(self, method: str, path: str, **params: Any) -> TestResponse:
        """Make a request with the key, and `headers`, and return the answer whatever it is."""
        headers = {"Authorization": f"Bearer {self.bank.api_key}"} | params.pop("headers", {})
        place = "query_string" if method == "GET" else "data"
        asked: Any = {place: params}
        return self.client.open(f"/v1/{path}", method=method, headers=headers, **asked)

    def get(self, path: str, **params: Any) -> Any:
        """Ask for something that is there."""
        return self._told(self.ask("GET", path, **params))

    def post(self, path: str, **params: Any) -> Any:
        """Make something that can be made."""
        return self._told(self.ask("POST", path, **params))

    def session(self, **more: Any) -> Any:
        """Make a session of one line, which `more` adds to; what is None is left out."""
        return self.post("checkout/sessions", **{k: v for k, v in (ORDER | more).items() if v is not None})

    def _told(self, answer: TestResponse) -> Any:
        assert answer.status_code == 200, answer.text
        return answer.json

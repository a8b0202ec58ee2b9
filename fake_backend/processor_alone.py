"""The payment processor without the site, for merchants of other people to be tested against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_backend.database import Database
from fake_backend.request_log import RequestLog
from fake_backend.serving import Server, bind, url_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class ProcessorAlone:
    """A processor on a port of this machine; it tells `webhook` of every event, as `stripe listen` does.

    Raises `PortInUseError` when the port is taken, `ValueError` for a webhook address that is none.
    """

    def __init__(self, *, port: int = 0, database: Path | None = None, webhook: str | None = None) -> None:
        from fake_backend import processor
        from fake_backend.processor.params import is_url

        if webhook:
            try:
                is_url(webhook)
            except ValueError:
                raise ValueError(
                    f"--webhook {webhook}: write an address such as http://127.0.0.1:4242/webhook."
                ) from None
        self._socket = bind(port)
        self.processor_url = url_of(self._socket)
        self._database = Database(database, processor.SCHEMA)
        self._webhook = webhook
        self._server: Server | None = None
        self.processor_key = self.webhook_secret = ""

    def start(self) -> None:
        """Serve it; it answers when this returns, and key and secret are known."""
        from fake_backend import processor

        config = processor.ProcessorConfig(
            database=self._database,
            processor_url=self.processor_url,
            request_log=RequestLog(),
            merchant="Test merchant",
        )
        app = processor.create_app(config)
        self._processor = app.extensions["processor"]
        self.processor_key = self._processor.api_key
        if self._webhook:
            self.webhook_secret = self._processor.register_endpoint(self._webhook, ["*"])
        self._server = Server(app, self._socket)

    def change_settings(self, reference: str, changes: Mapping[str, object]) -> None:
        """Change how the page and the webhooks of a merchant's reference behave. Raises `pydantic.ValidationError`."""
        self._processor.change_settings(reference, changes)

    def stop(self) -> None:
        """Answer nothing any more."""
        self._processor.deliverer.stop()
        if self._server:
            self._server.stop()

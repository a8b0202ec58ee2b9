"""Serves the site and the processor, each on an origin of its own, from one process."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from typing import TYPE_CHECKING, Any, Self

from fake_backend.database import Database
from fake_backend.request_log import RequestLog
from fake_backend.stripe_mode import STRIPE_API

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from flask import Flask

    from fake_backend.control import Backend
    from fake_backend.control.external_processor import ExternalProcessor
    from fake_backend.processor import Processor
    from fake_backend.stripe_mode import StripeAccount

_HOST = "127.0.0.1"
_THREADS = 24  # for each application: a payment keeps one busy while the merchant answers


class PortInUseError(OSError):
    """A port that was asked for belongs to another program."""


class Fake:
    """The whole fake: bound to its ports at once, answering after `start`, gone after `stop`.

    With `database` the site's data stands in that file and the processor's in one beside it (`NAME-processor.EXT`),
    and both are there again at the next start. With `stripe` the site takes payments through that account of Stripe's
    own test mode, and no processor of ours is served. Raises `PortInUseError` when a given port is taken.
    """

    def __init__(  # noqa: PLR0913 - one argument for each option
        self,
        *,
        site_port: int = 0,
        processor_port: int = 0,
        database: Path | None = None,
        variant: Mapping[str, str] | None = None,
        faults: Sequence[str] = (),
        stripe: StripeAccount | None = None,
    ) -> None:
        # Both addresses must be known before either application is made: each tells its pages about the other.
        self._site_socket = bind(site_port)
        self._processor_socket = None if stripe else bind(processor_port)
        self._stripe = stripe
        self.site_url = url_of(self._site_socket)
        self.processor_url = url_of(self._processor_socket) if self._processor_socket else STRIPE_API
        self.control_token = secrets.token_urlsafe(24)
        self.request_log = RequestLog()
        self.variant = dict(variant or {})
        self.faults = list(faults)
        self._database = database
        self.processor_key = self.webhook_secret = ""  # the merchant's, known once the processor is started
        self._backend: Backend | None = None
        self._processor: Processor | None = None
        self._payments: Processor | ExternalProcessor
        self._databases: list[Database] = []
        self._servers: list[Server] = []

    def start(self) -> None:
        """Make both applications and serve them; both answer when this returns."""
        from fake_backend import site

        # The site's first, which has the name that was given: a wrong one leaves no other file behind.
        self._databases.append(Database(self._database, site.SCHEMA))
        self.webhook_secret = self._take_payments()
        site_app = self._make_site(self.webhook_secret)
        self._serve(site_app, self._site_socket)
        threading.Thread(target=site_app.extensions["site"].settle_pending, name="settle", daemon=True).start()

    @property
    def payments(self) -> str:
        """Who takes the payments, in words."""
        if self._stripe is None:
            return self.processor_url
        webhooks = f"webhooks at {self.site_url}/webhooks/payments" if self._stripe.webhook_secret else "no webhooks"
        return f"Stripe's own test mode ({self.processor_url}), {webhooks}"

    @property
    def control_url(self) -> str:
        """Return the base address of the control API."""
        from fake_backend.control import PREFIX

        return f"{self.site_url}{PREFIX}"

    def seed_account(self) -> dict[str, Any]:
        """Make a workspace for a person to play with, and tell how to sign in; `start` comes first."""
        from fake_backend.control.backend import show_seeded
        from fake_backend.control.models import NewWorkspace

        assert self._backend is not None, "start it first"
        wanted = NewWorkspace.model_validate({"used_credits": 4_200, "add_on_credits": 2_000, "invoices": 12})
        return show_seeded(*self._backend.seed(wanted))

    def _take_payments(self) -> str:
        """Find or make whoever takes the payments, and return the secret of their webhooks."""
        if self._stripe is None:
            assert self._processor_socket is not None, "bound when Stripe's own is not used"
            return self._serve_processor(self._processor_socket)
        from fake_backend.control.external_processor import ExternalProcessor

        self._payments = ExternalProcessor(self.processor_url)
        self.processor_key = self._stripe.key
        return self._stripe.webhook_secret

    def _serve_processor(self, sock: socket.socket) -> str:
        from fake_backend import processor

        self._databases.append(Database(_beside(self._database), processor.SCHEMA))
        app = processor.create_app(
            processor.ProcessorConfig(
                database=self._databases[1], processor_url=self.processor_url, request_log=self.request_log
            )
        )
        self._processor = self._payments = app.extensions["processor"]
        self.processor_key = self._processor.api_key
        self._serve(app, sock)
        return self._processor.register_endpoint(f"{self.site_url}/webhooks/payments")

    def _make_site(self, webhook_secret: str) -> Flask:
        from fake_backend import control, site
        from fake_backend.control import faults, variants

        app = site.create_app(
            site.SiteConfig(
                database=self._databases[0],
                site_url=self.site_url,
                processor_api="" if self._stripe else self.processor_url,
                processor_key=self.processor_key,
                webhook_secret=webhook_secret,
                hooks=faults.HOOKS,
                request_log=self.request_log,
                default_variant=variants.complete(self.variant),
            )
        )
        self._backend = control.mount(
            app,
            control.ControlConfig(
                site=app.extensions["site"],
                processor=self._payments,
                request_log=self.request_log,
                token=self.control_token,
                variant=self.variant,
                faults=self.faults,
            ),
        )
        return app

    def _serve(self, app: Flask, sock: socket.socket) -> None:
        self._servers.append(Server(app, sock))

    def databases(self) -> tuple[Database, ...]:
        """Return the site's database and, where one is served, the processor's, once started."""
        return tuple(self._databases)

    def stop(self) -> None:
        """Answer nothing any more; what was promised to a file is in it."""
        if self._processor:
            self._processor.deliverer.stop()
        for server in self._servers:
            server.stop()
        self._servers.clear()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Server:
    """An application on its socket, with threads of its own that end with the process."""

    def __init__(self, app: Flask, sock: socket.socket) -> None:
        from waitress.server import create_server

        # A request that waits a moment for its thread is no news.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._open: dict[int, Any] = {}  # the loop's own table: what listens, what is connected
        self._server = create_server(app, map=self._open, sockets=[sock], threads=_THREADS, ident=None, backlog=512)
        self._thread = threading.Thread(target=self._server.run, name=f"serve-{app.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the loop from inside, where nothing else uses its table, and close what was open."""
        left: dict[int, Any] = {}

        def empty() -> None:
            left.update(self._open)
            self._open.clear()

        self._server.trigger.pull_trigger(empty)
        self._thread.join(timeout=5)
        self._server.task_dispatcher.shutdown(timeout=1)
        for connection in left.values():
            connection.close()


def bind(port: int) -> socket.socket:
    """Return a socket on a port of this machine, or on a free one. Raises `PortInUseError`."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere the option would let two programs share the port
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((_HOST, port))
    except (OSError, OverflowError) as error:
        sock.close()
        raise PortInUseError(f"Port {port} on {_HOST} cannot be used: {error}.") from error
    return sock


def url_of(sock: socket.socket) -> str:
    """Return the base address of what is served on a socket."""
    return f"http://{_HOST}:{sock.getsockname()[1]}"


def _beside(path: Path | None) -> Path | None:
    return path and path.with_name(f"{path.stem}-processor{path.suffix}")

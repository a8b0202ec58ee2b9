"""Serves the fake: `python -m fake_backend`.

With `--json` it prints one line of JSON when it is ready and serves until its standard input is closed, so that a
parent that dies takes the fake with it. Else it prints addresses and a ready account for a person to play with.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_backend.processor_alone import ProcessorAlone
    from fake_backend.serving import Fake
    from fake_backend.stripe_mode import StripeAccount

_ALL = "`acceptance fake --list` shows all."


class _Port(click.IntRange):
    name = "port: a number up to 65535, or 0"


_PORT = _Port(0, 65535)


def _answers(_: click.Context, __: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    """Read `question=answer` pairs."""
    from fake_backend.control.variants import UnknownVariantError, complete

    answers: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            _end(f"--variant {pair}: write QUESTION=ANSWER, such as package_choice=radios. {_ALL}")
        answers[name] = value
    try:
        return complete(answers, {})
    except UnknownVariantError as error:
        _end(f"{error} {_ALL}")


def _faults(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> list[str]:
    """Check names against the catalogue of faults."""
    if not names:  # the catalogue is not read for nothing
        return []
    from fake_backend.control.faults import HOOKS
    from fake_backend.site.hooks import UnknownFaultError

    try:
        HOOKS.with_faults(names)
    except UnknownFaultError as error:
        _end(f"{error} {_ALL}")
    return list(names)


def _list(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it
    if wanted:
        from fake_backend.control.listing import show_catalogue

        click.echo(json.dumps(show_catalogue(), indent=2))
        context.exit()


class _WithChoices(click.Command):
    """A command whose help ends with all that `--variant` and `--fault` take."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_epilog(ctx, formatter)
        from fake_backend.control.listing import show_catalogue

        known = show_catalogue()
        with formatter.section("--variant takes"):
            formatter.write_dl([(f"{name}=", " or ".join(answers)) for name, answers in known["variants"].items()])
        with formatter.section("--fault takes"):
            names = ", ".join(fault["name"] for fault in known["faults"])
            lines = wrap(names, formatter.width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
            formatter.write("\n".join([*lines, ""]))


@click.command(cls=_WithChoices)
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list,
              help="List all questions with their answers, and all faults with the promise that each breaks "
              "(by `acceptance fake` as a table, with --json as data).")  # fmt: skip
@click.option("--site-port", type=_PORT, default=0, help="Port of the site; 0 takes a free one.")
@click.option("--processor-port", type=_PORT, default=0, help="Port of the payment processor; 0 takes a free one.")
@click.option("--database", type=click.Path(dir_okay=False, path_type=Path), help="File to keep all data in.")
@click.option("--variant", multiple=True, callback=_answers, metavar="QUESTION=ANSWER", help="Answer an open question.")
@click.option("--fault", "faults", multiple=True, callback=_faults, metavar="NAME", help="Let it have a named defect.")
@click.option("--processor-only", is_flag=True, help="Serve the payment processor alone, to test your own checkout.")
@click.option("--webhook", metavar="URL", help="With --processor-only: the address that is told of every event.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON; serve until standard input is closed.")
def main(  # noqa: PLR0913 - one argument for each option
    *,
    site_port: int,
    processor_port: int,
    database: Path | None,
    variant: dict[str, str],
    faults: list[str],
    processor_only: bool,
    webhook: str | None,
    as_json: bool,
) -> None:
    """Serve the fake of the site and of its payment processor on this machine until it is interrupted.

    With a test key in STRIPE_SECRET_KEY payments go through Stripe's own test mode instead of the bundled processor;
    STRIPE_WEBHOOK_SECRET holds the secret of webhooks that are forwarded to /webhooks/payments, if any.
    """
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    if webhook and not processor_only:
        _end("--webhook goes with --processor-only: the site has its own.")
    if processor_only:
        fake = _started(_alone, port=processor_port, database=database, webhook=webhook)
    else:
        fake = _started(
            _site_and_processor, **_of_site(site_port, processor_port, database, variant, faults, as_json=as_json)
        )
    if as_json:
        click.echo(json.dumps(_connection(fake)))
        sys.stdout.flush()
        threading.Thread(target=_until_closed, args=(over,), daemon=True).start()
    else:
        _welcome(fake)
    _wait(over)
    fake.stop()


def _of_site(  # noqa: PLR0913 - one argument for each option
    site_port: int,
    processor_port: int,
    database: Path | None,
    variant: dict[str, str],
    faults: list[str],
    *,
    as_json: bool,
) -> dict[str, Any]:
    """Return the options of a site with its processor."""
    return {
        "site_port": site_port,
        "processor_port": processor_port,
        "database": database,
        "variant": variant,
        "faults": faults,
        # A parent that asked for JSON counts on the bundled processor, whatever else the environment is set up for.
        "stripe": None if as_json else _account(),
    }


def _account() -> StripeAccount | None:
    """Return the account of Stripe's test mode that the environment names, if it does."""
    from fake_backend.stripe_mode import from_environment

    try:
        return from_environment(os.environ)
    except ValueError as error:
        _end(str(error))


def _site_and_processor(**options: Any) -> Fake:
    from fake_backend.serving import Fake

    return Fake(**options)


def _alone(**options: Any) -> ProcessorAlone:
    from fake_backend.processor_alone import ProcessorAlone

    return ProcessorAlone(**options)


def _started(make: Callable[..., Fake] | Callable[..., ProcessorAlone], **options: Any) -> Fake | ProcessorAlone:
    """Make and start what is served, or end with one sentence and exit code 2."""
    import sqlite3

    try:
        fake = make(**options)
        fake.start()
    except sqlite3.Error as error:
        _end(f"The database {options['database']} cannot be used: {error}. Name another file, or a new one.")
    except (OSError, ValueError) as error:
        _end(str(error))
    return fake


def _end(sentence: str) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    raise SystemExit(2)


def _connection(fake: Fake | ProcessorAlone) -> dict[str, str]:
    """Return what a program needs to use the fake."""
    from fake_backend.serving import Fake

    names = ["processor_url", "processor_key", "webhook_secret"]
    if isinstance(fake, Fake):
        names = ["site_url", "control_url", "control_token", *names]
    return {name: getattr(fake, name) for name in names}


def _welcome(fake: Fake | ProcessorAlone) -> None:
    from fake_backend.serving import Fake
    from fake_backend.stripe_mode import STRIPE_API

    lines = _lines_of_site(fake) if isinstance(fake, Fake) else {"Payments": fake.processor_url}
    lines |= {"Test card": "4242 4242 4242 4242, any future date, any CVC"}
    if fake.processor_url != STRIPE_API:
        lines |= {
            "Processor key": fake.processor_key,
            "Webhook secret": fake.webhook_secret or "none: --webhook URL names an address to tell of events",
            "Your client": f'stripe.api_key = "{fake.processor_key}"',
            "": f'stripe.api_base = "{fake.processor_url}"',
        }
    click.secho("The fake is ready. Press Ctrl-C to end it.", bold=True)
    for name, value in lines.items():
        click.echo(f"  {name:<14} {value}")


def _lines_of_site(fake: Fake) -> dict[str, str]:
    account = fake.seed_account()
    return {
        "Site": fake.site_url,
        "Payments": fake.payments,
        "Control API": f"{fake.control_url}  (described by {fake.control_url}/openapi.json)",
        "Control token": fake.control_token,
        "Sign in at": account["sign_in_url"],
        "E-mail": account["members"][0]["email"],
        "Password": account["members"][0]["password"],
    }


def _until_closed(over: threading.Event) -> None:
    """Wait for the end of standard input: whoever started the fake has gone, or wants it to go."""
    try:
        # Not through sys.stdin: the interpreter cannot end while a thread is inside its buffer.
        while os.read(0, 4096):
            pass
    except OSError:  # it was never open
        pass
    over.set()


def _wait(over: threading.Event) -> None:
    # With a limit, so that signals are noticed on every system while the main thread waits.
    while not over.wait(0.5):
        pass


if __name__ == "__main__":
    main()

"""What must not get out: real money without being asked for, and secrets by way of reports, traces and logs."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from steps.runner.run_context import RUN
from steps.safety.trace_redactor import scrub_trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from steps.runner.run_context import Run
    from steps.safety.redactor import Redactor

_NODES = ("result",)
"""What of a report is no text: the collected nodes."""
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|webm|gif)$", re.IGNORECASE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option without which no real money is spent, whatever the profile says."""
    parser.getgroup("acceptance").addoption(
        "--allow-real-payments", action="store_true", help='Spend real money, if the profile too says allow = "real".'
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep secrets out of all that is written, and cameras away from payment pages that take real money."""
    run = config.stash[RUN]
    if run.guard.is_real:
        config.option.tracing = config.option.video = config.option.screenshot = "off"
        config.option.pictures = False
    config.pluginmanager.register(_Secrecy(run), "acceptance-secrecy")


class _Secrecy:
    """Stands between what happened in a run and everybody who writes it down."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._records: Callable[..., logging.LogRecord] = logging.getLogRecordFactory()
        logging.setLogRecordFactory(self._record)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Iterator[None]:
        """Take the secrets out of a report before anything is made of it, and out of the traces that it names."""
        for name, value in report.user_properties:
            file = Path(self._run.config.invocation_params.dir, str(value))
            if name == "playwright_trace" and file.exists():
                scrub_trace(file, self._run.secrets)
        _discreet(report, self._run.secrets)
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collectreport(self, report: pytest.CollectReport) -> Iterator[None]:
        """Take the secrets out of what is said of a file that cannot be collected."""
        _discreet(report, self._run.secrets)
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_internalerror(self, excrepr: object) -> Iterator[None]:
        """Take the secrets out of what is said when pytest itself, or a plugin, fails."""
        _discreet(excrepr, self._run.secrets)
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_unconfigure(self) -> Iterator[None]:
        """Look through all that the run has written: one that was broken off tells of no artefacts."""
        yield
        logging.setLogRecordFactory(self._records)
        if not self._run.is_worker and self._run.directory.exists():
            sweep(self._run.directory, self._run.secrets)

    def _record(self, *arguments: Any, **named: Any) -> logging.LogRecord:
        """Make a log record without secrets, whichever handler it goes to."""
        record = self._records(*arguments, **named)
        said = record.getMessage()
        hidden = self._run.secrets.redact(said)
        if hidden is not said:
            record.msg, record.args = hidden, ()
        if record.exc_info and record.exc_info[0]:
            record.exc_text = self._run.secrets.redact(logging.Formatter().formatException(record.exc_info))
        return record


def _discreet(value: Any, secrets: Redactor) -> Any:
    """Take the secrets out of a report, whatever it is made of: in place, for others hold on to the same report."""
    if isinstance(value, (str, dict)):
        return secrets.hide_in(value)
    if isinstance(value, (list, tuple)):
        parts = [_discreet(part, secrets) for part in value]
        return parts if isinstance(value, list) else tuple(parts)
    if hasattr(value, "toterminal"):  # reports, and all that pytest prints of them
        for name, part in vars(value).items():
            if name not in _NODES:
                object.__setattr__(value, name, _discreet(part, secrets))
    return value


def sweep(directory: Path, secrets: Redactor) -> None:
    """Take the secrets out of every file below a directory; pictures hold no text that could be read."""
    for file in sorted(directory.rglob("*")):
        if not file.is_file() or _PICTURE.search(file.name):
            continue
        if file.suffix == ".zip":
            scrub_trace(file, secrets)
            continue
        content = file.read_bytes()
        hidden = secrets.hide_bytes(content)
        if hidden is not content:
            file.write_bytes(hidden)

"""Keeps secrets out of reports, traces and logs, and prevents real payments that were not asked for."""

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

_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|webm|gif)$", re.IGNORECASE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option without which no real money is spent, whatever the profile says."""
    parser.getgroup("acceptance").addoption(
        "--allow-real-payments", action="store_true", help='Spend real money, if the profile also sets allow = "real".'
    )


def pytest_configure(config: pytest.Config) -> None:
    """Redact secrets in all that is written, and turn off pictures and traces when payments are real."""
    run = config.stash[RUN]
    if run.guard.is_real:
        config.option.tracing = config.option.video = config.option.screenshot = "off"
        config.option.pictures = False
    config.pluginmanager.register(_RedactionPlugin(run), "acceptance-redaction")


class _RedactionPlugin:
    """Redacts reports and log records before any other plugin uses them."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._records: Callable[..., logging.LogRecord] = logging.getLogRecordFactory()
        logging.setLogRecordFactory(self._record)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Iterator[None]:
        """Redact a report and the traces that it names."""
        for name, value in report.user_properties:
            file = Path(self._run.config.invocation_params.dir, str(value))
            if name == "playwright_trace" and file.exists():
                scrub_trace(file, self._run.secrets)
        _redact_report(report, self._run.secrets)
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collectreport(self, report: pytest.CollectReport) -> Iterator[None]:
        """Redact the report of a file that cannot be collected."""
        _redact_report(report, self._run.secrets)
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_internalerror(self, excrepr: object) -> Iterator[None]:
        """Redact the representation of an internal error of pytest or a plugin."""
        self._run.secrets.redact_data(excrepr)
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_unconfigure(self) -> Iterator[None]:
        """Redact all files that the run has written, because an interrupted run reports no artefacts."""
        yield
        logging.setLogRecordFactory(self._records)
        if not self._run.is_worker and self._run.directory.exists():
            sweep(self._run.directory, self._run.secrets)

    def _record(self, *arguments: Any, **named: Any) -> logging.LogRecord:
        """Create a log record without secrets, for every handler."""
        record = self._records(*arguments, **named)
        said = record.getMessage()
        hidden = self._run.secrets.redact(said)
        if hidden is not said:
            record.msg, record.args = hidden, ()
        if record.exc_info and record.exc_info[0]:
            record.exc_text = self._run.secrets.redact(logging.Formatter().formatException(record.exc_info))
        return record


def _redact_report(report: Any, secrets: Redactor) -> None:
    """Redact all texts of a report in place, because other plugins hold on to the same report."""
    for name, value in vars(report).items():
        if name != "result":  # the nodes that were collected, which are no text
            setattr(report, name, secrets.redact_data(value))


def sweep(directory: Path, secrets: Redactor) -> None:
    """Redact every file below a directory except pictures."""
    for file in sorted(directory.rglob("*")):
        if not file.is_file() or _PICTURE.search(file.name):
            continue
        if file.suffix == ".zip":
            scrub_trace(file, secrets)
            continue
        content = file.read_bytes()
        hidden = secrets.redact_bytes(content)
        if hidden is not content:
            try:
                file.write_bytes(hidden)
            except OSError:  # the disk is full: rather no file than one with a secret
                file.unlink()

"""`acceptance fake`: serve the fake for manual use, or list what it can be told."""

from __future__ import annotations

import runpy
import sys

import click


@click.command(
    "fake", context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def command(options: tuple[str, ...]) -> None:
    """Serve the fake for manual use (`acceptance fake --help` lists its options, `--list` what they take)."""
    if "--list" in options and "--json" not in options:
        click.echo(catalogue_text(), nl=False)
        return
    sys.argv = ["acceptance fake", *options]
    sys.modules.pop("fake_backend.__main__", None)  # where it has been imported, it would not be run for itself
    runpy.run_module("fake_backend", run_name="__main__")


def catalogue_text() -> str:
    """Return all open questions with their answers, and all faults below the promise that each breaks."""
    from steps.documentation import ASSUMPTIONS, PROMISES
    from steps.targets.fake_catalogue import fake_catalogue

    known = fake_catalogue()
    formatter = click.HelpFormatter()
    with formatter.section("Open questions: --variant QUESTION=ANSWER (the first answer is the default)"):
        formatter.write_dl(
            [(name, f"{', '.join(answers)}. {known.questions[name]}") for name, answers in known.variants.items()]
        )
    says = {f"doc:{tag}": promise.says for tag, promise in PROMISES.items()}
    says |= {f"assumption:{name}": assumption.says for name, assumption in ASSUMPTIONS.items()}
    tags = sorted({fault.breaks for fault in known.faults}, key=lambda tag: [*says, tag].index(tag))
    formatter.write("\nFaults: --fault NAME, below the promise or assumption that each breaks\n")
    for tag in tags:
        with formatter.section(f"{tag} · {says.get(tag, tag).rstrip('.')}"):
            formatter.write_dl([(fault.name, fault.sees) for fault in known.faults if fault.breaks == tag])
    return formatter.getvalue()

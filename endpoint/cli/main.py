"""The command line ``araxes``: one verb a job, each loaded from a module of its own."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from importlib.metadata import version
from typing import Any

import click

from araxes.endpoint.cli.options import refuse_repeats
from araxes.endpoint.cli.output import silence
from araxes.ontology.errors import AraxesError, NoStoreError, StoreBusyError, StoreDamagedError
from araxes.ontology.whole_files import unwritable

VERBS: dict[str, str] = {
    "build": "araxes.endpoint.cli.build:build",
    "validate": "araxes.endpoint.cli.build:validate",
    "verify": "araxes.endpoint.cli.passages:verify",
    "fingerprints": "araxes.endpoint.cli.fingerprints:fingerprints",
    "locate": "araxes.endpoint.cli.passages:locate",
    "coverage": "araxes.endpoint.cli.passages:coverage",
    "new": "araxes.endpoint.cli.new:new",
    "draft": "araxes.endpoint.cli.draft:draft",
    "table": "araxes.endpoint.cli.table:table",
    "disputes": "araxes.endpoint.cli.disputes:disputes",
    "disagreements": "araxes.endpoint.cli.disputes:disagreements",
    "compare": "araxes.endpoint.cli.compare:compare",
    "import": "araxes.endpoint.cli.import_claims:import_command",
    "export": "araxes.endpoint.cli.export:export",
    "migrate": "araxes.endpoint.cli.migrate:migrate_command",
    "reason": "araxes.endpoint.cli.reason:reason_command",
    "atlas": "araxes.endpoint.cli.build:atlas",
    "questions": "araxes.endpoint.cli.questions:questions",
    "benchmark": "araxes.endpoint.cli.benchmark:benchmark",
    "mappings": "araxes.endpoint.cli.mappings:mappings",
    "load": "araxes.endpoint.cli.load:load",
    "publish": "araxes.endpoint.cli.publish:publish",
    "serve": "araxes.endpoint.cli.serve:serve",
    "mcp": "araxes.endpoint.cli.tools:mcp",
    "query": "araxes.endpoint.cli.query:query",
    "info": "araxes.endpoint.cli.info:info",
}
"""Verb → "module:attribute" of its click command. Add a verb by adding a line."""

EXIT_CODES: dict[int, str] = {
    0: "done",
    1: "problems were found, or the answer failed",
    2: "wrong usage: unknown verb, option or value",
    3: "no usable store where it was looked for",
    4: "another process is publishing into the store",
    70: "a defect of araxes itself (ARAXES_DEBUG=1 shows where)",
    130: "interrupted",
}
"""What scripts can rely on."""

_BY_ERROR: tuple[tuple[type[AraxesError], int], ...] = (
    (NoStoreError, 3),
    (StoreDamagedError, 3),
    (StoreBusyError, 4),
    (AraxesError, 1),
)


def exit_code(error: BaseException) -> int:
    """The exit code for an error, as in :data:`EXIT_CODES`.

    >>> exit_code(NoStoreError("none"))
    3
    """
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), 70)


def _epilog() -> str:
    codes = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES.items())
    return (
        "\b\nExit codes:\n" + codes + "\n\n\b\nStart here:\n"
        "  araxes build && araxes serve     then open http://127.0.0.1:5000\n"
        "  araxes query 'SELECT * { ?s ?p ?o } LIMIT 5'\n"
        "  araxes VERB --help               what a verb does, with examples"
    )


class VerbGroup(click.Group):
    """A click group that imports a verb only when it is used, and reports errors in one place."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the verb's command.

        Raises:
            TypeError: the table names something that is no click command.
        """
        target = VERBS.get(cmd_name)
        if target is None:
            return None
        module, _, attribute = target.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{target} is not a click command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb and its arguments; an option that is given twice and cannot be is refused."""
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None:
            refuse_repeats(command, ctx, name or "", rest)
        return name, command, rest

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and turn every error into a message with a remedy and an exit code."""
        standalone_mode = extra.get("standalone_mode", True)
        try:
            return super().main(*args, **extra)
        except AraxesError as error:
            if not standalone_mode:
                raise
            report(error)
            sys.exit(exit_code(error))
        except Exception as error:
            if not standalone_mode or os.environ.get("ARAXES_DEBUG"):
                raise
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:  # of click.echo
                silence()
                report(unwritable("standard output", error))
                sys.exit(1)
            click.echo(f"araxes: unexpected {type(error).__name__}: {error}", err=True)
            click.echo("→ this is a defect; run again with ARAXES_DEBUG=1 and report what it shows", err=True)
            sys.exit(70)


def report(error: AraxesError) -> None:
    """Print an error and its remedy on standard error."""
    click.echo(f"araxes: {error.message}", err=True)
    if error.remedy:
        click.echo(f"→ {error.remedy}", err=True)


@click.group(cls=VerbGroup, epilog=_epilog(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("araxes"), "-V", "--version", prog_name="araxes")
def main() -> None:
    """A knowledge graph of South Caucasus international relations.

    Who claims what, on what evidence, and where the sources disagree: built from
    annotated sources, checked, and served over SPARQL.
    """

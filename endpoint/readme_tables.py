"""The tables of endpoint/README.md that are made from code: settings and error codes.

``python -m araxes.endpoint.readme_tables`` writes them; with ``--check`` it only says whether they are as the
code has it (exit code 1 if not).
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import click

from araxes.endpoint.engines.remote.differences import DIFFERENCES, EngineDifference
from araxes.endpoint.error_codes import ERROR_CODES
from araxes.endpoint.settings_table import SETTINGS, Setting
from araxes.ontology.errors import InputError
from araxes.ontology.whole_files import write_whole

README = Path(__file__).with_name("README.md")
OPEN_PROBES = Path(__file__).with_name("engines") / "remote" / "open_probes.toml"
_PLACE = re.compile(r"(<!-- made from code: ([a-z-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def settings_table() -> str:
    """Every setting with its default, bounds, unit and meaning."""
    lines = ["| setting | default | from … to | unit | meaning |", "| --- | --- | --- | --- | --- |"]
    for row in SETTINGS:
        default = json.dumps(row.default, ensure_ascii=False)
        lines.append(
            f"| `{row.name}` | `{default}` | {_bounds(row)} | {row.unit or '–'} | {_cell(row.help)} |"
        )
    return "\n".join(lines) + "\n"


def _bounds(row: Setting) -> str:
    if row.kind in ("number", "whole number"):
        return f"{row.least:,} … {row.most:,}"
    words = row.form.words if row.form else row.kind
    return _cell(words if isinstance(row.default, str | bool) else f"at most {row.most:,} {words}")


def errors_table() -> str:
    """Every error code with its statuses and meaning."""
    lines = ["| status | code | meaning |", "| --- | --- | --- |"]
    lines += [
        f"| {', '.join(map(str, row.statuses))} | `{row.code}` | {_cell(row.meaning)} |"
        for row in ERROR_CODES
    ]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def engines_table() -> str:
    """In what engines differ."""
    lines = [
        "| feature | embedded | remote, such as Oxigraph's server | Virtuoso 7 |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row.what} | {row.embedded} | {row.remote} | {row.virtuoso} |"
        for row in map(_celled, DIFFERENCES)
    ]
    return "\n".join(lines) + "\n"


def _celled(row: EngineDifference) -> EngineDifference:
    return replace(row, **{field.name: _cell(getattr(row, field.name)) for field in fields(row)})


def probes_table() -> str:
    """What becomes of an engine when a hostile query comes through the app; only where it is not held."""
    found = tomllib.loads(OPEN_PROBES.read_text("utf-8"))
    engines = list(found)
    names = list(found[engines[0]])
    lines = [f"| hostile query | {' | '.join(engines)} |", "| --- |" + " --- |" * len(engines)]
    lines += [
        f"| {_cell(name)} | {' | '.join(found[engine][name] for engine in engines)} |"
        for name in names
        if any(found[engine][name] != "held" for engine in engines)
    ]
    held = sum(all(found[engine][name] == "held" for engine in engines) for name in names)
    return "\n".join([*lines, f"| {held} others of {len(names)} |" + " held |" * len(engines)]) + "\n"


TABLES: dict[str, Callable[[], str]] = {
    "settings": settings_table,
    "errors": errors_table,
    "engines": engines_table,
    "open-probes": probes_table,
}


def filled(document: str) -> str:
    """A document with its tables as the code has them.

    Raises:
        InputError: a table has no place in it, or a place no table.
    """
    found = [match[2] for match in _PLACE.finditer(document)]
    if sorted(found) != sorted(TABLES):
        raise InputError(
            f"the tables made from code are {', '.join(TABLES)}; the document has places for {found}",
            "give each a place: <!-- made from code: NAME --> … <!-- end -->",
        )
    return _PLACE.sub(lambda match: match[1] + TABLES[match[2]]() + match[4], document)


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; say what would change.")
def main(check: bool) -> None:
    """Bring the tables of endpoint/README.md up to date."""
    before = README.read_text("utf-8")
    after = filled(before)
    if check and after != before:
        lines = difflib.unified_diff(
            before.splitlines(), after.splitlines(), "README.md", "code", lineterm=""
        )
        click.echo("\n".join(lines))
        click.echo("→ python -m araxes.endpoint.readme_tables", err=True)
        raise SystemExit(1)
    if after != before:
        write_whole(README, after)


if __name__ == "__main__":
    main()

"""``araxes export quickstatements``: what Wikidata could take, what it could not, and what it has."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import store_option
from araxes.endpoint.cli.output import binary_output, output_option
from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import BASE
from araxes.triples.exports.claim_tables import write_table
from araxes.triples.stores.versioned_store import current
from araxes.triples.wikidata.known_statements import COLUMNS as KNOWN_COLUMNS
from araxes.triples.wikidata.known_statements import EXTRACT_COLUMNS, known_rows
from araxes.triples.wikidata.quickstatements import LOSS_COLUMNS, Export
from araxes.triples.wikidata.quickstatements import quickstatements as quickstatements_of

_MOST_REASONS = 8
_new_file = click.Path(dir_okay=False, path_type=Path)


@click.command()
@store_option
@click.option("--losses", type=_new_file, help="File for what the format cannot carry (CSV).")
@click.option(
    "--sources", type=_new_file, help="File for a batch that makes items of the sources without one."
)
@click.option(
    "--known",
    nargs=2,
    type=(click.Path(dir_okay=False, exists=True, path_type=Path), _new_file),
    metavar="EXTRACT REPORT",
    help="TSV of what Wikidata has (item, property, value), and file for which of ours it has (CSV).",
)
@output_option
def quickstatements(
    store: Path,
    losses: Path | None,
    sources: Path | None,
    known: tuple[Path, Path] | None,
    output: Path | None,
) -> None:
    """What Wikidata could take from the uncontested claims, as QuickStatements V1 commands.

    Nothing is sent anywhere: read the batch, and the list of losses, before you run it. Run the batch of
    sources first, put the items that it makes into the mappings, build, and references are "stated in" them.
    """
    made = quickstatements_of(ox.Dataset(ox.Store.read_only(str(current(store).path))))
    with binary_output(output) as out:
        out.write(made.text().encode("utf-8"))
    if losses:
        _write(losses, made.losses, LOSS_COLUMNS)
    if sources:
        with binary_output(sources) as out:
            out.write("".join(line + "\n" for line in made.new_items).encode("utf-8"))
        for source, evidence in made.looked_for.items():
            told = evidence or "no mapping records that anybody looked for it: do so first"
            click.echo(f"{source.removeprefix(BASE)} has no item: {told}", err=True)
    if known:
        _write(known[1], known_rows(made.statements, _extract(known[0])), KNOWN_COLUMNS)
    _tell(made, losses)


def _tell(made: Export, losses: Path | None) -> None:
    """Counts, and the commonest reasons."""
    hint = f"see {losses}" if losses else "--losses FILE lists them"
    click.echo(f"{len(made.statements)} statements; {len(made.losses)} losses: {hint}", err=True)
    for reason, count in made.reasons()[:_MOST_REASONS]:
        click.echo(f"  {count:6,} {reason}", err=True)


def _extract(path: Path) -> list[dict[str, str]]:
    """The rows of an extract.

    Raises:
        InputError: it is no such table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [name for name in EXTRACT_COLUMNS if name not in (table.fieldnames or ())]
            rows = [{name: row[name] or "" for name in EXTRACT_COLUMNS} for row in table if not missing]
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text: {error}", "save it as UTF-8") from error
    if missing:
        wanted = ", ".join(EXTRACT_COLUMNS)
        raise InputError(
            f"{path} has no column {missing[0]!r}", f"write a first line with {wanted}, and tabs between"
        )
    return rows


def _write(path: Path, rows: Iterable[dict[str, str]], columns: tuple[str, ...]) -> None:
    text = io.StringIO(newline="")
    write_table(rows, columns, text)
    with binary_output(path) as out:
        out.write(text.getvalue().encode("utf-8"))

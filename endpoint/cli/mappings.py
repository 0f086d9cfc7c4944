"""``araxes mappings``: the links to Wikidata and other authority files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from araxes.endpoint.cli.options import corpus_options
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_layers
from araxes.triples.authoring.corpus_layers import Layers
from araxes.triples.authoring.findings import corpus_error
from araxes.triples.wikidata.sssom_checks import check_mappings, order_findings
from araxes.triples.wikidata.sssom_tables import Mappings, read_mappings, read_mappings_of


@click.group()
def mappings() -> None:
    """The links of entities and properties to Wikidata, GeoNames and Nomisma.

    \b
    Examples:
      araxes mappings check
    """


@mappings.command()
@click.option(
    "--mappings",
    "folder",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Folder of mapping tables, instead of those of the corpora.",
)
@corpus_options
def check(folder: Path | None, layers: Layers) -> None:
    """Check the mapping tables: form, known ids, evidence, one to one, codes that conflict.

    Every problem is named with file and line, those of the entities and sources that the tables speak of
    too. Exit code 0: none. 1: problems.
    """
    found, corpus = read_mappings(folder) if folder else read_mappings_of(layers), read_layers(layers)
    records, checked = check_records(corpus), check_mappings(found, corpus)
    findings = [*records.findings, *checked.findings, *order_findings(checked.sound, records.sound)]
    if findings:
        raise corpus_error(findings)
    for line in summary(found):
        click.echo(line)


def summary(found: Mappings) -> list[str]:
    """One line for each table: how many rows of which predicate."""
    lines = []
    for table in found.tables:
        kinds = Counter(
            row["predicate_id"].removeprefix("skos:") if row.found else "no item found" for row in table.rows
        )
        parts = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        lines.append(f"{table.path.name}: {len(table.rows)} rows: {parts}")
    beside = {"names": found.names, "codes": found.codes, "coordinates": found.coordinates}
    return [*lines, *(f"{name}.tsv: {len(rows)} {name}" for name, rows in beside.items())]

"""``araxes mappings``: the links to Wikidata and other authority files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from araxes.triples.authoring.corpus import ENTITIES, SOURCES, read_corpus
from araxes.triples.authoring.problems import corpus_error
from araxes.triples.wikidata.sssom_checks import check_mappings, order_problems
from araxes.triples.wikidata.sssom_tables import MAPPINGS, Mappings, read_mappings


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
    default=MAPPINGS,
    help="Folder of mapping tables, instead of the project's own.",
)
@click.option(
    "--entities",
    type=click.Path(file_okay=False, path_type=Path),
    default=ENTITIES,
    help="Folder of entity files, instead of the project's own.",
)
@click.option(
    "--annotations",
    type=click.Path(file_okay=False, path_type=Path),
    default=SOURCES,
    help="Folder of annotated sources, instead of the project's own.",
)
def check(folder: Path, entities: Path, annotations: Path) -> None:
    """Check the mapping tables: form, known ids, evidence, one to one, codes that conflict.

    Every problem is named with file and line. Exit code 0: none. 1: problems.
    """
    found = read_mappings(folder)
    corpus = read_corpus(entities, annotations)
    problems = [*check_mappings(found, corpus), *order_problems(found, corpus)]
    if problems:
        raise corpus_error(problems)
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
    return [*lines, f"names.tsv: {len(found.names)} names", f"codes.tsv: {len(found.codes)} codes"]

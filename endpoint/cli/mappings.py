"""``araxes mappings``: the links to Wikidata and other authority files."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import click

from araxes.endpoint.cli.options import corpus_options
from araxes.ontology.errors import InputError
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import Corpus, read_layers
from araxes.triples.authoring.corpus_layers import Layers
from araxes.triples.authoring.findings import corpus_error
from araxes.triples.wikidata.mapping_review import AGREEMENT, card, open_links, reviewed
from araxes.triples.wikidata.sssom_checks import check_mappings, order_findings
from araxes.triples.wikidata.sssom_tables import Mappings, read_mappings, read_mappings_of

folder_option = click.option(
    "--mappings",
    "folder",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Folder of mapping tables, instead of those of the corpora.",
)
"""``--mappings``."""


@click.group()
def mappings() -> None:
    """The links of entities and properties to Wikidata, GeoNames and Nomisma.

    \b
    Examples:
      araxes mappings check
      araxes mappings review --of 'araxes:state/*'
      araxes mappings review --reviewer araxes:curator/araxes-annotators
    """


@mappings.command()
@folder_option
@corpus_options
def check(folder: Path | None, layers: Layers) -> None:
    """Check the mapping tables: form, known ids, evidence, one to one, codes that conflict.

    Every problem is named with file and line, those of the entities and sources that the tables speak of
    too. Exit code 0: none. 1: problems.
    """
    found, corpus = _read(folder, layers)
    records, checked = check_records(corpus), check_mappings(found, corpus)
    findings = [*records.findings, *checked.findings, *order_findings(checked.sound, records.sound)]
    if findings:
        raise corpus_error(findings)
    for line in summary(found):
        click.echo(line)


@mappings.command()
@click.option(
    "--of", "pattern", default="*", show_default=True, help="Which subjects, such as 'araxes:person/*'."
)
@click.option("--all", "every", is_flag=True, help="Those too that somebody has looked at already.")
@click.option("--reviewer", help="Ask about each, and write the answers into the table as this curator's.")
@folder_option
@corpus_options
def review(pattern: str, every: bool, reviewer: str | None, folder: Path | None, layers: Layers) -> None:
    """Show each link beside label, description and evidence, for a person to confirm.

    With --reviewer every link is asked about: y agrees, n disagrees, u cannot tell, s passes on, q ends.
    """
    found, corpus = _read(folder, layers)
    if found.findings:
        raise corpus_error(found.findings)
    curators = {f"araxes:{each.id}" for each in corpus.entities if each.id.startswith("curator/")}
    if reviewer and reviewer not in curators:
        raise InputError(f"unknown reviewer {reviewer!r}", f"name one of: {', '.join(sorted(curators))}")
    rows = [row for row in open_links(found.tables, every) if fnmatchcase(row["subject_id"], pattern)]
    if not rows:
        raise InputError(f"no link of {pattern!r} is left to look at", "see --of and --all")
    answers: dict[Path, dict[int, tuple[str, str]]] = {}
    for number, row in enumerate(rows, 1):
        click.echo(f"{number}/{len(rows)} {card(row, corpus)}\n")
        answer = click.prompt("    same?", type=click.Choice([*AGREEMENT, "s", "q"])) if reviewer else "s"
        if answer == "q":
            break
        if reviewer and answer in AGREEMENT:
            answers.setdefault(row.path, {})[row.line] = (reviewer, answer)
    for path, of_table in answers.items():
        write_whole(path, reviewed(path.read_text("utf-8"), of_table))
        click.echo(f"{len(of_table)} answers written to {path}")


def _read(folder: Path | None, layers: Layers) -> tuple[Mappings, Corpus]:
    return (read_mappings(folder) if folder else read_mappings_of(layers)), read_layers(layers)


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

"""``araxes table``: claims from the rows of a table, by a mapping."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from araxes.endpoint.cli.options import Places, places_options
from araxes.ontology.errors import InputError
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import Corpus, source_id
from araxes.triples.authoring.corpus_layers import Layers, files_in
from araxes.triples.authoring.findings import Finding, corpus_error
from araxes.triples.authoring.yaml_lines import read_document
from araxes.triples.drafting.written_drafts import made_of, write_marked
from araxes.triples.drafting.written_yaml import mapping as mapping_text
from araxes.triples.drafting.written_yaml import records, scalar
from araxes.triples.originals.annotated_files import read_heads
from araxes.triples.originals.passages import read_text_file
from araxes.triples.tables.claims_of_rows import Made, claims_of
from araxes.triples.tables.rows import Row, read_rows
from araxes.triples.tables.table_mappings import TableMapping, read_mapping
from araxes.triples.tables.template_checks import (
    delimiter_findings,
    horizon_findings,
    made_findings,
    same_ends,
    source_findings,
)

_SHOWN = 8


@click.command(
    epilog="\b\nExamples:\n  araxes table alliances.table.yaml --corpus mine\n"
    "  araxes table alliances.table.yaml --corpus mine --write"
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@places_options
@click.option(
    "--write",
    is_flag=True,
    help="Write claims into sources/ of the uppermost --corpus, things into entities/.",
)
@click.option("--force", is_flag=True, help="With --write: write over files that were changed by hand.")
def table(file: Path, places: Places, write: bool, force: bool) -> None:
    """Make claims of the rows of a table; FILE is the mapping.

    The mapping says which things, dates and claims the columns stand for (triples/AUTHORING.md, "A table as a
    source"). Each claim points to its row. What is missing in a row says nothing, and what is in force when
    the data end stays open. Exit code 1: something in the mapping is wrong, or a row names what nobody knows.
    """
    mapping = read_mapping(file)
    text, digest = _text(mapping, places)
    if wrong := [*delimiter_findings(mapping, text)]:
        raise corpus_error(wrong)
    corpus, targets = places.entities(), _targets(file, places)
    corpus.sources += read_heads(places.sources).sources
    others = corpus.part(lambda path: path not in targets)
    _refuse_outcome_of_another(file, mapping, targets)
    made = claims_of(mapping, text, _rows(mapping, text), others.entities)
    findings = made.findings or [
        *same_ends(mapping, zip(made.templates, made.claims, strict=True), vocabulary())
    ]
    findings = findings or _of_made(mapping, made, others, places.layers)
    stale = [*source_findings(mapping, others.sources, text, digest)]
    findings += stale if write else []
    if findings:
        raise corpus_error(findings, "nothing was written" if write else "")
    for finding in horizon_findings(mapping, others.sources, made.claims):
        click.echo(f"warning: {finding}", err=True)
    claims, entities = _claims_text(mapping, made), records(made.entities.values())
    if write:
        for path, written in zip(targets, (claims, entities), strict=True):
            if written or path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_marked(path, written or "[]\n", file.name, force=force, verb="table")
                click.echo(f"{path} written", err=True)
    else:
        click.echo(f"{claims}---\n{entities}" if entities else claims, nl=False)
        for finding in stale:
            click.echo(f"warning: {finding}", err=True)
    _tell(made)


def _targets(file: Path, places: Places) -> tuple[Path, Path]:
    """The files of claims and things that a mapping is written into."""
    top = places.layers.top
    name = f"{file.name.removesuffix('.yaml').removesuffix('.table')}.table.yaml"
    return top.sources / name, top.entities / name


def _refuse_outcome_of_another(file: Path, mapping: TableMapping, targets: tuple[Path, ...]) -> None:
    """Refuse to make claims of a source a second time, as where a mapping has got another name.

    Raises:
        InputError: claims of the source were made of another mapping.
    """
    for path in files_in(targets[0].parent, "*.yaml"):
        other = "" if path in targets else made_of(path, "table")
        head = read_document(path, before="claims")[0] if other else None
        if head and source_id(head.data) == mapping.source:
            both = [str(each) for each in (path, targets[1].with_name(path.name)) if each.exists()]
            what = f"{path} holds the claims of {mapping.source} already, made of {other}"
            remedy = f"if {file.name} takes its place, remove {' and '.join(both)}; else name another source"
            raise InputError(what, remedy)


def _rows(mapping: TableMapping, text: str) -> Iterator[Row]:
    try:
        yield from read_rows(text, mapping.delimiter)
    except InputError as error:
        raise InputError(f"{mapping.table}: {error.message}", error.remedy) from error


def _text(mapping: TableMapping, places: Places) -> tuple[str, str]:
    """The table, and the digest of its file."""
    folders = [*places.layers.originals(places.named), mapping.document.path.parent]
    for folder in folders:
        if (folder / mapping.table).is_file():
            return read_text_file(folder / mapping.table)
    looked = ", ".join(str(folder) for folder in folders)
    remedy = "name its folder with --originals"
    if not mapping.table.casefold().endswith((".csv", ".tsv", ".txt")):
        remedy = f"a table is text: save it as {Path(mapping.table).stem}.csv among the originals"
    raise InputError(f"{mapping.table} is not in {looked}", remedy)


def _claims_text(mapping: TableMapping, made: Made) -> str:
    head = mapping_text("source", mapping.head) if mapping.head else f"source: {scalar(mapping.source)}\n"
    curation = f"curation:\n{records(mapping.curation)}" if mapping.curation else ""
    claims = f"claims:\n{records(made.claims)}" if made.claims else "claims: []\n"
    return f"{head}{curation}{claims}"


def _of_made(mapping: TableMapping, made: Made, known: Corpus, layers: Layers) -> list[Finding]:
    claims = zip(made.templates, made.claims, strict=True)
    entities = [(made.entity_templates[name], record) for name, record in made.entities.items()]
    return made_findings(mapping, claims, entities, known, layers)


def _tell(made: Made) -> None:
    for each in made.of_no_row:
        click.echo(f"warning: {each}: its claims are not made", err=True)
    for what, counted, why in (
        ("rows name", made.passed_over, "which nobody describes: passed over"),
        ("claims are not made for want of a value in", made.unsaid, "missing is not zero"),
    ):
        for name, number in counted.most_common(_SHOWN):
            click.echo(f"{number} {what} {name}: {why}", err=True)
    if made.rows and not made.claims:
        click.echo("warning: no row makes a claim: see what is passed over, and `where`", err=True)
    click.echo(f"{made.rows} rows, {len(made.claims)} claims, {len(made.entities)} things", err=True)

"""``araxes build`` and ``araxes validate``: from YAML to a checked dataset, and into the store."""

from __future__ import annotations

import time
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.options import store_option
from araxes.triples.atlas import atlas as atlas_of
from araxes.triples.corpus import ENTITIES, SOURCES, Corpus
from araxes.triples.dataset import build_dataset
from araxes.triples.problems import corpus_error
from araxes.triples.store import publish
from araxes.validation.inspection import inspect_corpus
from araxes.validation.reports import FORMATS

entities_option = click.option(
    "--entities",
    type=click.Path(file_okay=False, path_type=Path),
    default=ENTITIES,
    help="Folder of entity files, instead of the project's own.",
)
"""``--entities``."""

annotations_option = click.option(
    "--annotations",
    type=click.Path(file_okay=False, path_type=Path),
    default=SOURCES,
    help="Folder of annotated sources, instead of the project's own.",
)
"""``--annotations``."""


@click.command()
@store_option
@entities_option
@annotations_option
def build(store: Path, entities: Path, annotations: Path) -> None:
    """Build the dataset from the annotated sources, validate it, and swap it into the store.

    Every problem of every file is reported in one run, with file, line, claim and remedy; then
    nothing is published and the store that was there keeps serving. To check without publishing,
    use `araxes validate`.
    """
    dataset, corpus = checked_dataset(entities, annotations)
    click.echo("publishing …", err=True)
    version = publish(dataset, store, origin="build")
    counts = f"{version.quads} quads, {len(corpus.claims)} claims"
    click.echo(f"{counts}, digest {version.digest[:16]}, in {store}")


@click.command(
    epilog="\b\nExamples:\n  araxes validate\n  araxes validate --format html -o report.html\n"
    "  araxes validate --format junit -o report.xml"
)
@entities_option
@annotations_option
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, instead of standard output.",
)
def validate(entities: Path, annotations: Path, form: str, output: Path | None) -> None:
    """Check the annotated sources and the dataset made from them; publish nothing.

    Everything is reported in one run: what the files get wrong, and what the shapes find in the part
    that can be read. Exit code 0: may be published, perhaps with warnings. 1: violations.
    """
    report = inspect_corpus(entities, annotations, _tell).report
    if form == "text" and output is None and report.conforms and not report.entries:
        click.echo(f"valid: {report.summary}")
        return
    text = FORMATS[form](report)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")
        click.echo(f"{output} written", err=True)
    if not report.conforms:
        raise click.exceptions.Exit(1)


def checked_dataset(entities: Path, annotations: Path) -> tuple[ox.Dataset, Corpus]:
    """Build, compare and validate, telling the steps on standard error.

    Raises:
        CorpusError: problems of the files, or violations of shapes.
    """
    start = time.monotonic()
    found = inspect_corpus(entities, annotations, _tell)
    for entry in found.report.entries:
        if entry.severity != "violation":
            click.echo(f"{entry.severity}: {entry.problem}", err=True)
    if not found.report.conforms:
        violations = (entry.problem for entry in found.report.entries if entry.severity == "violation")
        raise corpus_error(violations)
    click.echo(f"checked in {time.monotonic() - start:.1f} s", err=True)
    return found.dataset, found.corpus


def _tell(step: str) -> None:
    click.echo(step, err=True)


ATLAS_MARK = "<!-- atlas: everything below is written by `araxes atlas` -->"
"""Line of triples/README.md below which the atlas stands."""


@click.command()
@entities_option
@annotations_option
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Markdown file to renew below its mark, such as triples/README.md; without it, standard output.",
)
def atlas(entities: Path, annotations: Path, output: Path | None) -> None:
    """Count the corpus: claims by source, kind, holder, states and decade; entities by class."""
    dataset, corpus = build_dataset(entities, annotations)
    text = atlas_of(dataset, corpus)
    if output is None:
        click.echo(text, nl=False)
        return
    head = output.read_text("utf-8").partition(ATLAS_MARK)[0] if output.exists() else ""
    output.write_text(f"{head}{ATLAS_MARK}\n\n{text}", "utf-8")
    click.echo(f"{output} renewed")

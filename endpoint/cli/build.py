"""``araxes build`` and ``araxes validate``: from YAML to a checked dataset, and into the store."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox

from araxes.endpoint.cli import unchanged
from araxes.endpoint.cli.beside_files import files_beside
from araxes.endpoint.cli.options import built_store_option, corpus_options, datasets_option, kept_option
from araxes.endpoint.cli.output import binary_output, output_option
from araxes.endpoint.engines.embedded import kept_answers
from araxes.endpoint.pages.asked_most import begin_page_answers
from araxes.endpoint.service.own_copies import fingerprints_writer
from araxes.endpoint.service.published_files import beside_in
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.corpus_layers import Layers
from araxes.triples.exports.atlas import atlas as atlas_of
from araxes.triples.originals.fingerprints import FILE
from araxes.triples.runners.on_spark import on_spark
from araxes.triples.runners.processes import InProcesses
from araxes.triples.runners.runner import IN_PROCESS, Runner
from araxes.triples.stores.versioned_store import StoreVersion, Writer, keep_datasets, publish
from araxes.validation.gate.check_corpus import CheckedCorpus, check_layers
from araxes.validation.gate.kept_results import DEFAULT_CACHE, Results
from araxes.validation.gate.report_formats import FORMATS
from araxes.validation.kept_questions import FILE as QUESTIONS_FILE
from araxes.validation.kept_questions import questions_with_terms
from araxes.validation.published import published_dataset

jobs_option = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default="one for each processor",
    help="How many processes to work in at once.",
)
"""``--jobs``."""

cache_option = kept_option(
    "--cache",
    variable="ARAXES_CACHE",
    default=DEFAULT_CACHE,
    text="Folder that keeps what was found; a source is validated again only after a change.",
)
"""``--cache``, also ``ARAXES_CACHE``."""

fresh_option = click.option("--fresh", is_flag=True, help="Validate everything again.")
"""``--fresh``."""


spark_option = click.option(
    "--spark",
    metavar="MASTER",
    help="Do what is done in parts on Spark instead: `local[2]`, or a cluster such as `spark://host:7077`.",
)
"""``--spark``, which needs the extra ``araxes[spark]`` and Java."""


@dataclass(frozen=True)
class Check:
    """The check of the corpus that the options name.

    Attributes:
        layers: the corpus.
        runner: where work is done that is done in parts.
        results: what was found before.
    """

    layers: Layers
    runner: Runner
    results: Results

    def __call__(self, dataset: bool) -> CheckedCorpus:
        """Check it, and keep what its records say if the dataset is wanted."""
        return check_layers(self.layers, _tell, runner=self.runner, results=self.results, quads=dataset)


@contextmanager
def _runner(jobs: int, spark: str | None) -> Iterator[Runner]:
    if spark is None:
        yield IN_PROCESS if jobs == 1 else InProcesses(jobs)
    else:
        with on_spark(spark) as runner:
            yield runner


def checks(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of validation, and for them the arguments ``layers`` and ``check``."""

    @corpus_options
    @jobs_option
    @spark_option
    @cache_option
    @fresh_option
    @wraps(command)
    def with_options(
        *, layers: Layers, jobs: int, spark: str | None, cache: Path, fresh: bool, **others: Any
    ) -> None:
        with collected_seldom(), _runner(jobs, spark) as runner:
            command(layers=layers, check=Check(layers, runner, Results(cache, fresh=fresh)), **others)

    return with_options


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Look for rubbish seldom: nearly all that a build makes it needs to its end."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@click.command(epilog="\b\nExamples:\n  araxes build\n  araxes build --keep 20\n  araxes build --files")
@built_store_option
@datasets_option
@click.option("--files", is_flag=True, help="Also make all files of /downloads, which takes a minute or two.")
@checks
def build(store: Path, layers: Layers, check: Check, keep: int | None, files: bool) -> None:
    """Build the dataset from the annotated sources, validate it, and swap it into the store.

    Nothing is published where nothing has changed since the current version was built.

    Every violation in every file is reported in one run, with file, line, claim and remedy; then
    nothing is published and the store that was there keeps serving. Warnings and remarks are counted:
    `araxes validate` lists them, and publishes nothing.
    """
    start = time.monotonic()
    asked = questions_with_terms(layers)
    if keep is not None:
        keep_datasets(store, keep)
    checked = check(True)
    described = checked.described()
    made_from = unchanged.made_of(checked, layers, asked)
    counts = [_counted(number, severity) for severity, number in checked.report.counts.items() if number]
    if counts:
        click.echo(f"{', '.join(counts)}; `araxes validate` lists what was found", err=True)
    version = None if check.results.fresh else unchanged.already_current(store, made_from)
    if version is not None:
        click.echo("nothing has changed since this was built; `--fresh` builds it again", err=True)
    else:
        click.echo(f"checked in {time.monotonic() - start:.1f} s; putting together and comparing …", err=True)
        beside = {**beside_in(store, asked), unchanged.FILE: unchanged.writer(made_from)}
        version = _published(described, check.runner, layers, store, beside)
    if files:
        click.echo("making files for download …", err=True)
        for _ in files_beside(version):
            pass
    click.echo(f"{version.quads} quads, {checked.claims} claims, digest {version.digest[:16]}, in {store}")


def _published(
    described: Iterator[ox.Quad], runner: Runner, layers: Layers, store: Path, beside: Mapping[str, Writer]
) -> StoreVersion:
    """Put together, compare and publish; tell what was found."""
    made = published_dataset(described, runner)
    agreeing = sum(case.agrees for case in made.cases)
    found = made.points_at_issue
    compared = (
        f"{len(made.cases) - agreeing} clashes, {found['Dispute']} disputes, {found['Contrast']} contrasts, "
        f"{found['Inconsistency']} inconsistencies, {agreeing} corroborations"
    )
    click.echo(f"{compared}; publishing …", err=True)
    prints = fingerprints_writer(folder.root for folder in layers.folders)
    # What another process makes has the whole time if it comes first; but it reads the questions.
    first = {QUESTIONS_FILE: beside[QUESTIONS_FILE], kept_answers.FILE: begin_page_answers}
    return publish(made.dataset, store, origin="build", beside={**first, **beside, FILE: prints})


def _counted(number: int, severity: str) -> str:
    """A number of findings: infos are called remarks.

    >>> _counted(1, "warning"), _counted(2, "info")
    ('1 warning', '2 remarks')
    """
    return f"{number} {'remark' if severity == 'info' else severity}{'s' if number != 1 else ''}"


@click.command(
    epilog="\b\nExamples:\n  araxes validate\n  araxes validate --format html -o report.html\n"
    "  araxes validate --format junit -o report.xml"
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@output_option
@checks
def validate(form: str, output: Path | None, layers: Layers, check: Check) -> None:
    """Check the annotated sources; publish nothing.

    Everything is reported in one run: what the files get wrong, and what the shapes find in the part
    that can be read. A source is looked at again only if it, or something that it mentions, has changed
    since. Exit code 0: may be published, perhaps with warnings. 1: violations.
    """
    report = check(False).report
    if form == "text" and output is None and report.conforms and not report.findings:
        click.echo(f"valid: {report.summary}")
        return
    text = FORMATS[form](report)
    with binary_output(output) as out:
        out.write(text.encode("utf-8"))
    if output is not None:
        click.echo(f"{output} written", err=True)
    if not report.conforms:
        raise click.exceptions.Exit(1)


def _tell(step: str) -> None:
    click.echo(step, err=True)


ATLAS_MARK = "<!-- atlas: everything below is written by `araxes atlas` -->"
"""Line of triples/README.md below which the atlas stands."""


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Markdown file to renew below its mark, such as triples/README.md; without it, standard output.",
)
@checks
def atlas(output: Path | None, layers: Layers, check: Check) -> None:
    """Count what is published: claims by source, kind, holder, states and decade; entities by class."""
    made = published_dataset(check(True).described(), check.runner)
    text = atlas_of(made.dataset, made.claims)
    if output is None:
        click.echo(text, nl=False)
        return
    head = output.read_text("utf-8").partition(ATLAS_MARK)[0] if output.exists() else ""
    write_whole(output, f"{head}{ATLAS_MARK}\n\n{text}")
    click.echo(f"{output} renewed")

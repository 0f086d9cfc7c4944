"""``araxes verify``, ``araxes locate`` and ``araxes coverage``: the annotation against the originals."""

from __future__ import annotations

from pathlib import Path

import click

from araxes.endpoint.cli.options import corpus_options
from araxes.ontology.errors import AraxesError, InputError
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_layers
from araxes.triples.authoring.corpus_layers import Layers
from araxes.triples.authoring.findings import Finding
from araxes.triples.authoring.sound_corpus import SoundCorpus, SoundRecord
from araxes.triples.originals import passages
from araxes.triples.originals.coverage import coverage as coverage_of
from araxes.triples.originals.passages import (
    Original,
    read_original,
    slice_digest,
)
from araxes.validation.gate.wording.certainty import certainty_of_passages

originals_option = click.option(
    "--originals",
    "--sources",
    "originals",
    type=click.Path(file_okay=False, path_type=Path),
    multiple=True,
    envvar="ARAXES_SOURCES",
    show_envvar=True,
    help="Folder of original texts, besides those that corpora name; may be repeated.",
)
"""``--originals``, also ``ARAXES_SOURCES``."""


class VerificationError(AraxesError):
    """Passages do not stand in the originals as the project says."""


@click.command()
@originals_option
@corpus_options
@click.option("--claim", "claim_id", help="Only this claim, with its passages shown.")
def verify(originals: tuple[Path, ...], layers: Layers, claim_id: str | None) -> None:
    """Check every passage against the original texts.

    Each claim's passage is cut out of the original and its SHA-256 compared with the recorded one.
    Exit code 0: all stand. 1: some do not, each named with its claim, file and offsets.
    A passage that hedges or stresses in words while `certainty` says otherwise is a warning.

    \b
    Example:
      araxes verify --originals ../sources
      araxes verify --claim claim/irna-2019/012
    """
    corpus = _corpus(layers)
    folders = _folders(originals, layers)
    if claim_id:
        _show(corpus, folders, claim_id)
        return
    failures: list[str] = []
    warnings: list[Finding] = []
    total = 0
    for source in corpus.sources:
        original = read_original(source, *folders)
        checks = list(passages.verify(corpus, original))
        bad = [check for check in checks if not check.holds]
        total += len(checks)
        claims = (claim for claim in corpus.claims if claim.source == source.id)
        warnings += certainty_of_passages(claims, original.text)
        failures += [
            f"{check.claim}: {check.file}, characters {check.start}–{check.end} are not what was annotated"
            for check in bad
        ]
        if not original.unchanged and not bad:
            failures.append(
                f"{original.source}: {original.path.name} has changed, though in no passage "
                f"(SHA-256 {original.digest[:16]}…, expected {original.expected[:16]}…)"
            )
        click.echo(f"{original.path.name}: {len(checks) - len(bad)} of {len(checks)} passages stand")
    for warning in sorted(warnings):
        click.echo(f"warning: {warning}", err=True)
    if not total:
        raise VerificationError(
            "no passage was checked", "name the folders of annotated sources and originals"
        )
    if failures:
        remedy = "restore the original, or annotate the changed places again (araxes locate)"
        raise VerificationError("\n".join([f"{len(failures)} failures", *failures]), remedy)
    click.echo(f"all {total} passages stand")


@click.command()
@originals_option
@corpus_options
@click.option(
    "--line",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Line of the original from which to search.",
)
@click.argument("source")
@click.argument("words")
def locate(originals: tuple[Path, ...], layers: Layers, line: int, source: str, words: str) -> None:
    """Find a passage by its words and print it as YAML.

    SOURCE is the id of a source (source/irna-2019) or a file name; WORDS the first and last words
    joined by …, or the whole passage. White space is free.
    """
    corpus = _corpus(layers)
    original = _original(corpus, _folders(originals, layers), source)
    start, end = passages.locate(original.text, words, line)
    click.echo(f"passage: {{start: {start}, end: {end}, sha256: {slice_digest(original.text, start, end)}}}")


@click.command()
@originals_option
@corpus_options
@click.argument("source", required=False)
def coverage(originals: tuple[Path, ...], layers: Layers, source: str | None) -> None:
    """List digits and known names of the originals that no passage covers.

    An aid for annotators: what is listed was perhaps overlooked. Exit code 0 always, unless nothing
    could be examined.
    """
    corpus = _corpus(layers)
    folders = _folders(originals, layers)
    chosen = [_record(corpus, source)] if source else list(corpus.sources)
    if not chosen:
        raise InputError("there is no source to examine", "name the folder of annotated sources")
    for record in chosen:
        original = read_original(record, *folders)
        report = coverage_of(corpus, original)
        click.echo(
            f"{original.path.name}: passages of {report.claims} claims cover {report.share:.1%} of it; "
            f"not covered: {len(report.digits)} figures, {len(report.names)} names"
        )
        figures = [(line, "figure", text) for line, text in report.digits]
        names = [(line, "name", text) for line, text in report.names]
        for line, kind, text in sorted(figures + names):
            click.echo(f"  line {line}: {kind} {text}")


def _corpus(layers: Layers) -> SoundCorpus:
    return check_records(read_layers(layers)).whole()


def _folders(named: tuple[Path, ...], layers: Layers) -> list[Path]:
    folders = layers.originals(named)
    if not folders:
        raise InputError(
            "the folder of the original texts is not known",
            "name it with --originals or ARAXES_SOURCES, or in corpus.toml; "
            "the originals are not part of the project",
        )
    return folders


def _record(corpus: SoundCorpus, name: str) -> SoundRecord:
    for record in corpus.sources:
        if name in {record.id, record.id.removeprefix("source/"), record.data["sourceText"]["fileName"]}:
            return record
    known = ", ".join(record.id for record in corpus.sources)
    raise InputError(f"unknown source {name!r}", f"known are {known}")


def _original(corpus: SoundCorpus, folders: list[Path], name: str) -> Original:
    return read_original(_record(corpus, name), *folders)


def _show(corpus: SoundCorpus, folders: list[Path], claim_id: str) -> None:
    claim = next((record for record in corpus.claims if record.id == claim_id), None)
    if claim is None:
        raise InputError(f"there is no claim {claim_id!r}", "see `araxes export claims` for the ids")
    original = _original(corpus, folders, claim.source)
    for language, text in claim.data["paraphrase"].items():
        click.echo(f"{language}: {text}" if len(claim.data["paraphrase"]) > 1 else text)
    for start, end, sha256 in claim.spans():
        stands = "stands" if slice_digest(original.text, start, end) == sha256 else "DOES NOT STAND"
        click.echo(f"— {original.path.name} {start}–{end} ({stands}):\n{original.text[start:end]}")

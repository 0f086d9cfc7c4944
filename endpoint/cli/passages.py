"""``araxes verify``, ``araxes locate`` and ``araxes coverage``: the annotation against the originals.

They work on any text and whatever state the annotated files are in: what cannot be read is told, and the
rest is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from araxes.endpoint.cli.options import Places, places_options
from araxes.endpoint.cli.verification import verify_all
from araxes.ontology.errors import InputError
from araxes.triples.authoring.corpus import Record
from araxes.triples.authoring.findings import shown
from araxes.triples.authoring.near_things import nearest
from araxes.triples.drafting.altered_copies import ComparedClaim, ComparedCopy, FingerprintedCopy
from araxes.triples.drafting.folded_text import FoldedText
from araxes.triples.drafting.quote_search import line_of
from araxes.triples.drafting.quote_search import locate as places_of
from araxes.triples.originals.annotated_files import (
    AnnotatedFiles,
    SourceText,
    read_annotated,
    read_heads,
    sentences_of,
    spans_of,
    texts_of,
)
from araxes.triples.originals.coverage import coverage as coverage_of
from araxes.triples.originals.coverage import names_of_entities
from araxes.triples.originals.fingerprints import FILE as PRINTS
from araxes.triples.originals.fingerprints import Fingerprint, key_of
from araxes.triples.originals.fingerprints import read as read_prints
from araxes.triples.originals.passages import (
    as_yaml,
    read_original,
    read_text_file,
    slice_digest,
)
from araxes.triples.originals.pdf_text import readings_of_pdf

source_option = click.option(
    "--source", help="Only this source: its id, what follows in it, or the name of its text."
)
"""``--source``."""


@click.command()
@places_options
@source_option
@click.option("--claim", "claim_id", help="Only this claim, with its passages shown.")
@click.option(
    "--tolerant",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Another copy of the source (text or PDF), whose characters may lie elsewhere: "
    "tell of each claim whether its words are found there, found altered, or not found. "
    "Without the originals, the published fingerprints of the passages tell it.",
)
def verify(places: Places, source: str | None, claim_id: str | None, tolerant: Path | None) -> None:
    """Check every passage against the original texts.

    Each claim's passage is cut out of the original and its SHA-256 compared with the recorded one; no
    paraphrase may have more than ten words in a row from its source.
    Exit code 0: all is so. 1: it is not, each place named with its claim, file and offsets.
    Of corpora below the uppermost the originals need not be at hand: what could not be verified is named, and
    is no failure.
    A passage that hedges or stresses in words while `certainty` says otherwise is a warning.

    \b
    Examples:
      araxes verify --originals ../sources
      araxes verify --source irna-2019
      araxes verify --claim claim/irna-2019/012
      araxes verify --source irna-2019 --tolerant my-copy.txt
    """
    if claim_id:
        if not re.fullmatch(r"claim/[a-z0-9-]+/[a-z0-9-]+", claim_id):
            remedy = (
                "write claim/, what follows source/ in its source's id, and a number: claim/irna-2019/012"
            )
            raise InputError(f"{claim_id!r} is no id of a claim", remedy)
        source = source or "/".join(["source", *claim_id.split("/")[1:2]])
    elif tolerant:
        texts, read = _read(places, source)
        _compare(read, texts, places, tolerant)
        return
    folders = places.originals
    texts, read = _read(places, source)
    if claim_id:
        _show(read, texts, folders, claim_id)
    else:
        verify_all(read, texts, places, source)


@click.command()
@places_options
@click.option(
    "--line",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Line of the original from which to search.",
)
@click.option("--occurrence", type=click.IntRange(min=1), help="Which of several places.")
@click.option(
    "--quotes",
    type=click.File("r", encoding="utf-8"),
    help="File with one quote a line; - is standard input.",
)
@click.argument("source")
@click.argument("words", nargs=-1)
def locate(
    places: Places,
    line: int,
    occurrence: int | None,
    quotes: Iterable[str] | None,
    source: str,
    words: tuple[str, ...],
) -> None:
    """Find passages by their words and print them as YAML.

    SOURCE is a file of text, the id of a source (source/irna-2019) or the name of its original; each of
    WORDS is the whole passage, or its first and last words joined by … (or ...), in the order of the text and
    within 2,000 characters. Capitals, marks around the words, quotation marks, dashes, forms of
    Persian letters, joiners, white space, line breaks and hyphenation need not be as they are in the text.
    Every place is printed; exit code 1 if some words are not there.

    \b
    Examples:
      araxes locate paper.txt "first words … last words"
      araxes locate source/irna-2019 --quotes quotes.txt
    """
    wanted = [*words, *(quote.strip() for quote in quotes or () if quote.strip())]
    if not wanted:
        raise InputError("no words are given", "name them after the source, or a file with --quotes")
    text = FoldedText(_any_text(places, source))
    missing: list[str] = []
    for quote in wanted:
        try:
            found = places_of(text, quote, line)
        except InputError as error:
            missing.append(f"{error.message} → {error.remedy}")
            continue
        chosen = found if occurrence is None else found[occurrence - 1 : occurrence]
        if not chosen:
            missing.append(
                f"there is no occurrence {occurrence} of {quote!r}: it stands at {len(found)} places → "
                f"choose one from 1 to {len(found)}"
            )
        if len(wanted) > 1:
            click.echo(f"# {quote}")
        for start, end in chosen:
            note = f"  # line {line_of(text.text, start)}" if len(found) > 1 else ""
            click.echo(f"passage: {as_yaml(text.text, start, end)}{note}")
        if chosen and not _is_so_written(text.text, chosen[0], quote):
            there = " ".join(text.text[slice(*chosen[0])].split())
            click.echo(f"the text has other capitals or marks: «{there}»", err=True)
        if len(chosen) > 1:
            click.echo(f"{len(chosen)} places; take one, or choose with --occurrence", err=True)
    if missing:
        raise InputError("\n".join(missing), "")


def _is_so_written(text: str, span: tuple[int, int], quote: str) -> bool:
    """Whether a place has just these words, but for what is folded; with words left out that is not asked."""
    there, wanted = FoldedText(text[slice(*span)]).folded, FoldedText(quote).folded
    return there == wanted or there.casefold() != wanted.casefold().strip('".,;:!?')


@click.command()
@places_options
@source_option
@click.argument("name", metavar="[SOURCE]", required=False)
def coverage(places: Places, source: str | None, name: str | None) -> None:
    """List digits and known names of the originals that no passage covers.

    An aid for annotators: what is listed was perhaps overlooked. Exit code 0 always, unless nothing
    could be examined.
    """
    folders = places.originals
    texts, read = _read(places, source or name)
    known = places.entities()
    names = names_of_entities(known.entities)
    for finding in sorted([*read.findings, *known.findings]):
        click.echo(f"warning: {finding}", err=True)
    for text in texts:
        original = read_original(text, *folders)
        report = coverage_of(map(spans_of, read.of(text.source)), names, original)
        click.echo(
            f"{original.path.name}: passages of {report.claims} claims cover {report.share:.1%} of it; "
            f"not covered: {len(report.digits)} figures, {len(report.names)} names"
        )
        figures = [(line, "figure", words) for line, words in report.digits]
        uncovered = [(line, "name", words) for line, words in report.names]
        for line, kind, words in sorted(figures + uncovered):
            click.echo(f"  line {line}: {kind} {words}")


def _read(places: Places, name: str | None) -> tuple[list[SourceText], AnnotatedFiles]:
    """The texts of the sources that are asked for, and what is annotated of them."""
    files = places.sources
    if name is None:
        read = read_annotated(files)
        return texts_of(read.sources), read
    text = source_called(texts_of(read_heads(files).sources), name)
    return [text], read_annotated(files, text.source)


def source_called(texts: list[SourceText], name: str) -> SourceText:
    """The source that a name means.

    Raises:
        InputError: it means none.
    """
    for text in texts:
        if text.is_called(name):
            return text
    called = {text.source: [text.label] if text.label else [] for text in texts}
    remedy = nearest(name, called, f"known are {', '.join(called) or 'none'}")
    raise InputError(f"unknown source {name!r}", remedy)


def _any_text(places: Places, name: str) -> str:
    """The text of a file, or of the original of a source."""
    path = Path(name)
    for each in (path, *(folder / path.name for folder in places.layers.originals(places.named))):
        if each.is_file() and name.rpartition("/")[0] != "source":
            return read_text_file(each)[0]
    texts = texts_of(read_heads(places.sources).sources)
    if path.suffix and not any(text.is_called(name) for text in texts):
        looked = ", ".join(map(shown, (Path.cwd(), *places.layers.originals(places.named))))
        raise InputError(f"there is no file {name} in {looked}, nor a source of that name", "check the path")
    return read_original(source_called(texts, name), *places.originals).text


def _one_claim(read: AnnotatedFiles, claim_id: str) -> Record:
    claim = next((record for record in read.claims if record.id == claim_id), None)
    if claim is None:
        said = {record.id: list(sentences_of(record).values()) for record in read.claims}
        otherwise = f"its source has {len(said)} claims" if said else "its source has no claim"
        raise InputError(f"there is no claim {claim_id!r}", nearest(claim_id, said, otherwise))
    return claim


def _show(read: AnnotatedFiles, texts: list[SourceText], folders: list[Path], claim_id: str) -> None:
    claim = _one_claim(read, claim_id)
    (text,) = texts
    original = read_original(text, *folders)
    sentences = sentences_of(claim)
    for language, sentence in sentences.items():
        click.echo(f"{language}: {sentence}" if len(sentences) > 1 else sentence)
    for span in spans_of(claim):
        stands = slice_digest(original.text, span.start, span.end) == span.sha256
        click.echo(
            f"— {original.path.name} {span.start}–{span.end} ({'stands' if stands else 'DOES NOT STAND'}):\n"
            f"{original.text[span.start : span.end]}"
        )


def _compare(read: AnnotatedFiles, texts: list[SourceText], places: Places, copy: Path) -> None:
    if len(texts) != 1:
        raise InputError("a copy is of one source", "say of which, with --source")
    claims, readings = read.of(texts[0].source), _readings_of_copy(copy)
    verdicts: dict[str, int] = {}
    for claim, compared in _compared(claims, texts[0], places, readings):
        verdicts[compared.verdict] = verdicts.get(compared.verdict, 0) + 1
        click.echo(f"{claim.id}: {_said(compared)}")
    click.echo(", ".join(f"{number} {verdict}" for verdict, number in sorted(verdicts.items())))
    if set(verdicts) - {"found"}:
        raise click.exceptions.Exit(1)


def _compared(
    claims: list[Record], text: SourceText, places: Places, readings: list[str]
) -> Iterator[tuple[Record, ComparedClaim]]:
    """Each claim in a copy: beside the original where that is at hand, else by published fingerprints.

    Raises:
        InputError: there is neither.
    """
    try:
        original = read_original(text, *places.originals)
    except InputError:
        prints = _known_prints(places)
        if not any(key_of(span.sha256, span.start) in prints for claim in claims for span in spans_of(claim)):
            raise
        by_prints = FingerprintedCopy(prints, readings)
        yield from ((claim, by_prints.claim(spans_of(claim))) for claim in claims)
        return
    beside = ComparedCopy(original.text, readings)
    for claim in claims:
        yield claim, beside.claim([(span.start, span.end) for span in spans_of(claim)])


def _known_prints(places: Places) -> dict[str, Fingerprint]:
    """The fingerprints that corpora hold, by the keys of their passages."""
    found: dict[str, Fingerprint] = {}
    for folder in places.layers.folders:
        path = folder.root / PRINTS
        if path.exists():
            try:
                found |= read_prints(path.read_text("utf-8"))
            except ValueError as error:
                raise InputError(f"{path}: {error}", "run `araxes fingerprints`") from error
    return found


def _readings_of_copy(path: Path) -> list[str]:
    """What a copy may be meant to say; it may be a PDF.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            is_pdf = file.read(5) == b"%PDF-"
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", "check the path") from error
    return readings_of_pdf(path) if is_pdf else [read_text_file(path)[0]]


def _said(compared: ComparedClaim) -> str:
    where = ", ".join(
        f"{start}–{end} (line {line})"
        for (start, end), line in zip(compared.places, compared.lines, strict=True)
    )
    differing = "; ".join(f"«{there}» for «{here}»" for here, there in compared.instead)
    return " ".join(filter(None, [compared.verdict, f"at {where}" if where else "", differing]))

"""``araxes import``: annotations of other programs as drafts, and claims out of nanopublications."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import Places, places_options
from araxes.endpoint.cli.output import binary_output, output_option
from araxes.ontology.errors import InputError
from araxes.triples.authoring.corpus import strings
from araxes.triples.authoring.near_things import nearest
from araxes.triples.dataset import canonical_nquads
from araxes.triples.drafting.folded_text import FoldedText
from araxes.triples.drafting.names import slug
from araxes.triples.drafting.quote_search import find_quote
from araxes.triples.drafting.written_yaml import records, scalar
from araxes.triples.exchange.annotations import drafted_items, read_annotation_file
from araxes.triples.exchange.nanopublications import claims_of_nanopublications
from araxes.triples.originals.annotated_files import read_heads, texts_of
from araxes.triples.originals.passages import read_text_file
from araxes.triples.stores.rdf_files import read_rdf_files
from araxes.triples.stores.stored_literals import as_stored, changed_literals
from araxes.validation.published import with_these_claims

_EVERY = 5.0
"""So many seconds lie between two signs of life."""


@click.group(name="import")
def import_command() -> None:
    """Read what other programs wrote.

    \b
    Examples:
      araxes import annotations notes.jsonld --source source/miller-2024 --text delta.txt -o delta.draft.yaml
      araxes import nanopublications claims.trig -o claims.nq
    """


@import_command.command(name="annotations")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--source", required=True, help="Id of the source that was annotated.")
@click.option(
    "--text",
    "original",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="The text that was annotated.  [default: that of the source, if a corpus describes it]",
)
@places_options
@output_option
def import_annotations(
    file: Path, source: str, original: Path | None, places: Places, output: Path | None
) -> None:
    """Make a draft of Web Annotations (JSON-LD) or of an export of Hypothes.is, brat (.ann) or INCEpTION.

    INCEpTION: UIMA CAS JSON, or UIMA CAS XMI as its zip; the text is in the file.

    Quotes become quotes, notes paraphrases; lines `subject | property | object` and relations become
    statements. Complete the draft, then: araxes draft FILE.
    """
    if not re.fullmatch(r"source/[a-z0-9-]+", source):
        remedy = f"write source/{slug(source.removeprefix('source/')) or '…'}"
        raise InputError(f"--source: {source!r} is no id of a source", remedy)
    _tell_unknown(source, places)
    original = original or _original_of(source, places)
    text = read_text_file(original)[0] if original else ""
    folded = FoldedText(text)
    items = list(drafted_items(read_annotation_file(file, text, lambda what: click.echo(what, err=True))))
    if not items:
        remedy = (
            "give --text, if it marks positions alone; of brat and INCEpTION only relations become claims, "
            "and spans of which a note says something"
        )
        raise InputError(f"{file} marks no words that could be a claim", remedy)
    named = f"text: {scalar(original.name)}\n" if original else ""
    drafted = f"source: {scalar(source)}\n{named}claims:\n{records(items)}"
    with binary_output(output) as out:
        out.write(drafted.encode("utf-8"))
    if text and (lost := sum(not find_quote(folded, str(item["quote"])) for item in items)):
        where, near = original.name if original else "", "`araxes draft` shows what is near"
        click.echo(f"{lost} of the quotes do not stand in {where}: {near}", err=True)
    bare = sum(not item["asserts"] for item in items)
    click.echo(f"{len(items)} claims drafted; {bare} of them say nothing yet: write `asserts`", err=True)


def _tell_unknown(source: str, places: Places) -> None:
    """Tell at once of a source that no corpus describes: it may be misspelt, or is still to be described."""
    labels = {each.id: list(strings(each.data.get("label"))) for each in read_heads(places.sources).sources}
    if source not in labels:
        remedy = nearest(source, labels, "describe it before the draft is looked at: araxes new source")
        click.echo(f"warning: no corpus describes {source}: {remedy}", err=True)


def _original_of(source: str, places: Places) -> Path | None:
    """The text of a source, if a corpus describes it and the text is at hand."""
    for text in texts_of(read_heads(places.sources).sources):
        if text.source == source:
            found = (folder / text.file_name for folder in places.layers.originals(places.named))
            return next((path for path in found if path.is_file()), None)
    return None


@import_command.command(
    name="nanopublications",
    epilog="\b\nStep by step, from one who publishes to one who serves:\n"
    "  araxes export dataset --corpus mine -o mine.nq              the records that claims name\n"
    "  araxes export nanopublications --corpus mine -o claims.nq   the claims, to be handed on one by one\n"
    "  araxes import nanopublications claims.nq --with mine.nq -o back.nq\n"
    "  araxes load back.nq && araxes serve",
)
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option(
    "--with",
    "described",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Published dataset that describes what the claims name: makes a dataset that `araxes load` takes.",
)
@output_option
def import_nanopublications(file: Path, described: Path | None, output: Path | None) -> None:
    """Take claims out of nanopublications (TriG or N-Quads), once names and signatures are verified.

    With --with the outcome is a whole dataset: these claims over the sources, people and things of that one,
    compared anew; of all its claims, the very same dataset. Without it, N-Quads of the claims alone and of
    what is recorded of them, which nothing can serve by themselves.
    """
    form = ox.RdfFormat.N_QUADS if file.suffix in {".nq", ".nquads"} else ox.RdfFormat.TRIG
    quads = list(claims_of_nanopublications(file.read_bytes(), form, _signs_of_life()))
    claims = len({q.graph_name for q in quads}) - 1
    if described is None:
        data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
        remedy = "claims alone: to load them, say what describes the things they name, with --with DATASET"
        click.echo(remedy, err=True)
    else:
        click.echo(f"comparing the claims, over what {described.name} describes …", err=True)
        made = with_these_claims(read_rdf_files([described]), quads)
        data = canonical_nquads(as_stored(made, changed_literals(made)))
    with binary_output(output) as out:
        out.write(data)
    click.echo(f"{claims} claims, {data.count(bytes([10]))} quads", err=True)


def _signs_of_life() -> Callable[[int, int], None]:
    """What tells every few seconds how many nanopublications are verified."""
    told = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            click.echo(f"{done} of {of} nanopublications verified …", err=True)

    return tell

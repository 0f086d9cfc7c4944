"""``araxes new``: the folder of a corpus, and the head of a source made of its reference."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import click

from araxes.endpoint.cli.options import Places, places_options
from araxes.endpoint.search.matching.record_names import RecordNames
from araxes.ontology.errors import InputError
from araxes.ontology.vocabulary import vocabulary
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.corpus_layers import SHIPPED, CorpusFolder
from araxes.triples.authoring.findings import did_you_mean, shown
from araxes.triples.drafting.names import slug
from araxes.triples.drafting.new_corpora import NewCorpus, make_corpus
from araxes.triples.drafting.references import Item, read_references
from araxes.triples.drafting.source_heads import SourceHead, TextRead, first_reading, source_head, source_slug
from araxes.triples.drafting.terms import terms
from araxes.triples.drafting.written_yaml import mapping, record, records
from araxes.triples.originals.annotated_files import read_heads, texts_of
from araxes.triples.originals.passages import read_text_file


@click.group()
def new() -> None:
    """Begin a corpus of one's own, or a source in it.

    \b
    Examples:
      araxes new corpus caspian --namespace https://example.org/caspian/ --language en --curator "Jane Doe"
      araxes new source --corpus caspian --text paper.txt --reference paper.bib
    """


@new.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--namespace", required=True, help="How the IRIs of its things begin: an IRI of yours, with / at its end."
)
@click.option("--name", help="Its name, the prefix of its ids elsewhere.  [default: the folder's]")
@click.option("--language", "languages", multiple=True, default=("en",), show_default=True,
              help="A language that all its texts must have; repeat it for several.")  # fmt: skip
@click.option("--curator", default="", help="Who reads: becomes an entity of type Curator.")
@click.option("--title", default="", help="What it is called in full.")
@click.option("--licence", default="", help="IRI of the licence of what you write.")
def corpus(folder: Path, name: str | None, languages: tuple[str, ...], **said: str) -> None:
    """Make FOLDER a corpus: corpus.toml, and folders for sources, entities, mappings, originals."""
    if said["curator"] and not said["curator"].strip():
        raise InputError("--curator is blank", "write a name, or leave it out")
    called = name or folder.resolve().name.casefold()
    made = make_corpus(folder, NewCorpus(called, languages=list(dict.fromkeys(languages)), **said))
    click.echo(f"{shown(made.file)} written; next: araxes new source --corpus {shown(folder)} --text FILE …")


@new.command()
@places_options
@click.option("--text", "text", type=click.Path(dir_okay=False, exists=True, path_type=Path), required=True,
              help="The text that is read, in UTF-8; copied among the originals of the corpus.")  # fmt: skip
@click.option("--reference", type=click.Path(dir_okay=False, exists=True, path_type=Path),
              help="CSL-JSON, BibTeX, RIS, or the metadata of a DOI, with one reference.")  # fmt: skip
@click.option("--key", help="With several references in the file: which, by its number from 1.")
@click.option("--id", "name", help="What follows source/ in its id.  [default: author and year]")
@click.option("--type", "kind", default="", help='Kind of source, such as Report or "web page".')
@click.option("--language", default="", help="BCP 47 tag of the text.  [default: the reference's, else en]")
@click.option("--curator", default="", help="Id of who reads.  [default: the first curator of corpus.toml]")
def source(places: Places, text: Path, reference: Path | None, name: str | None, **said: Any) -> None:
    """Write the file of a source: its head from a reference, and no claims yet.

    Authors whom no corpus knows become entities. What could not be filled in is listed.
    """
    top = places.layers.top
    if top.root.resolve() == SHIPPED.resolve():
        raise InputError(
            "no corpus of yours is named", "name it with --corpus; `araxes new corpus` makes one"
        )
    wanted = _kind(said["kind"])
    item = _item(reference, said["key"])
    called = name or source_slug(item)
    if not called:
        raise InputError("neither author nor title give an id", "say it with --id")
    if called != slug(called):
        raise InputError(
            f"{called!r} cannot be part of an id",
            f"write small Latin letters, digits and hyphens: {slug(called)}",
        )
    file = top.sources / f"{called}.yaml"
    _refuse_known(places, called, file)
    curator = said["curator"] or next(iter(top.curators), "")
    if not curator:
        raise InputError("nobody is said to read it", "name a curator with --curator, or in corpus.toml")
    head = source_head(
        item,
        _text_read(text, top),
        name=called,
        kind=wanted,
        language=said["language"],
        names=RecordNames(places.entities().entities),
    )
    _write(head, file, top, curator)


def _item(reference: Path | None, key: str | None) -> Item:
    if reference is None:
        return {}
    found = read_references(reference)
    if key is None and len(found) > 1:
        listed = "; ".join(f"{number}: {item.get('title', '?')}" for number, item in enumerate(found[:9], 1))
        raise InputError(
            f"{shown(reference)} holds {len(found)} references: {listed}", "choose one with --key"
        )
    number = int(key) if key and key.isdecimal() else 1 if key is None else 0
    if not 1 <= number <= len(found):
        raise InputError(f"there is no reference {key!r}", f"choose a number from 1 to {len(found)}")
    return found[number - 1]


def _refuse_known(places: Places, called: str, file: Path) -> None:
    if file.exists():
        raise InputError(f"{shown(file)} is there already", "name another with --id")
    known = texts_of(read_heads(places.sources).sources)
    if any(each.source == f"source/{called}" for each in known):
        raise InputError(f"source/{called} is described already", "name another with --id")


def _kind(named: str) -> str:
    """The class that a kind of source names.

    Raises:
        InputError: it is none.
    """
    if not named:
        return ""
    kinds = sorted(name for name, above in vocabulary().classes.items() if "Work" in above)
    found = [name for name in terms().named("class", named) if name in kinds]
    if len(found) != 1:
        raise InputError(
            f"{named!r} is no kind of source", did_you_mean(named, kinds, f"use {', '.join(kinds)}")
        )
    return found[0]


def _text_read(path: Path, top: CorpusFolder) -> TextRead:
    """The text, copied among the originals unless it lies there."""
    text, digest = read_text_file(path)
    if not text.strip():
        raise InputError(f"{shown(path)} is blank", "name the file that holds the text")
    if top.originals is not None:
        place = top.originals / path.name
        if place.exists() and hashlib.sha256(place.read_bytes()).hexdigest() != digest:
            raise InputError(f"{shown(place)} is another text", "rename one of the two")
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    return TextRead(path.name, digest, len(text))


def _write(head: SourceHead, file: Path, top: CorpusFolder, curator: str) -> None:
    reading = first_reading(head.source["id"], curator, date.today().isoformat(), top.languages)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, f"{mapping('source', head.source)}curation:\n{record(reading)}claims: []\n")
    click.echo(f"{shown(file)} written")
    if head.people:
        people = top.entities / f"{file.stem}.yaml"
        people.parent.mkdir(parents=True, exist_ok=True)
        written = people.read_text("utf-8") if people.exists() else ""
        write_whole(people, written + records(head.people))
        click.echo(f"{shown(people)} written: {', '.join(str(each['id']) for each in head.people)}")
    labels = [each["label"] for each in (head.source, head.source["sourceAuthor"], *head.people)]
    missing = sorted({tag for label in labels for tag in top.languages if tag not in label})
    to_do = [*head.to_do, *([f"labels in {', '.join(missing)}"] if missing else [])]
    for line in to_do:
        click.echo(f"to do: {line}", err=True)

"""Files of a corpus that nobody reads, because of their name or place: told, since silence loses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from araxes.triples.authoring.corpus_layers import CorpusFolder
from araxes.triples.authoring.findings import Finding, Place, near_words

_READ = {
    "entities": (".yaml", {".yml"}),
    "sources": (".yaml", {".yml"}),
    "mappings": (".tsv", {".csv", ".txt"}),
    "questions": (".rq", {".sparql"}),
    "ontology": (".ttl", {".owl", ".rdf", ".nt", ".jsonld", ".turtle"}),
}
"""Folder → ending of what is read in it, and endings of what is meant likewise."""

_OTHERS = frozenset({"originals", "build"})
_NO_RECORDS = re.compile(rb"^\s*(-\s*)?(quote|table|things)\s*:", re.MULTILINE)
"""What stands in drafts and mappings of tables, which lie wherever one likes."""


def unread_files(corpus: CorpusFolder) -> Iterator[Finding]:
    """A violation for each file that looks like one of a corpus and is not read as such.

    Args:
        corpus: the corpus; of one that no ``corpus.toml`` describes nothing is told.
    """
    if not corpus.described:
        return
    for name, (ending, alike) in _READ.items():
        folder = corpus.root / name
        for path in _files(folder):
            meant = path.suffix.casefold() == ending or path.suffix.casefold() in alike
            if meant and (path.parent != folder or path.suffix != ending):
                yield _unread(path, folder, ending)
    yield from _misplaced(corpus)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


def _unread(path: Path, folder: Path, ending: str) -> Finding:
    place = Place(path)
    if path.parent != folder:
        message = f"is not read: it lies below {folder.name}/, not in it"
        return Finding(place, "", message, f"move it to {folder.name}/{path.stem}{ending}")
    if path.suffix.casefold() in (ending, ".yml", ".sparql", ".turtle"):
        remedy = f"rename it to {path.stem}{ending}"
    else:
        remedy = f"write it as {path.stem}{ending} (the form that {folder.name}/ holds), or move it elsewhere"
    return Finding(place, "", f"is not read: only names in {ending} are", remedy)


def _misplaced(corpus: CorpusFolder) -> Iterator[Finding]:
    """Files of records beside ``corpus.toml``, and folders that are called nearly as they should be."""
    for path in sorted(corpus.root.iterdir()):
        if path.name.startswith(".") or path.name in {*_READ, *_OTHERS}:
            continue
        if path.is_file() and path.suffix.casefold() in (".yaml", ".yml") and _holds_records(path):
            remedy = "move it into sources/ or entities/; a draft has claims with `quote:`"
            yield Finding(Place(path), "", "is not read: it lies beside corpus.toml", remedy)
        meant = _meant(path.name)
        if path.is_dir() and meant and not (corpus.root / meant).exists() and any(_files(path)):
            yield Finding(Place(path), "", "is not read as part of the corpus", f"rename it to {meant}/")


def _holds_records(path: Path) -> bool:
    try:
        return not _NO_RECORDS.search(path.read_bytes())
    except OSError:
        return False


def _meant(name: str) -> str:
    """The folder of a corpus that a name is nearly that of, or nothing."""
    plural = {"entity": "entities", "ontologies": "ontology"}.get(name.casefold())
    return plural or next(iter(near_words(name.casefold(), _READ)), "")

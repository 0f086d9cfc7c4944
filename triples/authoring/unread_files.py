"""Files of a corpus that nobody reads, because of their name or place: told, since silence loses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from araxes.triples.authoring.corpus_layers import CorpusFolder, is_waited_for
from araxes.triples.authoring.findings import Finding, Place, did_you_mean, near_words

_YAML = {".yml", ".json", ".csv", ".xlsx", ".txt", ".pdf", ".docx", ".ttl"}
_READ = {
    "entities": (".yaml", _YAML),
    "sources": (".yaml", _YAML),
    "mappings": (".tsv", {".csv", ".txt", ".json", ".xlsx", ".yaml", ".yml", ".ttl"}),
    "questions": (".rq", {".sparql", ".ttl", ".yaml", ".yml"}),
    "ontology": (".ttl", {".owl", ".rdf", ".nt", ".jsonld", ".turtle", ".ofn", ".omn", ".yaml"}),
}
"""Folder → ending of what is read in it, and endings of what is likely meant to be read."""

_RENAMED = {".yml", ".yaml", ".sparql", ".turtle", ".ttl", ".tsv", ".rq"}
"""Endings of what need only be called otherwise, in the folder that reads such files."""

_TEXTS = {".txt", ".pdf", ".docx"}
_OTHERS = frozenset({"originals", "build"})
_CALLED = {
    "entity": "entities",
    "ontologies": "ontology",
    "annotations": "sources",
    "queries": "questions",
    "original": "originals",
    "texts": "originals",
}
"""What folders may be called instead."""

_COPIES = frozenset({".bak", ".orig", ".old", ".swp", ".tmp", ".rej"})
_ABOUT = re.compile(r"(readme|licen[cs]e|notes?|changelog|todo)\b", re.IGNORECASE)
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
        for path in filter(is_waited_for, sorted(folder.glob("*"))):
            yield Finding(Place(path), "", "is not read: it is a pipe or device", "write a file of this name")
        for path in _files(folder):
            if _ABOUT.match(path.name) or path.suffix in _COPIES or path.suffix.endswith("~"):
                continue
            endings = {each.casefold() for each in path.suffixes}
            if endings & {ending, *alike} and (path.parent != folder or path.suffix != ending):
                yield _unread(path, folder, ending)
    yield from _answers_of_nothing(corpus)
    yield from _misplaced(corpus)


def _answers_of_nothing(corpus: CorpusFolder) -> Iterator[Finding]:
    for path in sorted(corpus.questions.glob("*.csv")):
        if not path.with_suffix(".rq").exists():
            asked = [each.stem for each in corpus.questions.glob("*.rq")]
            remedy = did_you_mean(path.stem, asked, f"write the question as {path.stem}.rq, or remove it")
            yield Finding(Place(path), "", "is the answer of no question here", remedy)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


def _unread(path: Path, folder: Path, ending: str) -> Finding:
    place = Place(path)
    kind = path.suffix.casefold()
    named = path.name.casefold()
    stem = path.name[: named.index(ending if ending in named else kind)]
    if path.parent != folder:
        message = f"is not read: it lies below {folder.name}/, not in it"
        return Finding(place, "", message, f"move it to {folder.name}/{stem}{ending}")
    if ending in named or kind in _RENAMED & {ending, ".yml", ".sparql", ".turtle"}:
        remedy = f"rename it to {stem}{ending}"
    elif kind in _TEXTS:
        remedy = "a text belongs among the originals: move it there"
    elif kind == ".json" and ending == ".yaml":
        remedy = f"rename it to {stem}{ending}: what is written in JSON can be read as YAML"
    elif kind in {".csv", ".xlsx"} and folder.name == "sources":
        remedy = "a table belongs among the originals, as CSV, and its mapping is for `araxes table`"
    else:
        remedy = f"write it as {stem}{ending} (the form that {folder.name}/ holds), or move it elsewhere"
    return Finding(place, "", f"is not read: only names in {ending} are", remedy)


def _misplaced(corpus: CorpusFolder) -> Iterator[Finding]:
    """Files of records beside ``corpus.toml``, and folders that are called nearly as they should be."""
    for path in sorted(corpus.root.iterdir()):
        if path.name.startswith(".") or path.name in {*_READ, *_OTHERS} or path == corpus.originals:
            continue
        if path.is_file() and path.suffix.casefold() in (".yaml", ".yml") and _holds_records(path):
            remedy = "move it into sources/ or entities/; a draft has claims with `quote:`"
            yield Finding(Place(path), "", "is not read: it lies beside corpus.toml", remedy)
        meant = _meant(path.name)
        if path.is_dir() and meant and any(_files(path)) and not (meant == "originals" and corpus.originals):
            there = (corpus.root / meant).exists()
            remedy = f"move what is in it to {meant}/" if there else f"rename it to {meant}/"
            yield Finding(Place(path), "", "is not read as part of the corpus", remedy)


def _holds_records(path: Path) -> bool:
    try:
        return not _NO_RECORDS.search(path.read_bytes())
    except OSError:
        return False


def _meant(name: str) -> str:
    """The folder of a corpus that a name is nearly that of, or nothing."""
    plain = name.casefold()
    return _CALLED.get(plain) or next(iter(near_words(plain, _READ)), "")

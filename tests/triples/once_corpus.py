"""A corpus in which one mistake concerns many places: two sources, one in two files, and mappings."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.triples.broken_corpora import TABLE, row
from tests.triples.corpus_fixtures import ENTITIES, claims, curation, source, span

Document = dict[str, Any]
CLAIMS = 8
"""So many copies of each claim has each file of claims."""


@dataclass(frozen=True)
class Corpus:
    """The folders of the corpus, to be spoilt by changes of their texts."""

    root: Path

    @property
    def entities(self) -> Path:
        """The folder of entity files."""
        return self.root / "entities"

    @property
    def sources(self) -> Path:
        """The folder of annotated sources."""
        return self.root / "sources"

    @property
    def mappings(self) -> Path:
        """The folder of mapping tables."""
        return self.root / "mappings"

    def path(self, name: str) -> Path:
        """A file by its name."""
        return next(self.root.rglob(name))

    def change(self, name: str, old: str, new: str, count: int = -1) -> None:
        """Replace a text in a file."""
        text = self.path(name).read_text("utf-8")
        assert old in text, (name, old)
        self.path(name).write_text(text.replace(old, new, count), "utf-8")

    def line(self, name: str, text: str) -> int:
        """The 1-based line in which a text stands first; 1 for an empty text."""
        lines = self.path(name).read_text("utf-8", "replace").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)


def write(root: Path) -> Corpus:
    """Write the sound corpus."""
    corpus = Corpus(root)
    for folder in (corpus.entities, corpus.sources, corpus.mappings):
        folder.mkdir(parents=True)
    things: list[Document] = copy.deepcopy(ENTITIES)
    states = [each for each in things if each["type"] == "State"]
    _dump(corpus.entities / "states.yaml", states)
    _dump(corpus.entities / "things.yaml", [each for each in things if each["type"] != "State"])
    first = source()
    _dump(
        corpus.sources / "test.yaml", {"source": first, "curation": curation(), "claims": _claims("test", 1)}
    )
    _dump(corpus.sources / "test.part2.yaml", {"source": "source/test", "claims": _claims("test", 100)})
    other = {
        "source": _of_other(source()),
        "curation": [_of_other(each) for each in curation()],
        "claims": [{**each, "cites": "source/test"} for each in _claims("other", 1)],
    }
    _dump(corpus.sources / "other.yaml", other)
    rows = [
        row(subject_id=f"araxes:state/{name}", subject_label=name.title(), object_id=f"wd:Q{number}")
        for number, name in enumerate(("alpha", "beta", "gamma"), start=1)
    ]
    table = TABLE.removesuffix(row()) + "".join(rows)
    (corpus.mappings / "entities.sssom.tsv").write_text(table, "utf-8")
    head = "subject_id\tlanguage\tname\tevidence\n"
    named = "araxes:state/alpha\ttr\tAlfa\tfile\naraxes:source/test\ttr\tDeneme\tfile\n"
    (corpus.mappings / "names.tsv").write_text(head + named, "utf-8")
    (corpus.mappings / "codes.tsv").write_text("object_id\tproperty\tcode\tevidence\n", "utf-8")
    return corpus


def _of_other(record: Document) -> Document:
    text = yaml.safe_dump(record, allow_unicode=True).replace("source/test", "source/other")
    found: Document = yaml.safe_load(text)
    return found


def _claims(slug: str, first: int) -> list[Document]:
    """Many claims of a source."""
    found = []
    for number in range(CLAIMS):
        for offset, model in enumerate(claims()):
            text = yaml.safe_dump(model, allow_unicode=True).replace("source/test", f"source/{slug}")
            claim: Document = yaml.safe_load(text)
            claim["id"] = f"claim/{slug}/{first + number * 3 + offset:03}"
            claim["passage"] = span(offset, 60 + number)
            found.append(claim)
    return found


def _dump(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=200), "utf-8")

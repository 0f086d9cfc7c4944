"""What can stand in the place of each file of a corpus, and wrong values of each key of its description."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.triples.broken_corpora import deep, save, table_of, tiny_with_everything
from tests.triples.corpus_fixtures import TinyCorpus

DESCRIPTION = {
    "name": '"tiny"',
    "namespace": '"https://example.org/tiny/"',
    "languages": '["en", "fa"]',
    "also": '["hy"]',
    "title": '{en = "Tiny"}',
    "curators": '["curator/tester"]',
    "licence": '"https://example.org/licence"',
    "originals": '"originals"',
}
"""Every key of a ``corpus.toml``, with what fits."""

WRONG = (
    '["x"]', "{a = 1}", "7", "true", "[[1]]", "[{a = 1}]", "1979-05-27", "nan", '""', '{en = ["x"]}',
    r'"a\u0000b"', deep(3000),
)  # fmt: skip
"""What a key may have for a value and cannot be used; an empty list or table may be."""

QUESTION = "# en: Which?\n# fa: کدام؟\n# family: claims\nSELECT ?s WHERE {PATTERN}\n"

DRAFT = """source: source/test
text: test.txt
names: {Omega: {type: State, label: {en: Omega, fa: امگا}}}
claims:
- quote: "Alpha"
  paraphrase: {en: a, fa: آ}
  asserts:
  - [Alpha, recognizes, Omega]
"""

TABLE = "table: rows.csv\nsource: source/rows\nclaims: []\n"


class DescribedCorpus(TinyCorpus):
    """The tiny corpus in a folder with a ``corpus.toml``."""

    @property
    def source_folder(self) -> Path:
        """Where the annotated sources are."""
        return self.root / "sources"


def described_corpus(root: Path) -> DescribedCorpus:
    """A sound corpus with a file of every kind, written."""
    tiny = tiny_with_everything(root)
    made = DescribedCorpus(root, tiny.entities, tiny.source, tiny.curation, tiny.claims)
    write_all(made)
    return made


def write_all(made: DescribedCorpus) -> None:
    """Write a corpus with a file of every kind."""
    save(made)
    write_description(made.root)
    (made.root / "questions").mkdir(exist_ok=True)
    (made.root / "questions" / "q.rq").write_text(QUESTION.replace("PATTERN", "?s ?p ?o"), "utf-8")
    (made.root / "questions" / "q.csv").write_text("s\nx\n", "utf-8")
    (made.root / "fingerprints.json").write_text("{}\n", "utf-8")
    (made.root / "my.draft.yaml").write_text(DRAFT, "utf-8")
    (made.root / "my.table.yaml").write_text(TABLE, "utf-8")
    (made.root / "notes.jsonld").write_text("[]", "utf-8")
    (made.root / "paper.json").write_text('[{"title": "T", "author": [{"family": "F"}]}]', "utf-8")
    assert table_of(made).exists()


def write_description(root: Path, **values: str) -> None:
    """Write the ``corpus.toml``, some of its values otherwise."""
    lines = [f"{key} = {value}\n" for key, value in {**DESCRIPTION, **values}.items()]
    (root / "corpus.toml").write_text("".join(lines), "utf-8")


PLACES = (
    "corpus.toml",
    "entities/all.yaml",
    "sources/test.yaml",
    "mappings/entities.sssom.tsv",
    "questions/q.rq",
    "questions/q.csv",
    "questions/terms.tsv",
    "fingerprints.json",
    "ontology/own.ttl",
    "originals/test.txt",
)
"""The files of a corpus."""

GIVEN = ("my.draft.yaml", "my.table.yaml", "notes.jsonld", "paper.json")
"""Files that are named to verbs."""

CONTENTS: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a looping link": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "a pipe": os.mkfifo,
    "nothing": lambda path: path.write_text(""),
    "no UTF-8": lambda path: path.write_bytes(b"a: \xe9\xff\n"),
    "UTF-16": lambda path: path.write_bytes("name: x\n".encode("utf-16")),
    "zeros": lambda path: path.write_bytes(b"\0" * 10),
    "a number": lambda path: path.write_text("7\n"),
    "a list": lambda path: path.write_text("[1, [2]]\n"),
    "a mapping": lambda path: path.write_text('{"a": {"b": [1]}}\n'),
    "very many lists": lambda path: path.write_text(deep(200_000)),
    "very many mappings": lambda path: path.write_text('{"a":' * 50_000 + "1" + "}" * 50_000),
}
"""What stands there → what makes it."""

DEEP_QUESTIONS = {
    "groups": "{" * 4500 + "?s ?p ?o" + "}" * 4500,
    "brackets": "FILTER(" + "(" * 4500 + "1" + ")" * 4500 + ")",
    "negations": "FILTER(" + "!" * 9000 + "1)",
    "too many groups": "{" * 200_000 + "}" * 200_000,
}
"""Patterns of questions on which a recursive parser breaks, or that are too long."""

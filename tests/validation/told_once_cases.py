"""Mistakes in a corpus, each with the place and the words of the one finding that it makes."""

from __future__ import annotations

from collections.abc import Callable

from tests.triples.once_corpus import Corpus

Change = Callable[[Corpus], object]
"""What is done to a sound corpus."""


def replace(name: str, old: str, new: str, count: int = 1) -> Change:
    """A text of a file instead of another."""
    return lambda corpus: corpus.change(name, old, new, count)


def cut(name: str, begin: str, end: str, instead: str = "") -> Change:
    """A text instead of all between two others, the second not included."""

    def change(corpus: Corpus) -> None:
        text = corpus.path(name).read_text("utf-8")
        start = text.index(begin)
        corpus.path(name).write_text(text[:start] + instead + text[text.index(end, start) :], "utf-8")

    return change


def encoded(name: str, change: Callable[[str], bytes]) -> Change:
    """Other bytes of a file."""
    return lambda corpus: corpus.path(name).write_bytes(change(corpus.path(name).read_text("utf-8")))


def added(name: str, text: str) -> Change:
    """A text at the end of a file."""

    def change(corpus: Corpus) -> None:
        path = corpus.path(name)
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    return change


def new_entity(members: str, name: str = "hasMember") -> Change:
    """A further entity that refers to others."""
    label = "label: {en: Club, fa: باشگاه}"
    record = f"- id: organization/club\n  type: Organization\n  {label}\n  {name}: {members}\n"
    return added("things.yaml", record)


HEAD = "  id: source/test\n"
HEADS: dict[str, tuple[Change, tuple[str, str], str]] = {
    "misspelt `source:`": (replace("test.yaml", "source:", "sorce:"), ("test.yaml", "sorce"), "'source'?"),
    "`Source:`": (replace("test.yaml", "source:", "Source:"), ("test.yaml", "Source"), "'source'?"),
    "no source": (cut("test.yaml", "source:", "curation:"), ("test.yaml", "curation:"), "names no source"),
    "source without a value": (
        cut("test.yaml", "source:", "curation:", "source:\n"),
        ("test.yaml", "source:"),
        "names no source",
    ),
    "source is a number": (
        cut("test.yaml", "source:", "curation:", "source: 5\n"),
        ("test.yaml", "source: 5"),
        "5 is no id",
    ),
    "source is a list": (
        cut("test.yaml", "source:", "curation:", "source: [source/test]\n"),
        ("test.yaml", "source: ["),
        "is no id",
    ),
    "source is a slug": (
        replace("test.part2.yaml", "source/test", "test"),
        ("test.part2.yaml", "source: test"),
        "write source/test",
    ),
    "source that is nowhere": (
        replace("test.part2.yaml", "source/test", "source/tset"),
        ("test.part2.yaml", "tset"),
        "'source/test'",
    ),
    "source of another": (
        replace("test.part2.yaml", "source/test", "source/other"),
        ("test.part2.yaml", "source/other"),
        "write source/test here",
    ),
    "other id": (
        replace("test.yaml", HEAD, "  id: source/tset\n"),
        ("test.yaml", "tset"),
        "write source/test",
    ),
    "missing id": (replace("test.yaml", HEAD, ""), ("test.yaml", "source:"), "id is missing"),
    "number for an id": (replace("test.yaml", HEAD, "  id: 7\n"), ("test.yaml", "id: 7"), "id: 7"),
    "list for an id": (replace("test.yaml", HEAD, "  id: [source/test]\n"), ("test.yaml", "id: ["), "id: ["),
    "id with a capital": (
        replace("test.yaml", HEAD, "  id: source/Test\n"),
        ("test.yaml", "Test"),
        "the form",
    ),
    "short text": (
        replace("test.yaml", "characterCount: 103", "characterCount: 40"),
        ("test.yaml", "characterCount"),
        "at 60",
    ),
    "negative text": (
        replace("test.yaml", "characterCount: 103", "characterCount: -1"),
        ("test.yaml", "characterCount"),
        "-1",
    ),
    "text of no length": (
        replace("test.yaml", "characterCount: 103", "characterCount: 0"),
        ("test.yaml", "characterCount"),
        "0 is",
    ),
    "length in words": (
        replace("test.yaml", "characterCount: 103", "characterCount: many"),
        ("test.yaml", "characterCount"),
        "many",
    ),
    "no author": (
        cut("test.yaml", "  sourceAuthor:", "curation:"),
        ("test.yaml", "source:"),
        "sourceAuthor is",
    ),
    "text for an author": (
        cut("test.yaml", "  sourceAuthor:", "curation:", "  sourceAuthor: Somebody\n"),
        ("test.yaml", "sourceAuthor"),
        "'Somebody'",
    ),
    "list for an author": (
        replace("test.yaml", "  sourceAuthor:\n    id", "  sourceAuthor:\n  - id"),
        ("test.yaml", "sourceAuthor"),
        "is of the wrong type",
    ),
    "author without an id": (
        replace("test.yaml", "    id: source/test#author\n", ""),
        ("test.yaml", "sourceAuthor"),
        "id is missing",
    ),
    "number for the author's id": (
        replace("test.yaml", "id: source/test#author", "id: 5"),
        ("test.yaml", "id: 5"),
        "id: 5",
    ),
    "author of another": (
        replace("test.yaml", "id: source/test#author", "id: source/tset#author"),
        ("test.yaml", "tset"),
        "write source/test#author",
    ),
    "misspelt author": (
        replace("test.yaml", "id: source/test#author", "id: source/test#athor"),
        ("test.yaml", "athor"),
        "write source/test#author",
    ),
    "author misspelt everywhere": (
        replace("test.yaml", "source/test#author", "source/test#writer", -1),
        ("test.yaml", "writer"),
        "write source/test#author",
    ),
    "no text": (
        cut("test.yaml", "  sourceText:", "  sourceAuthor:"),
        ("test.yaml", "source:"),
        "sourceText is missing",
    ),
    "misspelt part": (
        replace("test.yaml", "sourceText:", "sorceText:"),
        ("test.yaml", "sorceText"),
        "'sourceText'",
    ),
    "no readings": (cut("test.yaml", "curation:", "claims:"), ("test.yaml", "source:"), "nobody"),
    "empty readings": (
        cut("test.yaml", "curation:", "claims:", "curation:\n"),
        ("test.yaml", "curation"),
        "list",
    ),
    "text for readings": (
        cut("test.yaml", "curation:", "claims:", "curation: one\n"),
        ("test.yaml", "curation"),
        "list",
    ),
    "readings in words": (
        cut("test.yaml", "curation:", "claims:", "curation: [one]\n"),
        ("test.yaml", "curation"),
        "no mapping",
    ),
    "misspelt readings": (
        replace("test.yaml", "curation:", "curations:"),
        ("test.yaml", "curations"),
        "'curation'",
    ),
    "misspelt claims": (replace("test.yaml", "claims:", "claim:"), ("test.yaml", "claim:"), "'claims'"),
    "unreadable head": (
        replace("test.yaml", HEAD, "  id: {source/test\n"),
        ("test.yaml", "{source"),
        "malformed",
    ),
    "a copy of a source": (
        lambda corpus: (corpus.sources / "zz.yaml").write_bytes(corpus.path("test.yaml").read_bytes()),
        ("zz.yaml", "id: source/test"),
        "so do 25 more ids",
    ),
}
"""Mistakes at the head of a source: the change, file and text of the line where it is told, words."""

ENTITIES: dict[str, tuple[Change, tuple[str, str], str]] = {
    "malformed": (replace("states.yaml", "- id:", "- {id:"), ("states.yaml", "{id"), "malformed"),
    "cut off": (
        lambda corpus: corpus.path("states.yaml").write_text("- id: state/beta\n  label: {en: 'B"),
        ("states.yaml", "label"),
        "not closed",
    ),
    "blank": (lambda corpus: corpus.path("states.yaml").write_text(""), ("states.yaml", ""), "is blank"),
    "Latin-1": (
        encoded("states.yaml", lambda text: b"# \xe9\n" + text.encode()),
        ("states.yaml", "#"),
        "UTF-8",
    ),
    "UTF-16": (encoded("states.yaml", lambda text: text.encode("utf-16")), ("states.yaml", ""), "UTF-16"),
    "UTF-32": (encoded("states.yaml", lambda text: text.encode("utf-32-be")), ("states.yaml", ""), "UTF-32"),
    "a mapping": (
        lambda corpus: corpus.path("states.yaml").write_text(
            "entities:\n" + corpus.path("states.yaml").read_text("utf-8"), "utf-8"
        ),
        ("states.yaml", "entities"),
        "holds no list",
    ),
    "a claim as a member": (new_entity("[claim/test/001]"), ("things.yaml", "hasMember"), "is a claim"),
    "an unknown claim as a member": (
        new_entity("[claim/test/999]"),
        ("things.yaml", "hasMember"),
        "is a claim",
    ),
    "a mapping as a member": (
        new_entity("{id: state/alpha}"),
        ("things.yaml", "hasMember"),
        "is of the wrong type",
    ),
    "no member": (new_entity(""), ("things.yaml", "hasMember"), "is blank"),
    "an id with a capital": (
        replace("states.yaml", "id: state/alpha", "id: state/Alpha"),
        ("states.yaml", "Alpha"),
        "does not have the form",
    ),
    "an id without a kind": (
        replace("states.yaml", "id: state/alpha", "id: alpha"),
        ("states.yaml", "id: alpha"),
        "does not have the form",
    ),
    "a misspelt key of an id": (
        replace("states.yaml", "id: state/alpha", "idd: state/alpha"),
        ("states.yaml", "idd"),
        "'id'",
    ),
    "no id": (
        replace("states.yaml", "- id: state/alpha\n  type", "- type"),
        ("states.yaml", "- type"),
        "id is missing",
    ),
    "a tag": (replace("states.yaml", "en: Alpha", "en: !!binary QWxwaGE="), ("states.yaml", "!!"), "tag"),
    "a giant number": (
        replace("states.yaml", "en: Alpha", f"en: {'7' * 5000}"),
        ("states.yaml", "777"),
        "number",
    ),
    "a number of another base": (
        replace("things.yaml", "  type: Measure", "  type: Measure\n  cowCode: 0x1F"),
        ("things.yaml", "0x"),
        "base",
    ),
    "a copy": (
        lambda corpus: (corpus.entities / "zz.yaml").write_bytes(
            corpus.path("states.yaml").read_bytes() + corpus.path("things.yaml").read_bytes()
        ),
        ("zz.yaml", "state/alpha"),
        "so do 5 more ids",
    ),
}
"""Mistakes in a file of entities."""

RELATIONS: dict[str, tuple[Change, tuple[str, str], str]] = {
    "itself as a member": (new_entity("[organization/club]"), ("things.yaml", "hasMember"), "itself"),
    "member of itself": (new_entity("organization/club", "memberOf"), ("things.yaml", "memberOf"), "itself"),
    "a source as a member": (new_entity("[source/test]"), ("things.yaml", "hasMember"), "hasMember is Actor"),
    "a reading as a member": (
        new_entity('["source/test#reading-1"]'),
        ("things.yaml", "hasMember"),
        "hasMember is Actor",
    ),
    "a measure as a member": (
        new_entity("[measure/trade]"),
        ("things.yaml", "hasMember"),
        "hasMember is Actor",
    ),
}
"""Relations of entities that only shapes find, which look at no mapping: `mappings check` says nothing."""

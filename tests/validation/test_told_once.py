"""One mistake, one finding, at its line, with what to do, the same from every verb."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from tests.triples.once_corpus import Corpus, write

Change = Callable[[Corpus], object]


def _said(corpus: Corpus, *arguments: str) -> Result:
    folders = ["--entities", str(corpus.entities), "--annotations", str(corpus.sources)]
    return CliRunner().invoke(main, [*arguments, *folders])


def _violations(corpus: Corpus) -> list[str]:
    """What `validate` says, in the form in which the other verbs say it."""
    kept = ("--jobs", "1", "--cache", str(corpus.root / "kept"))
    said = _said(corpus, "validate", "--format", "json", *kept)
    assert said.exit_code in (0, 1), said.output
    found = [each for each in json.loads(said.stdout)["findings"] if each["severity"] == "violation"]
    lines = []
    for each in found:
        place = f"{each['file']}:{each['line']}" if each["line"] else each["file"]
        subject = f" [{each['subject']}]" if each["subject"] else ""
        lines.append(f"{place}:{subject} {each['message']} → {each['remedy']}")
    assert said.exit_code == bool(lines)
    return lines


def _problems(said: Result) -> list[str]:
    assert said.exit_code in (0, 1), said.output
    assert "Traceback" not in said.output
    return [line for line in said.output.splitlines() if " → " in line]


def _assert_once(corpus: Corpus, at: tuple[str, str], words: str, *, shapes: bool = False) -> None:
    """The one finding stands at the first line of a file that holds a text."""
    (finding,) = found = _violations(corpus)
    name, text = at
    line = f":{corpus.line(name, text)}" if text else ""
    assert f"{name}{line}: " in finding, finding
    assert words in finding
    store = ("--store", str(corpus.root / "store"), "--jobs", "1", "--cache", str(corpus.root / "kept"))
    assert _problems(_said(corpus, "build", *store)) == found
    checked = _problems(_said(corpus, "mappings", "check", "--mappings", str(corpus.mappings)))
    assert checked == ([] if shapes else found)


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
    "no member": (new_entity(""), ("things.yaml", "hasMember"), "is of the wrong type"),
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

TABLE = "entities.sssom.tsv"
MAPPINGS: dict[str, tuple[Change, tuple[str, str], str]] = {
    **{
        f"{verb} {part}": (replace(name, f"araxes:{old}\t", f"araxes:{part}\t"), (name, part), words)
        for verb, name, old in (("mapping", TABLE, "state/gamma"), ("name", "names.tsv", "source/test"))
        for part, words in {
            "source/test#author": "`author:`",
            "source/test#text": "name the source, araxes:source/test",
            "source/test#reading-1": "name the curator",
            "source/test#nothing": "is a part of a source",
            "claim/test/001": "is a claim",
            "claim/test/999": "is a claim",
            "state/gama": "did you mean",
        }.items()
    },
    "prefix that is no IRI": (
        replace(TABLE, "wd: http://www.wikidata.org/entity/", "wd: wikidata"),
        (TABLE, "wd: "),
        "is no IRI",
    ),
    "prefix of pages": (
        replace(TABLE, "wd: http://www.wikidata.org/entity/", "wd: http://www.wikidata.org/wiki/"),
        (TABLE, "wd: "),
        "write http://www.wikidata.org/entity/",
    ),
    "prefix of another place": (
        replace(TABLE, "araxes: https://w3id.org/araxes/", "araxes: https://example.org/"),
        (TABLE, "araxes: "),
        "not for",
    ),
    **{
        f"no prefix {prefix}": (cut(TABLE, f"#  {prefix}:", "\n#", "#"), (TABLE, "curie_map"), f"'{prefix}'")
        for prefix in ("araxes", "wd", "skos", "semapv")
    },
    "misspelt prefix of one row": (replace(TABLE, "wd:Q2", "wdd:Q2"), (TABLE, "wdd:"), "did you mean 'wd'"),
    "misspelt prefix of all rows": (
        replace(TABLE, "\twd:Q", "\twdd:Q", -1),
        (TABLE, "curie_map"),
        "3 rows have it",
    ),
    "text for prefixes": (
        cut(TABLE, "#curie_map:", "#sssom_version", "#title: x\n#curie_map: hello\n"),
        (TABLE, "hello"),
        "'hello'",
    ),
    "list for prefixes": (
        cut(TABLE, "#curie_map:", "#sssom_version", "#title: x\n#curie_map: [wd]\n"),
        (TABLE, "[wd]"),
        "no mapping",
    ),
    "empty prefixes": (
        cut(TABLE, "#curie_map:", "#sssom_version", "#title: x\n#curie_map: {}\n"),
        (TABLE, "curie_map"),
        "is empty",
    ),
    "prefixes without a value": (
        cut(TABLE, "#curie_map:", "#sssom_version", "#title: x\n#curie_map:\n"),
        (TABLE, "curie_map"),
        "is empty",
    ),
    "no prefixes": (replace(TABLE, "#curie_map", "#curies"), (TABLE, "#"), "have no curie_map"),
    "broken metadata": (replace(TABLE, "#license: ", "#license: : "), (TABLE, "#license"), "malformed"),
    "no metadata": (cut(TABLE, "#curie_map:", "subject_id"), (TABLE, "subject_id"), "has no metadata"),
    "subject in full": (
        replace(TABLE, "araxes:state/gamma\t", "https://w3id.org/araxes/state/gamma\t"),
        (TABLE, "https://w3id.org/araxes/state/gamma"),
        "write araxes:state/gamma",
    ),
    "objects in full": (
        replace(TABLE, "\twd:Q", "\thttp://www.wikidata.org/entity/Q", -1),
        (TABLE, "http://www.wikidata.org/entity/Q1"),
        "write wd:Q1",
    ),
    "subject without a prefix": (
        replace(TABLE, "araxes:state/gamma\t", "state/gamma\t"),
        (TABLE, "state/gamma\t"),
        "write araxes:",
    ),
    "no subject": (replace(TABLE, "araxes:state/gamma\tGamma", "\tGamma"), (TABLE, "\tGamma"), "is empty"),
    "mapper that left": (
        replace(TABLE, "araxes:curator/tester\t", "araxes:curator/nobody\t", -1),
        (TABLE, "nobody\t"),
        "also in line",
    ),
    "object of no dataset": (
        replace(TABLE, "\twd:Q", "\tsemapv:Q", -1),
        (TABLE, "semapv:Q1"),
        "no dataset known here",
    ),
    "name with an unknown prefix": (
        replace("names.tsv", "araxes:source", "arax:source"),
        ("names.tsv", "arax:"),
        "did you mean 'araxes'",
    ),
    "name of a term": (
        replace("names.tsv", "araxes:source/test", "ax:aids"),
        ("names.tsv", "ax:"),
        "is no entity",
    ),
    "code with an unknown prefix": (
        added("codes.tsv", "wdd:Q1\tax:cowCode\t7\tfile\n"),
        ("codes.tsv", "wdd"),
        "did you mean 'wd'",
    ),
    "code of an unknown kind": (
        added("codes.tsv", "wd:Q1\tax:cowcode\t7\tfile\n"),
        ("codes.tsv", "cowcode"),
        "did you mean 'cowCode'",
    ),
    "code that is blank": (
        added("codes.tsv", "wd:Q9\tax:cowCode\t\tfile\n"),
        ("codes.tsv", "Q9"),
        "is missing",
    ),
}
"""Mistakes in tables of mappings, names and codes."""

CASES = {**HEADS, **ENTITIES, **RELATIONS, **MAPPINGS}


def test_the_corpus_is_sound(tmp_path: Path) -> None:
    corpus = write(tmp_path)
    assert _violations(corpus) == []
    assert _problems(_said(corpus, "mappings", "check", "--mappings", str(corpus.mappings))) == []


def test_a_misspelt_id_is_told_once_in_each_file(tmp_path: Path) -> None:
    corpus = write(tmp_path)
    corpus.change("states.yaml", "id: state/alpha", "id: state/alfa")
    found = _violations(corpus)
    assert len(found) == len({line.partition(":")[0] for line in found}) == 5
    assert all("did you mean state/alfa" in line.replace("'", "") for line in found)
    assert any("(also in lines " in line and " more)" in line for line in found)


@pytest.mark.parametrize("name", CASES)
def test_it_is_told_once(tmp_path: Path, name: str) -> None:
    change, at, words = CASES[name]
    corpus = write(tmp_path)
    change(corpus)
    _assert_once(corpus, at, words, shapes=name in RELATIONS)


@pytest.mark.parametrize("name", ["misspelt `source:`", "other id", "blank", "malformed", "no prefix wd"])
def test_what_was_kept_does_not_outlive_it(tmp_path: Path, name: str) -> None:
    """Each source is checked again when what was lost comes back, and when it is gone for good."""
    change, (file, _), _ = CASES[name]
    corpus = write(tmp_path)
    whole = corpus.path(file).read_bytes()
    change(corpus)
    assert len(_violations(corpus)) == 1
    corpus.path(file).write_bytes(whole)
    assert _violations(corpus) == []


def test_what_is_not_lost_is_unknown(tmp_path: Path) -> None:
    corpus = write(tmp_path)
    text = corpus.path("states.yaml").read_text("utf-8")
    corpus.path("states.yaml").write_text("- {\n" + text, "utf-8")
    assert len(_violations(corpus)) == 1
    corpus.path("states.yaml").write_text("- {\n" + text.replace("state/alpha", "state/else"), "utf-8")
    found = _violations(corpus)
    assert [line for line in found if "states.yaml" in line and "malformed" in line]
    assert len([line for line in found if "unknown entity 'state/alpha'" in line]) == 5

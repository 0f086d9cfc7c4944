"""Tables and YAML after a spreadsheet or a checkout on Windows: read as before, or refused by their cause."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from araxes.triples.authoring.yaml_lines import read_document
from araxes.triples.wikidata.sssom_tables import read_mappings
from tests.triples.broken_corpora import TABLE, row

NAMES = "subject_id\tlanguage\tname\tevidence\naraxes:state/beta\ttr\tBeta\tfile\n"
WHOLE = TABLE + row(
    subject_id="araxes:state/gamma", object_id="wd:Q3", comment='said "so" there', evidence=""
)


def quoted_cells(text: str) -> str:
    """Every cell in quotation marks, those of metadata too."""
    lines = text.splitlines()
    return "".join(
        "\t".join('"' + cell.replace('"', '""') + '"' for cell in line.split("\t")) + "\n" for line in lines
    )


def trailing_tabs(text: str) -> str:
    """Each line as wide as the widest and a cell more."""
    lines = text.splitlines()
    width = max(line.count("\t") for line in lines) + 1
    return "".join(line + "\t" * (width - line.count("\t")) + "\n" for line in lines)


READ: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda text: text.encode(),
    "lines of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "lines of an old Mac": lambda text: text.replace("\n", "\r").encode(),
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "no line break at the end": lambda text: text.rstrip("\n").encode(),
    "quotation marks": lambda text: quoted_cells(text).encode(),
    "tabs at the end": lambda text: trailing_tabs(text).encode(),
    "blank rows at the end": lambda text: (text + "\t\t\t\n\n\n").encode(),
    "all of it": lambda text: trailing_tabs(quoted_cells(text)).replace("\n", "\r\n").encode("utf-8-sig"),
}
"""How a program can leave a table without changing what it says."""

REFUSED: dict[str, tuple[Callable[[str], bytes], str]] = {
    "semicolons": (lambda text: text.replace("\t", ";").encode(), "separated by semicolons"),
    "commas": (lambda text: text.replace("\t", ",").encode(), "separated by commas"),
    "UTF-16": (lambda text: text.encode("utf-16"), "is UTF-16"),
    "UTF-16 the other way": (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), "is UTF-16"),
    "cp1252": (lambda text: text.replace("said", "\u201esaid\u201c").encode("cp1252"), "is not UTF-8"),
    "quotation mark left open": (lambda text: text.replace("a file", '"a file').encode(), "quotation mark"),
    "control character": (lambda text: text.replace("a file", "a \x02 file").encode(), "control character"),
    "another head between commas": (
        lambda text: text.replace("\t", ",").replace("object_id", "object").encode(),
        "separated by commas",
    ),
    "a column of another name": (
        lambda text: text.replace("object_id", "object").encode(),
        "column 4 is 'object', and object_id is wanted",
    ),
    "columns in another order": (
        lambda text: text.replace("subject_id\tsubject_label", "subject_label\tsubject_id").encode(),
        "column 1 is 'subject_label', and subject_id is wanted",
    ),
    "a column less": (lambda text: text.replace("\tcomment", "", 1).encode(), "column 11 is missing"),
    "spaces for tabs": (lambda text: text.replace("\t", "    ").encode(), "the columns are not those"),
    "a cell more": (
        lambda text: text.replace("Beta\tskos", "Beta\t\tskos").encode(),
        "has 12 cells instead of 11",
    ),
    "blank": (lambda _: b"\r\n\r\n", "is blank"),
}
"""How a program can leave a table that is none any more, and what is said of it."""


@pytest.mark.parametrize("name", READ)
def test_what_says_the_same_is_read_the_same(tmp_path: Path, name: str) -> None:
    expected = folder(tmp_path / "before", WHOLE.encode(), NAMES.encode())
    found = folder(tmp_path / "after", READ[name](WHOLE), READ[name](NAMES))
    before, after = read_mappings(expected), read_mappings(found)
    assert after.findings == []
    assert [each.cells for each in after.rows()] == [each.cells for each in before.rows()]
    assert [each.cells for each in after.names] == [each.cells for each in before.names]
    assert [each.curies for each in after.rows()] == [each.curies for each in before.rows()]
    assert [each.line for each in after.rows()] == [each.line for each in before.rows()]
    assert len(list(after.rows())) == 2
    assert len(after.names) == 1


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_is_refused_by_its_cause(tmp_path: Path, name: str) -> None:
    change, words = REFUSED[name]
    findings = read_mappings(folder(tmp_path, change(WHOLE))).findings
    assert any(words in finding.message for finding in findings), findings
    assert all(finding.remedy for finding in findings)


def folder(path: Path, table: bytes, names: bytes = b"") -> Path:
    """A folder of mappings."""
    path.mkdir(exist_ok=True)
    (path / "entities.sssom.tsv").write_bytes(table)
    if names:
        (path / "names.tsv").write_bytes(names)
    return path


@pytest.mark.parametrize("name", ["lines of Windows", "lines of an old Mac", "byte order mark"])
def test_yaml_is_read_the_same(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(READ[name]("a: [1,\n  b]\nc: |\n  d\n  e\n"))
    document, findings = read_document(path)
    assert findings == []
    assert document
    assert document.data == {"a": [1, "b"], "c": "d\ne\n"}
    assert document.line(("c",)) == 3


UNFIT = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)]
"""What XML 1.0 cannot carry, surrogates aside (https://www.w3.org/TR/xml/#charsets)."""


@pytest.mark.parametrize("character", UNFIT, ids=lambda one: f"U+{ord(one):04X}")
@pytest.mark.parametrize("place", ["value", "key", "raw"])
def test_no_character_that_xml_cannot_carry(tmp_path: Path, character: str, place: str) -> None:
    path = tmp_path / "a.yaml"
    escaped = f'"a\\u{ord(character):04x}b"'
    text = {
        "value": f"a: 1\nb: {escaped}\n",
        "key": f"a: 1\n{escaped}: 1\n",
        "raw": f"a: 1\nb: x{character}y\n",
    }
    path.write_text(text[place], "utf-8")
    _, findings = read_document(path)
    (finding,) = findings
    assert (finding.place.line, f"U+{ord(character):04X}" in finding.message) == (2, True)
    assert character not in str(finding)


@pytest.mark.parametrize(
    "character", ["\t", "\x85", "\xa0", "\u200c", "\u2028", "\ue000", "\ufffd", "\U0010ffff"]
)
def test_other_characters_stay(tmp_path: Path, character: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f'a: "x\\U{ord(character):08x}y"\n', "utf-8")
    document, findings = read_document(path)
    assert findings == []
    assert document
    assert document.data == {"a": f"x{character}y"}

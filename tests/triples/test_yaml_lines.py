"""What no YAML parser or only some can read is told at the line where it begins, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from araxes.triples.authoring.findings import Finding
from araxes.triples.authoring.yaml_lines import read_document


def _findings(folder: Path, content: str | bytes) -> list[Finding]:
    path = folder / "a.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(path)[1]


MALFORMED = [
    ("a: 1\n- {id: #1\n   type: State}\n", 2, "malformed"),
    ("- {id: #1\n   type: State}\n- {id: b}\n", 1, "what follows the # of this line is a comment"),
    ("- a\n- [x, #y\n", 2, "what follows the # of this line is a comment"),
    ("- {a: b,\n   c: #1\n  }\n- {d: e\n", 4, "the { is not closed"),
    ("- a\n- {id: b, label: {en: c}\n- {id: d}\n- {id: e}\n", 2, "the { is not closed"),
    ("- [a, b\n- c\n", 1, "the [ is not closed"),
    ('- {id: a, b: "c # d", e: {f: g}\n- h\n', 1, "the { is not closed"),
    ("- {a: 1,\n   b: 2\n   c: 3}\n", 2, "a comma or the } of line 1 is missing"),
    ("- a\n- {id: b\n  type: c\n  label: d\n", 2, "a comma or the } of line 2 is missing"),
    ('a: 1\nb: "x\nc: y\nd: z\n', 2, "the quotation mark is not closed"),
    ("a: 1\nb: 'x\nc: y\n", 2, "the quotation mark is not closed"),
    ("id: a\nlabel\ntype: b\n", 2, "a word stands alone"),
    ("a: b: c\n", 1, "mapping values are not allowed"),
]


@pytest.mark.parametrize(("text", "line", "words"), MALFORMED)
def test_malformed_text_is_told_where_it_begins(tmp_path: Path, text: str, line: int, words: str) -> None:
    (finding,) = _findings(tmp_path, text)
    assert (finding.place.line, words in finding.message) == (line, True), finding
    assert finding.remedy


LONG = "7" * 5000
ODD = [
    LONG,
    f"-{LONG}",
    "!!int abc",
    "!!float abc",
    "!!bool perhaps",
    "!!null x",
    "!!timestamp x",
    "!!binary aGVsbG8=",
    "!mine x",
    "!!set {b}",
    "!!omap [b: c]",
    "!mine {b: c}",
    "0x1F",
    "0b11",
]


@pytest.mark.parametrize("value", ODD, ids=lambda value: value[:20])
@pytest.mark.parametrize("place", ["value", "item", "key"])
def test_odd_values_are_told_once(tmp_path: Path, value: str, place: str) -> None:
    if place == "key" and value.endswith(("}", "]")):
        return  # a key that is no scalar is told as such
    text = {"value": f"a: 1\nb: {value}\n", "item": f"a:\n- {value}\n", "key": f"a: 1\n? {value}\n: 1\n"}
    (finding,) = _findings(tmp_path, text[place])
    assert finding.place.line == 2
    assert "tag" in finding.message or "number" in finding.message
    assert len(str(finding)) < 400


@pytest.mark.parametrize(
    "value",
    ["!!str 5", "12:30", "2020-01-01", "yes", "~", "true", "1.5", "-3", '"0x1F"', "x" * 5000, "9" * 400],
)
def test_plain_values_are_read(tmp_path: Path, value: str) -> None:
    assert _findings(tmp_path, f"a: {value}\n") == []


@pytest.mark.parametrize("width", ["16", "32"])
@pytest.mark.parametrize("order", ["", "-le", "-be"])
def test_wide_encodings_are_called_by_name(tmp_path: Path, width: str, order: str) -> None:
    (finding,) = _findings(tmp_path, "- id: state/a\n".encode(f"utf-{width}{order}"))
    assert f"is UTF-{width}" in finding.message
    assert "UTF-8" in finding.remedy

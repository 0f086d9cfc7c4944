"""Exports of INCEpTION as drafts: files made with the library that reads and writes its formats."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cassis
import pytest
import yaml
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.ontology.errors import InputError
from araxes.triples.exchange.annotations import drafted_items, read_annotation_file

TEXT = "The river 🌊 is low.\nUpper Vale trades with\nLower Vale. The river 🌊 is low. دره‌ها همسایه‌اند."
GRAMMAR = "de.tudarmstadt.ukp.dkpro.core.api."


def layers() -> cassis.TypeSystem:
    """The layers of INCEpTION's template for spans and relations, one of grammar, and two features more."""
    types = cassis.TypeSystem()
    annotation = "uima.tcas.Annotation"
    span = types.create_type("custom.Span", annotation)
    relation = types.create_type("custom.Relation", annotation)
    dependency = types.create_type(f"{GRAMMAR}syntax.type.dependency.Dependency", annotation)
    for kind in (span, relation):
        types.create_feature(kind, "label", "uima.cas.String")
        types.create_feature(kind, "comment", "uima.cas.String")
    types.create_feature(span, "notes", "uima.cas.StringArray")
    for kind in (relation, dependency):
        types.create_feature(kind, "Governor", annotation)
        types.create_feature(kind, "Dependent", annotation)
    types.create_feature(dependency, "DependencyType", "uima.cas.String")
    return types


def annotated() -> cassis.Cas:
    """A document with two names that a relation joins, a noted span, one that only has a tag, and grammar."""
    types = layers()
    cas = cassis.Cas(types)
    cas.sofa_string = TEXT
    cas.sofa_mime = "text/plain"
    span, relation = types.get_type("custom.Span"), types.get_type("custom.Relation")

    def mark(words: str, after: int = 0, **said: Any) -> Any:
        start = TEXT.index(words, after)
        made = span(begin=start, end=start + len(words), **said)
        cas.add(made)
        return made

    upper, lower = mark("Upper Vale", label="State"), mark("Lower Vale", label="State")
    cas.add(
        relation(
            begin=lower.begin, end=lower.end, Governor=upper, Dependent=lower, label="trades_with",
            comment="They trade.",
        )
    )  # fmt: skip
    mark("The river 🌊 is low.", 30, comment="It has little water.\nriver | has condition | low water")
    strings = types.get_type("uima.cas.StringArray")
    mark("دره‌ها همسایه‌اند", notes=strings(elements=["The vales adjoin.", "tag"]))
    mark("river", label="Water")
    grammar = types.get_type(f"{GRAMMAR}syntax.type.dependency.Dependency")
    cas.add(grammar(begin=0, end=3, Governor=upper, Dependent=lower, DependencyType="nsubj of it"))
    return cas


def as_json(cas: cassis.Cas) -> bytes:
    return str(cas.to_json()).encode("utf-8")


def as_zip(cas: cassis.Cas) -> bytes:
    """The zip that INCEpTION makes: the XMI under the name of whoever annotated, and the type system."""
    return zipped({"admin.xmi": cas.to_xmi(), "TypeSystem.xml": cas.typesystem.to_xml()})


def zipped(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def items(data: bytes, folder: Path) -> list[dict[str, Any]]:
    path = folder / "export"
    path.write_bytes(data)
    return list(drafted_items(read_annotation_file(path)))


@pytest.mark.parametrize("form", [as_json, as_zip], ids=["json", "xmi"])
def test_relations_and_noted_spans_become_claims(form: Any, tmp_path: Path) -> None:
    related, noted, persian = items(form(annotated()), tmp_path)
    assert related["quote"] == "Upper Vale trades with\nLower Vale"
    assert related["asserts"] == [["Upper Vale", "trades with", "Lower Vale"]]
    assert related["paraphrase"] == "They trade."
    assert noted["quote"] == "The river 🌊 is low."
    assert noted["asserts"] == [["river", "has condition", "low water"]]
    assert noted["paraphrase"] == "It has little water."
    assert TEXT.count(noted["within"]) == 1
    assert (persian["quote"], persian["paraphrase"]) == ("دره‌ها همسایه‌اند", "The vales adjoin.")


def test_positions_are_those_of_utf_16(tmp_path: Path) -> None:
    """INCEpTION counts a wave twice, as Java does; the file says so, and the draft quotes whole words."""
    data = json.loads(as_json(annotated()))
    written = [each for each in data["%FEATURE_STRUCTURES"] if each["%TYPE"] == "custom.Span"]
    assert written[0]["begin"] == TEXT.index("Upper Vale") + 1
    assert items(json.dumps(data).encode(), tmp_path)[0]["quote"].startswith("Upper Vale")


def test_the_command_writes_a_draft_that_finds_its_quotes(tmp_path: Path) -> None:
    export, text = tmp_path / "vale.zip", tmp_path / "vale.txt"
    export.write_bytes(as_zip(annotated()))
    text.write_text(TEXT, "utf-8")
    draft = tmp_path / "vale.draft.yaml"
    command = ["import", "annotations", str(export), "--source", "source/vale", "--text", str(text)]
    result = CliRunner().invoke(main, [*command, "-o", str(draft)])
    assert "3 claims drafted; 1 of them say nothing yet" in result.output
    assert [claim["quote"] for claim in yaml.safe_load(draft.read_text("utf-8"))["claims"]] == [
        "Upper Vale trades with\nLower Vale", "The river 🌊 is low.", "دره‌ها همسایه‌اند",
    ]  # fmt: skip
    checked = CliRunner().invoke(main, ["draft", str(draft), "--originals", str(tmp_path)])
    assert "quote-not-found" not in checked.output
    assert "does not stand" not in checked.output
    assert "Upper Vale" in checked.output


def test_tags_alone_are_no_claims(tmp_path: Path) -> None:
    cas = annotated()
    for each in list(cas.select_all_annotations()):
        if not (each.type.name == "custom.Span" and each.label == "Water"):
            cas.remove(each)
    path = tmp_path / "tags.json"
    path.write_bytes(as_json(cas))
    result = CliRunner().invoke(main, ["import", "annotations", str(path), "--source", "source/vale"])
    assert result.exit_code != 0
    assert "marks no words that could be a claim" in result.output
    assert "only relations become claims" in result.output


def changed(**changes: Any) -> bytes:
    """The JSON export with the first span changed."""
    data = json.loads(as_json(annotated()))
    next(each for each in data["%FEATURE_STRUCTURES"] if each["%TYPE"] == "custom.Span").update(changes)
    return json.dumps(data).encode()


def without_text() -> bytes:
    data = json.loads(as_json(annotated()))
    for each in data["%FEATURE_STRUCTURES"]:
        each.pop("sofaString", None)
    return json.dumps(data).encode()


def entities() -> bytes:
    """XML whose entities would read a file and grow without bound."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    xmi = annotated().to_xmi()
    head, rest = xmi[: xmi.index("?>") + 2], xmi[xmi.index("?>") + 2 :]
    return zipped({"a.xmi": head + bomb + rest, "TypeSystem.xml": layers().to_xml()})


def large() -> bytes:
    return zipped({"a.xmi": " " * (65 * 1024 * 1024), "TypeSystem.xml": layers().to_xml()})


DAMAGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut": (lambda: as_json(annotated())[:-400], "is no JSON"),
    "cut zip": (lambda: as_zip(annotated())[:-60], "the zip cannot be read"),
    "cut in zip": (
        lambda: zipped({"a.xmi": annotated().to_xmi()[:-90], "TypeSystem.xml": layers().to_xml()}),
        "no CAS that can be read",
    ),
    "another's type system": (
        lambda: zipped({"a.xmi": annotated().to_xmi(), "TypeSystem.xml": cassis.TypeSystem().to_xml()}),
        "no CAS that can be read",
    ),
    "no types": (lambda: zipped({"a.xmi": annotated().to_xmi()}), "holds 0 files .xml"),
    "project": (lambda: zipped({"annotation/a.zip": "", "source/a.txt": ""}), "holds 0 files .xmi"),
    "entities": (entities, "declares a document type"),
    "large": (large, "unpacks to more than"),
    "no text": (without_text, "no CAS that can be read|holds no text"),
    "outside": (lambda: changed(end=9999), "lie outside|no CAS that can be read"),
    "backwards": (lambda: changed(begin=70, end=21, comment="so they say"), "lie outside"),
    "no number": (lambda: changed(begin="x"), "no CAS that can be read"),
    "unknown type": (lambda: changed(**{"%TYPE": "custom.Other"}), "no CAS that can be read"),
    "empty": (lambda: b'{"%FEATURE_STRUCTURES": []}', "no CAS that can be read"),
    "no list": (lambda: b'{"%FEATURE_STRUCTURES": 3, "%TYPES": {}, "%VIEWS": {}}', "holds no text"),
    "deep": (lambda: b"[" * 100_000, "is no JSON"),
    "bytes": (lambda: b"\xff\xfe\x00", "is not UTF-8"),
    "tsv": (lambda: b"#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n", "UIMA CAS JSON"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_or_hostile_is_refused(name: str, tmp_path: Path) -> None:
    make, message = DAMAGED[name]
    data: bytes = make()
    with pytest.raises(InputError, match=message) as caught:
        items(data, tmp_path)
    assert str(tmp_path / "export") in caught.value.message
    assert caught.value.remedy


def test_a_span_without_end_says_where(tmp_path: Path) -> None:
    """The command tells what, where and what to do, and no traceback."""
    path = tmp_path / "x.json"
    path.write_bytes(changed(begin=70, end=21, comment="so they say"))
    result = CliRunner().invoke(main, ["import", "annotations", str(path), "--source", "source/x"])
    assert result.exit_code != 0
    assert f"{path}: the positions" in result.output
    assert "→" in result.output

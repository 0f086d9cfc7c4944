"""Validation reports: complete in one run, and readable by people and by machines."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner, Result
from rdflib import RDF, SH, Graph, Literal

from araxes.endpoint.cli.main import main
from araxes.triples.authoring.corpus import ENTITIES, SOURCES
from tests.triples.corpus_fixtures import TinyCorpus

Record = dict[str, Any]


def validate(entities: Path, sources: Path, *options: str) -> Result:
    """Run ``araxes validate``."""
    folders = ["--entities", str(entities), "--annotations", str(sources)]
    return CliRunner().invoke(main, ["validate", *folders, *options])


def states(*statements: Record) -> Callable[[Record], object]:
    """Add statements to a claim."""
    return lambda claim: claim["asserts"].extend(statements)


def span_of(claim: Record) -> Record:
    """The first passage of a claim."""
    passage = claim["passage"]
    span: Record = passage[0] if isinstance(passage, list) else passage
    return span


RECOGNITION = "event/iran-azerbaijan-diplomatic-relations"
CLAIM_DEFECTS: dict[str, tuple[Callable[[Record], object], str]] = {
    "002": (lambda c: c.pop("holder"), "holder is missing"),
    "003": (lambda c: c.update(holder="state/irann"), "unknown entity 'state/irann'"),
    "005": (lambda c: c["paraphrase"].pop("fa"), "fa is missing"),
    "006": (lambda c: span_of(c).update(start=20, end=10), "is empty"),
    "007": (lambda c: span_of(c).update(end=10_000_000), "the passage ends at"),
    "008": (lambda c: c.update(type="FactualClaims"), "unknown value 'FactualClaims'"),
    "014": (lambda c: c["asserts"][0].update(suports="state/iran"), "unknown property 'suports'"),
    "015": (states({"id": RECOGNITION, "date": "1992-13"}), "bad date"),
    "016": (lambda c: c.update(modality="Denied"), "nothing is denied"),
    "017": (lambda c: c.update(holder="state/iran"), "has no author's stance"),
    "018": (lambda c: c.update(authorStance="Reports"), "the author cannot be said to hold and Reports"),
    "020": (states({"supports": "state/iran"}), "neither `id` nor `type`"),
    "021": (states({"id": "#untyped", "supports": "state/iran"}), "has no type"),
    "022": (states({"id": RECOGNITION, "recognizes": "state/iran"}), "recognizes"),
    "033": (states({"id": "state/iran", "recognizes": "state/iran"}), "to itself"),
    "035": (states({"id": "#x", "type": "Observation", "value": 5}), "says what it measures"),
    "038": (
        states({"id": RECOGNITION, "date": "1992-03-12", "dateSolarHijri": "1380-01-01"}),
        "(Solar Hijri)",
    ),
    "043": (lambda c: c.update(passage=[span_of(c)] * 2), "stands twice"),
    "071": (
        states({"id": "#y", "type": "Observation", "unit": "Dolars", "value": 1}),
        "unknown term 'Dolars'",
    ),
}
"""Number of a claim of irna-2019 → what is done to it, and what must be said of it."""


def test_a_corpus_with_twenty_two_defects_is_reported_completely_in_one_run(tmp_path: Path) -> None:
    """File checks and shapes together; each finding with its file, its line and a remedy."""
    shutil.copytree(ENTITIES.parent / "mappings", tmp_path / "mappings")
    entities = Path(shutil.copytree(ENTITIES, tmp_path / "entities"))
    sources = Path(shutil.copytree(SOURCES, tmp_path / "sources"))
    path = sources / "irna-2019.yaml"
    document = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    claims = {claim["id"].rpartition("/")[2]: claim for claim in document["claims"]}
    for number, (damage, _) in CLAIM_DEFECTS.items():
        damage(claims[number])
    claims["075"]["id"] = "claim/irna-2019/076"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
    extra = [
        {"id": "place/nowhere", "type": "Place", "label": {"en": "Nowhere"}},
        {"id": "state/nowhere", "type": "State", "iso3166Alpha3": "no", "label": {"en": "N", "fa": "ن"}},
    ]
    (entities / "extra.yaml").write_text(yaml.safe_dump(extra, allow_unicode=True), "utf-8")

    done = validate(entities, sources, "--format", "json")
    assert done.exit_code == 1, done.output
    found = json.loads(done.stdout)["findings"]
    expected = [(f"claim/irna-2019/{number}", part) for number, (_, part) in CLAIM_DEFECTS.items()]
    expected += [
        ("claim/irna-2019/076", "the id stands already"),
        ("place/nowhere", "fa is missing"),
        ("state/nowhere", "three capital letters"),
    ]
    assert len(expected) == 22
    for subject, part in expected:
        said = [f for f in found if f["subject"] == subject and part in f["message"] + f["remedy"]]
        assert said, (subject, part, [f["message"] for f in found if f["subject"] == subject])
        assert all(f["line"] > 0 and f["remedy"] and f["file"].endswith(".yaml") for f in said)
    subjects = {subject for subject, _ in expected}
    strangers = [f for f in found if f["subject"] not in subjects and f["severity"] == "violation"]
    assert strangers == [], "a defect is reported of something that is sound"


@pytest.fixture
def broken(tiny: TinyCorpus) -> TinyCorpus:
    """A corpus with a violation that a file check finds and one that a shape finds."""
    tiny.entities[0]["iso3166Alpha3"] = "<b>"
    tiny.claims[1].pop("holder")
    return tiny.write()


def test_text_is_grouped_by_file_and_counted(broken: TinyCorpus) -> None:
    done = validate(broken.entity_folder, broken.source_folder)
    assert done.exit_code == 1
    blocks = done.stdout.split("\n\n")
    assert blocks[0].splitlines()[0].endswith("test.yaml")
    assert "[claim/test/002] holder is missing" in blocks[0]
    assert "  → " in blocks[0]
    assert blocks[1].splitlines()[0].endswith("all.yaml")
    assert "2 violations; 3 claims of 1 source:" in blocks[2]


def test_turtle_is_a_shacl_report(broken: TinyCorpus) -> None:
    done = validate(broken.entity_folder, broken.source_folder, "--format", "ttl")
    graph = Graph().parse(data=done.stdout, format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(False)
    results = list(graph.objects(report, SH.result))
    assert len(results) == 2
    for result in results:
        for predicate in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.resultMessage):
            assert len(list(graph.objects(result, predicate))) == 1


def test_html_stands_alone_and_escapes(broken: TinyCorpus, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    done = validate(broken.entity_folder, broken.source_folder, "--format", "html", "-o", str(path))
    assert done.exit_code == 1
    text = path.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "claim/test/002" in text
    assert "<b>" not in text
    assert not any(mark in text for mark in ("<script", "src=", "href=", "@import"))


def test_junit_counts_failures(broken: TinyCorpus) -> None:
    done = validate(broken.entity_folder, broken.source_folder, "--format", "junit")
    suites = ElementTree.fromstring(done.stdout).findall("testsuite")
    assert sum(int(suite.get("failures", "0")) for suite in suites) == 2
    assert len([case for suite in suites for case in suite.iter("failure")]) == 2


@pytest.mark.parametrize("form", ["text", "json", "ttl", "html", "junit"])
def test_a_sound_corpus_passes_in_every_format(tiny: TinyCorpus, form: str) -> None:
    done = validate(tiny.entity_folder, tiny.source_folder, "--format", form)
    assert done.exit_code == 0, done.output
    assert done.stdout
    if form == "junit":
        assert ElementTree.fromstring(done.stdout).find("testsuite") is not None

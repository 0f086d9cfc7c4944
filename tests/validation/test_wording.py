"""Warnings where the sentences and the statements of a claim do not say the same."""

from __future__ import annotations

import csv
import hashlib

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE
from araxes.triples.authoring.findings import Finding
from araxes.validation.gate.kept_results import WORDS
from araxes.validation.gate.wording.checks import wording_findings
from araxes.validation.gate.wording.cues import COLUMNS, CUES, cues_in
from araxes.validation.gate.wording.unsaid_words import kinds
from tests.dataset_helper import dataset_of
from tests.triples.corpus_fixtures import TinyCorpus
from tests.validation.wording_cases import CASES, Case, Item, worded


def found(data: Item) -> list[Finding]:
    """What is found of a claim."""
    return list(wording_findings(worded(data)))


def names(data: Item) -> set[str]:
    """The checks that warn of a claim."""
    return {finding.shape for finding in found(data)}


def cue_rows() -> list[dict[str, str]]:
    """The table of cues."""
    with CUES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check)
def test_what_is_wrong_is_warned_of(case: Case) -> None:
    assert names(case.wrong) >= {case.check}
    for finding in found(case.wrong):
        assert finding.severity == "warning"
        assert finding.remedy, "a warning says what to do"
        assert finding.subject == "claim/test/001"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check)
def test_what_is_right_is_not(case: Case) -> None:
    for change in case.right:
        right = {**case.wrong, **change} if change else {}
        assert case.check not in names(right), change


def test_the_claim_of_the_cases_is_right_itself() -> None:
    assert found({}) == []


def test_every_check_has_both_kinds_of_example() -> None:
    seen = {case.check for case in CASES if case.right}
    assert seen >= {f"unsaid-{kind.name}" for kind in kinds()}
    assert len(seen) == len(kinds()) + 10


def test_the_table_of_cues_is_in_order() -> None:
    rows = cue_rows()
    assert all(tuple(row) == COLUMNS for row in rows)
    assert {row["language"] for row in rows} == set(LANGUAGES)
    asked = {kind.name for kind in kinds()}
    others = {"hedge", "stress", "outside", "share", "ordinal", "limited-denial", "voice"}
    assert {row["kind"] for row in rows} == asked | others
    keys = [(row["language"], row["kind"], row["cue"]) for row in rows]
    assert len(set(keys)) == len(keys), "a cue stands twice"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_is_found_however_it_is_spelt(language: str) -> None:
    """With Arabic letters, without non-joiners, with spaces in their place, and not inside longer words."""
    for row in cue_rows():
        if row["language"] != language:
            continue
        words = row["cue"].removeprefix("^")
        arabic = words.replace("ی", "ي").replace("ک", "ك")
        for spelling in (
            words,
            arabic,
            words.replace("\u200c", ""),
            words.replace("\u200c", " "),
            words.title(),
        ):
            assert any(cues_in(f"{spelling} x", language, [row["kind"]])), spelling
        assert not any(cues_in(f"x{words}x", language, [row["kind"]])), words


def validate(tiny: TinyCorpus, *verb: str) -> Result:
    """Run a verb over the tiny corpus."""
    folders = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
    return CliRunner().invoke(main, [*verb, *folders])


def test_warnings_are_reported_with_their_line_and_stop_nothing(tiny: TinyCorpus) -> None:
    tiny.claims[0]["paraphrase"] = {"en": "Only Alpha recognized Beta.", "fa": "آلفا بتا را به رسمیت شناخت."}
    result = validate(tiny.write(), "validate", "--format", "json")
    assert result.exit_code == 0, result.output
    assert '"unsaid-only"' in result.output


def test_a_changed_table_makes_kept_results_stale() -> None:
    assert CUES.parent.match(f"*/{WORDS}")


def test_a_situation_that_another_source_names_is_no_swallowed_sentence(tiny: TinyCorpus) -> None:
    label = {"en": "Need of Alpha", "fa": "نیاز آلفا"}
    tiny.entities.append({"id": "situation/need", "type": "Situation", "label": label})
    tiny.claims[0]["asserts"] = [{"id": "situation/need", "type": "Situation", "situationOf": "state/alpha"}]
    message = "which no other claim names"
    assert message in validate(tiny.write(), "validate").output
    text = (
        tiny.source_file.read_text("utf-8")
        .replace("source/test", "source/two")
        .replace("claim/test", "claim/two")
    )
    (tiny.source_folder / "two.yaml").write_text(text, "utf-8")
    assert message not in validate(tiny, "validate").output
    assert message not in validate(tiny, "validate").output, "also of results that were kept"


@pytest.mark.parametrize(
    ("words", "certainty", "warned"),
    [
        ("Alpha probably recognized Beta.", "HighCertainty", "hedges («probably»)"),
        ("Alpha probably recognized Beta.", "ModerateCertainty", ""),
        ("بي ترديد آلفا بتا را شناخت.", "HighCertainty", "stresses («بی تردید»)"),
        ("بي ترديد آلفا بتا را شناخت.", "AbsoluteCertainty", ""),
        ("آلفا احتمالاً بتا را شناخت.", "HighCertainty", "hedges («احتمالا»)"),
        ("Alpha recognized Beta in May.", "HighCertainty", ""),
    ],
)
def test_verify_warns_of_passages(tiny: TinyCorpus, words: str, certainty: str, warned: str) -> None:
    content = words.encode()
    tiny.source["sourceText"] |= {"sha256": hashlib.sha256(content).hexdigest(), "characterCount": len(words)}  # type: ignore[operator]
    span = {"start": 0, "end": len(words), "sha256": hashlib.sha256(content).hexdigest()}
    tiny.claims[:] = [{**tiny.claims[0], "passage": span, "certainty": certainty}]
    tiny.write()
    (tiny.originals / "test.txt").write_bytes(content)
    result = validate(tiny, "verify", "--originals", str(tiny.originals))
    assert result.exit_code == 0, result.output
    assert warned in result.output
    assert ("warning: " in result.output) == bool(warned)


def test_a_hedge_that_another_claim_on_the_passage_tells_is_told(tiny: TinyCorpus) -> None:
    words = "Alpha probably recognized Beta."
    digest = hashlib.sha256(words.encode()).hexdigest()
    tiny.source["sourceText"] |= {"sha256": digest, "characterCount": len(words)}  # type: ignore[operator]
    one = {**tiny.claims[0], "passage": {"start": 0, "end": len(words), "sha256": digest}}
    tiny.claims[:] = [
        {**one, "certainty": "HighCertainty"},
        {**one, "id": "claim/test/002", "certainty": "ModerateCertainty"},
    ]
    tiny.write()
    (tiny.originals / "test.txt").write_text(words, "utf-8")
    assert "warning: " not in validate(tiny, "verify", "--originals", str(tiny.originals)).output


@pytest.mark.parametrize(
    ("printed", "meant", "bare"),
    [("President of Alpha", "King of Alpha", False), ("Presdient of Alpha", "President of Alpha", True)],
)
def test_what_a_claim_corrects_is_not_bare(tiny: TinyCorpus, printed: str, meant: str, bare: bool) -> None:
    label = {"en": "President of Alpha", "fa": "رئیس‌جمهور آلفا"}
    tiny.entities += [
        {"id": "office/president", "type": "Office", "label": label},
        {"id": "person/x", "type": "Person", "label": {"en": "X", "fa": "ایکس"}},
    ]
    tiny.claims[0]["correction"] = {"printedForm": printed, "correctedForm": meant}
    tiny.claims[0]["asserts"] = [
        {"id": "person/x", "hasTenure": "#t"},
        {"id": "#t", "type": "Tenure", "office": "office/president", "date": "1992"},
        {"id": "state/alpha", "supports": "state/beta"},
    ]
    dataset = dataset_of(tiny.write().entity_folder, tiny.source_folder)
    default = ox.DefaultGraph()
    tenure = ox.NamedNode(f"{BASE}claim/test/001#t")
    assert any(dataset.quads_for_subject(ox.NamedNode(f"{BASE}state/alpha"))), "what is not corrected stays"
    said = [quad for quad in dataset if tenure in (quad.subject, quad.object) and quad.graph_name == default]
    assert bool(said) is bare
    supports = ox.Quad(
        ox.NamedNode(f"{BASE}state/alpha"),
        ox.NamedNode(AX + "supports"),
        ox.NamedNode(f"{BASE}state/beta"),
        default,
    )
    assert supports in dataset

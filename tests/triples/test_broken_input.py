"""Whatever is wrong with an input file is reported with file, line, claim id and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.triples.authoring.findings import CorpusError
from tests.dataset_helper import dataset_of
from tests.triples.corpus_fixtures import TinyCorpus, span

Change = Callable[[dict[str, Any]], object]


def problems(tiny: TinyCorpus) -> tuple[str, ...]:
    """The problems of a corpus."""
    with pytest.raises(CorpusError) as caught:
        dataset_of(tiny.entity_folder, tiny.source_folder)
    return caught.value.problems


def line_of(path: Path, text: str, after: str) -> int:
    """1-based number of the first line with a text after the line with another."""
    lines = path.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if after in line)
    return next(number for number, line in enumerate(lines) if number >= start and text in line) + 1


CASES: list[tuple[str, Change, str, str]] = [
    (
        "unknown key",
        lambda c: c.update(holdr="state/beta"),
        "holdr",
        "unknown key 'holdr' → did you mean 'holder'",
    ),
    ("missing holder", lambda c: c.pop("holder"), "claim/test/001", "holder is missing → add `holder:`"),
    ("missing passage", lambda c: c.pop("passage"), "claim/test/001", "passage is missing → add `passage:`"),
    ("missing modality", lambda c: c.pop("modality"), "claim/test/001", "modality is missing"),
    ("missing paraphrase", lambda c: c.pop("paraphrase"), "claim/test/001", "paraphrase is missing"),
    ("no Persian", lambda c: c["paraphrase"].pop("fa"), "paraphrase", "fa is missing"),
    ("blank English", lambda c: c["paraphrase"].update(en=""), "en:", "en is blank"),
    (
        "unknown kind",
        lambda c: c.update(type="FactualClaims"),
        "FactualClaims",
        "did you mean 'FactualClaim'",
    ),
    (
        "unknown modality",
        lambda c: c.update(modality="Maybe"),
        "Maybe",
        "use Ability, Asserted, Denied, Possible",
    ),
    ("unknown entity", lambda c: c.update(holder="state/betaa"), "state/betaa", "did you mean 'state/beta'"),
    (
        "unknown entity in a statement",
        lambda c: c["asserts"][0].update(recognizes="state/bta"),
        "state/bta",
        "unknown entity 'state/bta' → did you mean 'state/beta'",
    ),
    (
        "misspelt property",
        lambda c: c["asserts"][0].update(recognises="state/beta"),
        "recognises",
        "unknown property 'recognises' → did you mean 'recognizes'",
    ),
    (
        "unknown class",
        lambda c: c["asserts"][1].update(type="Recogntion"),
        "Recogntion",
        "unknown value 'Recogntion' → did you mean 'Recognition'",
    ),
    (
        "unknown individual",
        lambda c: c["asserts"][2].update(unit="USDolar"),
        "USDolar",
        "did you mean 'USDollar'",
    ),
    (
        "unknown local node",
        lambda c: c["asserts"][1].update(concerns="#nowhere"),
        "#nowhere",
        "no node #nowhere",
    ),
    (
        "bad date",
        lambda c: c["asserts"][1].update(date="1992-13"),
        "1992-13",
        "bad date: '1992-13' is no EDTF date",
    ),
    (
        "bad period",
        lambda c: (c.pop("periodBasis", None), c.update(period="1995/1990")),
        "period",
        "ends before it begins",
    ),
    (
        "calendars disagree",
        lambda c: c["asserts"][1].update(date="1991-12-26", dateSolarHijri="1370-10-04"),
        "dateSolarHijri",
        "bad date: 1370-10-04 (Solar Hijri) is 1991-12-25",
    ),
    ("bad Solar Hijri", lambda c: c["asserts"][1].update(dateSolarHijri="1370-13"), "1370-13", "bad date"),
    ("empty passage", lambda c: c["passage"].update(start=50), "passage", "the passage 50–34 is empty"),
    (
        "passage out of range",
        lambda c: c["passage"].update(end=4000),
        "passage",
        "ends at 4000, the text at 103",
    ),
    ("passage twice", lambda c: c.update(passage=[span(0, 4), span(0, 4)]), "passage", "stands twice"),
    ("bad digest", lambda c: c["passage"].update(sha256="abc"), "sha256", "does not have the form"),
    ("negative start", lambda c: c["passage"].update(start=-1), "start", "-1"),
    ("nothing asserted", lambda c: c.update(asserts=[]), "asserts", "asserts is an empty list"),
    (
        "catch-all",
        lambda c: c.update(asserts=[{"id": "event/recognition", "type": "Recognition"}]),
        "asserts",
        "say nothing beyond types and labels",
    ),
    (
        "local node without type",
        lambda c: c["asserts"][2].pop("type"),
        "'#trade'",
        "the local node #trade has no type",
    ),
    ("stance missing", lambda c: c.update(holder="state/beta"), "holder", "has no author's stance"),
    ("stance odd", lambda c: c.update(authorStance="Disputes"), "authorStance", "cannot be said to hold"),
    ("denied without denial", lambda c: c.update(modality="Denied"), "asserts", "nothing is denied"),
    (
        "denial without modality",
        lambda c: c["asserts"].append(
            {"type": "Denial", "subject": "state/alpha", "property": "aids", "object": "state/beta"}
        ),
        "modality",
        "modality is not Denied",
    ),
    (
        "denial of an unknown property",
        lambda c: c.update(
            modality="Denied",
            asserts=[{"type": "Denial", "subject": "state/alpha", "property": "aid", "object": "state/beta"}],
        ),
        "property",
        "unknown value 'aid' → did you mean 'aids'",
    ),
    (
        "a word for a number",
        lambda c: c["asserts"][2].update(value="many"),
        "many",
        "value: 'many' is of the wrong type",
    ),
]


@pytest.mark.parametrize(("name", "change", "at", "message"), CASES, ids=[case[0] for case in CASES])
def test_problem_names_line_claim_and_remedy(
    tiny: TinyCorpus, name: str, change: Change, at: str, message: str
) -> None:
    change(tiny.claims[0])
    tiny.write()
    found = problems(tiny)
    matching = [problem for problem in found if message in problem]
    assert matching, f"{name}: {found}"
    where = re.match(r"(.+?):(\d+): \[(.+?)\] .+ → .+", matching[0])
    assert where, matching[0]
    assert where[1].endswith("test.yaml")
    assert int(where[2]) == line_of(tiny.source_file, at, "claim/test/001")
    assert where[3] == "claim/test/001"


def test_duplicate_claim_names_both_places(tiny: TinyCorpus) -> None:
    tiny.claims[1]["id"] = "claim/test/001"
    tiny.write()
    assert any("the id stands already at test.yaml:" in problem for problem in problems(tiny))


def test_duplicate_entity(tiny: TinyCorpus) -> None:
    tiny.entities.append(dict(tiny.entities[0]))
    tiny.write()
    assert any("[state/alpha] the id stands already at all.yaml:1" in problem for problem in problems(tiny))


def test_entity_without_persian_label(tiny: TinyCorpus) -> None:
    tiny.entities[1]["label"] = {"en": "Beta"}
    tiny.write()
    assert any("[state/beta] fa is missing" in problem for problem in problems(tiny))


def test_claim_of_another_source(tiny: TinyCorpus) -> None:
    tiny.claims[0]["id"] = "claim/other/001"
    tiny.write()
    assert any("the id does not name its source" in problem for problem in problems(tiny))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is blank"),
        (b"  \n \n", "is blank"),
        (b"# nothing\n", "holds only comments"),
        (b"source: {a\nclaims: [", "malformed YAML"),
        (b"source: x\n\tclaims: []\n", "malformed YAML"),
        (b"source: source/test\nclaims: []\nclaims: []\n", "the key 'claims' stands twice"),
        ("source: source/test\n# é\n".encode("latin-1"), ":2: is not UTF-8"),
        (b"- 1\n- 2\n", "is no mapping"),
        (b"claims: []\n", "names no source"),
        (b"source: source/test\n", "holds no list of claim records"),
        (b"source: source/test\nclaims: [just text]\n", "claim number 1 is no mapping"),
        (b"source: source/test\nclaims: []\nextra: 1\n", "unknown key 'extra'"),
        (b"\xff\xfe\x00", "is UTF-16"),
        (b"source: \xff\xfe\x00\n", ":1: is not UTF-8"),
    ],
)
def test_unusable_file(tiny: TinyCorpus, content: bytes, message: str) -> None:
    (tiny.source_folder / "bad.yaml").write_bytes(content)
    found = [problem for problem in problems(tiny) if message in problem]
    assert found
    assert all("bad.yaml" in problem and " → " in problem for problem in found)


def test_empty_folders_are_reported(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        dataset_of(tmp_path, tmp_path)
    assert len(caught.value.problems) == 1  # the same folder twice
    assert "holds no *.yaml file" in caught.value.problems[0]


def test_all_problems_of_all_files_in_one_run(tiny: TinyCorpus) -> None:
    tiny.claims[0]["holder"] = "state/nobody"
    tiny.claims[1].pop("passage")
    tiny.entities[2]["type"] = "Stat"
    tiny.write()
    (tiny.source_folder / "bad.yaml").write_text("a: [", "utf-8")
    text = "\n".join(problems(tiny))
    for part in ("state/nobody", "passage is missing", "'Stat'", "malformed YAML"):
        assert part in text


def test_a_failed_build_changes_nothing_and_says_so(tiny: TinyCorpus, tmp_path: Path) -> None:
    options = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
    store = ["--store", str(tmp_path / "store")]
    runner = CliRunner()
    assert runner.invoke(main, ["build", *store, *options]).exit_code == 0
    before = (tmp_path / "store" / "current").readlink()
    tiny.claims[0]["type"] = "Nonsense"
    tiny.write()
    result = runner.invoke(main, ["build", *store, *options])
    assert result.exit_code == 1
    assert "Nonsense" in result.output
    assert "the store that was there keeps serving" in result.output
    assert "Traceback" not in result.output
    assert (tmp_path / "store" / "current").readlink() == before

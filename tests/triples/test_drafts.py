"""Drafts: quotes and names in, claims out; whatever a quote does not bear out is refused, and told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import Record
from araxes.triples.authoring.yaml_lines import Document
from araxes.triples.originals.passages import slice_digest
from araxes.validation.drafts.named_things import is_named
from tests.triples.corpus_fixtures import TinyCorpus
from tests.triples.draft_fixtures import GOOD, TEXT, Desk

DELTA = {"type": "City", "label": {"en": "Port Delta", "fa": "بندر دلتا"}}


@pytest.fixture
def desk(tiny: TinyCorpus) -> Desk:
    """A corpus and a text."""
    return Desk(tiny)


def only(found: dict[str, Any]) -> dict[str, Any]:
    """The one claim of a report."""
    (claim,) = found["claims"]
    return dict(claim)


def test_a_claim_gets_offsets_digest_ids_and_what_is_usual(desk: Desk) -> None:
    found = desk.report(GOOD)
    claim = only(found)["claim"]
    start = TEXT.index("Alpha recognized Beta")
    end = start + len("Alpha recognized Beta")
    assert claim["passage"] == {"start": start, "end": end, "sha256": slice_digest(TEXT, start, end)}
    assert claim["id"] == "claim/thaw/001"
    assert claim["holder"] == "source/thaw#author"
    assert claim["asserts"] == [{"id": "state/alpha", "recognizes": "state/beta"}]
    assert (claim["type"], claim["modality"], claim["periodBasis"]) == (
        "FactualClaim",
        "Asserted",
        "UnstatedTime",
    )
    assert found["accepted"] == 1


def test_what_is_printed_can_be_annotated_with(desk: Desk) -> None:
    printed = desk.run(desk.draft(GOOD, {**GOOD, "quote": "Alpha recognized Beta. Officials"}))
    assert printed.exit_code == 0, printed.output
    data = yaml.safe_load(printed.stdout)
    assert data["source"] == "source/thaw"
    assert [claim["id"] for claim in data["claims"]] == ["claim/thaw/001", "claim/thaw/002"]


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ("wants the harbour of Port Delta", "wants the har-\nbour of Port Delta"),
        ("4 billion dollars, 'a record'", "4 billion dollars, “a record”"),
        ("آلفا بتا را به رسمیت شناخت", "آلفا بتا را به رسميت شناخت"),
        ("Officials … only for itself", TEXT[TEXT.index("Officials") : TEXT.index(". Trade")]),
    ],
)
def test_quotes_need_not_be_set_as_the_text_is(desk: Desk, quote: str, exact: str) -> None:
    claim = only(desk.report({**GOOD, "quote": quote}))["claim"]
    assert TEXT[claim["passage"]["start"] : claim["passage"]["end"]] == exact


def test_several_quotes_are_several_passages_and_overlapping_ones_one(desk: Desk) -> None:
    quotes = ["Alpha recognized Beta", "recognized Beta. Officials", "Gamma was left out"]
    claim = only(desk.report({**GOOD, "quote": quotes}))["claim"]
    slices = [TEXT[span["start"] : span["end"]] for span in claim["passage"]]
    assert slices == ["Alpha recognized Beta. Officials", "Gamma was left out"]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"quote": "Alpha never recognized Beta"}, "quote-not-found"),
        ({"quote": "Whatever nobody said"}, "quote-not-found"),
        ({"quote": "rejects the plan"}, "quote-ambiguous"),
        ({"quote": "rejects the plan", "occurrence": 3}, "quote-ambiguous"),
        ({"quote": "rejects the plan", "within": "Delta rejects the plan"}, "quote-not-found"),
        ({"quote": ""}, "quote-missing"),
        ({"quote": None}, "quote-missing"),
        ({"asserts": [["Alpha", "adores", "Beta"]]}, "unknown-term"),
        ({"asserts": [["Alpha", "recognizes", "Omega"]]}, "unknown-name"),
        ({"asserts": [{"type": "Treatty", "actor": "Alpha"}]}, "unknown-term"),
        ({"asserts": [["measure/trade", "recognizes", "Beta"]]}, "unfitting"),
        ({"asserts": [["Alpha", "recognizes"]]}, "form"),
        ({"asserts": "Alpha recognizes Beta"}, "form"),
        ({"modality": "Surely"}, "unknown-term"),
        ({"degree": "somewhat"}, "unknown-term"),
        ({"holder": "Omega", "authorStance": "Reports"}, "unknown-name"),
        ({"holder": "Gamma", "authorStance": "Reports"}, "holder-not-named"),
        ({"holder": "Beta"}, "form"),
        ({"paraphrase": {"en": "Beta, known since 1998.", "fa": "بتا شناخته شد."}}, "number-not-quoted"),
        ({"asserts": [["Alpha", "recognizes", "Beta"], {"id": "#1", "type": "Observation", "measure": "Trade",
          "measuredEntity": "Alpha", "value": 5, "unit": "USDollar"}]}, "number-not-quoted"),
        ({"period": "1993"}, "number-not-quoted"),
    ],
)  # fmt: skip
def test_what_the_quote_does_not_bear_out_is_refused(desk: Desk, change: dict[str, Any], check: str) -> None:
    found = desk.report({**GOOD, **change}, GOOD)
    first, second = found["claims"]
    grave = {finding["check"] for finding in first["findings"] if finding["severity"] == "violation"}
    assert check in grave, first
    assert not first["accepted"]
    assert second["accepted"]
    assert all(finding["remedy"] and finding["line"] > 1 for finding in first["findings"])


def test_a_copied_paraphrase_is_refused(desk: Desk) -> None:
    words = "Officials of Beta believe that Alpha probably wants the har-bour of Port Delta only for itself"
    copied = {**GOOD, "paraphrase": {"en": words, "fa": "آلفا بتا را شناخت."}}
    assert ("copied", "violation") in desk.checks(copied)
    short = {**GOOD, "paraphrase": {"en": "Alpha recognized Beta, they say.", "fa": "آلفا بتا را شناخت."}}
    assert not any(check == "copied" for check, _ in desk.checks(short))


def test_hedges_degrees_and_names_of_the_quote_are_missed_where_nothing_says_them(desk: Desk) -> None:
    claim = {
        "quote": "Beta believe that Alpha probably wants the harbour of Port Delta only for itself",
        "holder": "Beta",
        "authorStance": "Reports",
        "polarity": "Conflictual",
        "paraphrase": {"en": "Alpha would like Port Delta.", "fa": "آلفا بندر دلتا را می‌خواهد."},
        "asserts": [["Alpha", "claims territory", "Port Delta"]],
    }
    names = {"Port Delta": DELTA}
    missed = desk.checks(claim, names=names)
    assert {("quote-unsaid-only", "warning"), ("quote-hedge-without-certainty", "warning")} <= missed
    told = {**claim, "degree": "only", "certainty": "ModerateCertainty"}
    assert not {check for check, _ in desk.checks(told, names=names) if check.startswith("quote-")}


@pytest.mark.parametrize(
    ("quote", "change", "warned"),
    [
        ("Officials of Beta believe that Alpha probably wants", {}, True),
        (
            "Officials of Beta believe that Alpha probably wants",
            {"holder": "Beta", "authorStance": "Reports"},
            False,
        ),
        ("Alpha recognized Beta", {}, False),
        ("Officials of Beta believe that Alpha", {"asserts": [["Beta", "accuses", "Alpha"]]}, False),
    ],
)
def test_a_view_of_others_is_missed_where_the_author_is_given_as_its_holder(
    desk: Desk, quote: str, change: dict[str, Any], warned: bool
) -> None:
    assert (("quote-voice", "warning") in desk.checks({**GOOD, "quote": quote, **change})) == warned


def test_a_thing_that_only_the_context_names_is_warned_of_and_one_that_nothing_names_refused(
    desk: Desk,
) -> None:
    claim = {**GOOD, "quote": "Gamma was left out", "asserts": [["Gamma", "opposes", "Beta"]]}
    claim["paraphrase"] = {"en": "Gamma stood against it.", "fa": "گاما مخالف بود."}
    assert ("name-not-quoted", "warning") in desk.checks(claim)
    understood = {**claim, "understood": ["Beta"]}
    assert not any(check == "name-not-quoted" for check, _ in desk.checks(understood))
    desk.tiny.entities.append({"id": "state/omega", "type": "State", "label": {"en": "Omega", "fa": "امگا"}})
    desk.tiny.write()
    invented = {**claim, "asserts": [["Gamma", "opposes", "Omega"]], "understood": ["Omega"]}
    assert ("name-not-quoted", "violation") in desk.checks(invented)


def test_a_name_in_the_paraphrase_alone_is_looked_for_too(desk: Desk) -> None:
    claim = {**GOOD, "paraphrase": {"en": "Alpha recognized Beta against Gamma.", "fa": "آلفا بتا را شناخت."}}
    assert ("name-not-quoted", "warning") in desk.checks(claim)


@pytest.mark.parametrize(
    ("label", "text", "named"),
    [
        ("کش", "کش از وریا پشتیبانی می‌کند", True),
        ("کش", "کشاورزان از وریا پشتیبانی می‌کنند", False),
        ("قم", "شهر قم", True),
        ("US", "they told us so", False),
    ],
)
def test_short_names_count_whole_and_not_in_latin_letters(label: str, text: str, named: bool) -> None:
    document = Document(Path("own.yaml"), {}, {})
    thing = Record("entity", {"id": "state/short", "type": "State", "label": {"fa": label}}, document, ())
    assert is_named(text, thing, vocabulary()) is named


def test_a_known_thing_of_another_class_is_not_called_unknown(desk: Desk) -> None:
    claim = only(desk.report({**GOOD, "asserts": [["Alpha", "withdraws from", "Trade"]]}))
    told = {finding["check"]: finding["message"] for finding in claim["findings"]}
    assert "is of class Measure" in told["unfitting"]
    assert "unknown-name" not in told


@pytest.mark.parametrize("verdict", ["Dreadful", "state/alpha"])
def test_where_one_of_few_is_wanted_they_are_listed(desk: Desk, verdict: str) -> None:
    appraisal = {"type": "Appraisal", "appraised": "Beta", "verdict": verdict}
    remedies = [each["remedy"] for each in only(desk.report({**GOOD, "asserts": [appraisal]}))["findings"]]
    assert any("Useful" in remedy and "Harmful" in remedy for remedy in remedies), remedies


def test_the_guide_offers_no_term_that_a_draft_cannot_use(desk: Desk) -> None:
    guide = desk.run(desk.draft(GOOD).with_name("thaw.txt"), "--guide").stdout
    offered = set(re.findall(r"^\* `(\w+)`", guide, re.MULTILINE))
    assert {"tradesWith", "recognizes", "Observation"} <= offered
    assert not offered & {"contentDigest", "comparedSource", "GraphElement", "Disagreement", "Claim"}


def test_a_year_from_the_context_is_understood_only_if_the_text_has_it(desk: Desk) -> None:
    dated = {**GOOD, "period": "1997"}
    assert ("number-not-quoted", "violation") in desk.checks(dated)
    assert not desk.checks({**dated, "understood": [1997]}) & {("number-not-quoted", "violation")}
    invented = {**GOOD, "period": "1998", "understood": ["1998"]}
    assert ("number-not-quoted", "violation") in desk.checks(invented)


@pytest.mark.parametrize(
    ("value", "told"), [(4000000000, False), (4, False), (4_000_000, True), ("1397", False)]
)
def test_numbers_are_read_as_they_are_written(desk: Desk, value: object, told: bool) -> None:
    figure = {
        "type": "Observation",
        "measure": "Trade",
        "measuredEntity": "Alpha",
        "value": value,
        "unit": "USDollar",
    }
    claim = {**GOOD, "quote": "Trade between them grew to 4 billion dollars", "understood": ["Alpha", "Beta"]}
    claim |= {
        "asserts": [["Alpha", "tradesWith", "Beta"], figure if value != "1397" else ["Beta", "aids", "Alpha"]]
    }
    assert (("number-not-quoted", "violation") in desk.checks(claim)) == told


def test_terms_by_label_in_either_language_and_things_in_any(desk: Desk) -> None:
    for said in (["آلفا", "به رسمیت می‌شناسد", "بتا"], ["state/alpha", "Recognizes", "BETA"]):
        claim = only(desk.report({**GOOD, "asserts": [said]}))["claim"]
        assert claim["asserts"] == [{"id": "state/alpha", "recognizes": "state/beta"}], said


def test_denials_and_qualifications_are_said_with_names(desk: Desk) -> None:
    claim = {
        **GOOD,
        "quote": "گاما هرگز به بتا کمک نکرد",
        "modality": "Denied",
        "asserts": [{"type": "Denial", "subject": "Gamma", "property": "aids", "object": "Beta"}],
        "paraphrase": {"en": "Gamma gave Beta no help.", "fa": "گاما کمکی به بتا نداد."},
    }
    found = only(desk.report(claim))
    assert found["accepted"], found
    assert found["claim"]["asserts"] == [
        {"type": "Denial", "subject": "state/gamma", "property": "aids", "object": "state/beta"}
    ]
    limits = {"type": "Qualification", "subject": "Alpha", "property": "recognizes", "object": "Beta"}
    qualified = {**GOOD, "asserts": [["Alpha", "recognizes", "Beta"], {**limits, "degree": "partly"}]}
    found = only(desk.report(qualified))
    assert found["accepted"], found
    assert found["claim"]["asserts"][1] == {
        "type": "Qualification", "subject": "state/alpha", "property": "recognizes", "object": "state/beta",
        "degree": "Partly",
    }  # fmt: skip


def test_new_things_become_entities_once_and_only_with_their_claims(desk: Desk) -> None:
    claim = {**GOOD, "quote": "the harbour of Port Delta", "understood": ["Alpha"]}
    claim |= {"asserts": [["Alpha", "controls", "Port Delta"]]}
    claim["paraphrase"] = {"en": "Alpha holds Port Delta.", "fa": "آلفا بندر دلتا را دارد."}
    found = desk.report(claim, claim, names={"Port Delta": DELTA})
    assert found["entities"] == [{"id": "place/port-delta", **DELTA}]
    refused = desk.report({**claim, "quote": "nothing of it"}, names={"Port Delta": DELTA})
    assert refused["entities"] == []


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"Bêta": {"type": "State"}}, "is known already: state/beta"),
        ({"Delta": {"type": "State", "id": "state/beta"}}, "the id state/beta is taken"),
        ({"Delta": "state/delta"}, "unknown entity 'state/delta'"),
        ({"Delta": {"type": "Kingdomm"}}, "unknown class 'Kingdomm'"),
        ({"دلتا": {"type": "State"}}, "no id can be made of a name in another script"),
        ({"Delta": 5}, "neither an id nor a description"),
    ],
)
def test_nothing_is_minted_twice_or_blindly(desk: Desk, names: dict[str, Any], message: str) -> None:
    found = desk.report(GOOD, names=names)
    assert any(message in finding["message"] for finding in found["findings"]), found["findings"]
    assert found["entities"] == []


def test_what_is_expressly_another_thing_may_have_the_name(desk: Desk) -> None:
    names = {
        "Beta of old": {
            "type": "HistoricalState",
            "label": {"en": "Beta", "fa": "بتا"},
            "unlike": "state/beta",
        }
    }
    claim = {**GOOD, "asserts": [["Alpha", "recognizes", "Beta of old"]], "understood": ["Beta of old"]}
    found = desk.report(claim, names=names)
    assert found["findings"] == []
    assert [entity["id"] for entity in found["entities"]] == ["historical-state/beta"]


def test_an_open_name_is_shown_with_its_candidates(desk: Desk) -> None:
    result = desk.run(desk.draft({**GOOD, "asserts": [["Alphas", "recognizes", "Beta"]]}))
    assert result.exit_code == 1
    assert '"Alphas": state/alpha  # Alpha' in result.stderr
    assert "0 of 1 claims accepted, 1 refused" in result.stderr


def test_written_claims_stand_are_written_anew_and_not_over_hand_work(desk: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    made = CliRunner().invoke(
        main, ["new", "corpus", str(mine), "--namespace", "https://example.org/mine/", "--language", "en",
               "--language", "fa", "--curator", "Jana Doe"],
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    text = tmp_path / "thaw.txt"
    text.write_text("In 1997 Iran recognized Armenia.\n", "utf-8")
    common = ["--corpus", str(mine)]
    head = CliRunner().invoke(
        main, ["new", "source", *common, "--text", str(text), "--id", "thaw", "--type", "Report"]
    )
    assert head.exit_code == 0, head.output
    draft = tmp_path / "a.draft.yaml"
    claim = {**GOOD, "quote": "Iran recognized Armenia", "asserts": [["Iran", "recognizes", "Armenia"]]}
    claim["paraphrase"] = {"en": "Iran gave Armenia recognition.", "fa": "ایران ارمنستان را شناخت."}
    draft.write_text(
        yaml.safe_dump({"source": "source/thaw", "claims": [claim]}, allow_unicode=True), "utf-8"
    )
    write = ["draft", *common, "--write", str(draft)]
    for _ in range(2):  # the second time its own claims are not in the way
        result = CliRunner().invoke(main, write)
        assert result.exit_code == 0, result.output
    written = mine / "sources" / "a.drafted.yaml"
    assert yaml.safe_load(written.read_text("utf-8"))["claims"][0]["id"] == "claim/thaw/001"
    verified = CliRunner().invoke(main, ["verify", *common, "--source", "thaw"])
    assert verified.exit_code == 0, verified.output
    assert "all 1 passages stand" in verified.output
    written.write_text(written.read_text("utf-8") + "# by hand\n", "utf-8")
    refused = CliRunner().invoke(main, write)
    assert refused.exit_code == 1
    assert "was changed after" in refused.output
    assert CliRunner().invoke(main, [*write, "--force"]).exit_code == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("claims: [\n", "malformed YAML"),
        ("- a\n", "is no draft"),
        ("source: thaw\ntext: thaw.txt\nclaims: []\n", "names no source"),
        ("source: source/thaw\ntext: thaw.txt\nclaims: {}\n", "`claims` is no list"),
        ("source: source/thaw\ntext: thaw.txt\nclaims: [1]\n", "claim 1 is no mapping"),
        ("source: source/thaw\ntext: thaw.txt\nnmes: {}\nclaims: []\n", "did you mean 'names'"),
        ("source: source/thaw\ntext: thaw.txt\nclaims: [{qoute: a}]\n", "did you mean 'quote'"),
        ("source: source/thaw\nclaims: []\n", "nothing says which text"),
        ("source: source/thaw\ntext: gone.txt\nclaims: []\n", "gone.txt is not in"),
    ],
)
def test_a_draft_that_is_none_is_told_so(desk: Desk, content: str, message: str) -> None:
    path = desk.draft()
    path.write_text(content, "utf-8")
    result = desk.run(path)
    assert result.exit_code == 1
    assert message in result.output
    assert "Traceback" not in result.output


def test_strict_refuses_what_is_warned_of(desk: Desk) -> None:
    claim = {**GOOD, "quote": "Gamma was left out", "understood": ["Alpha"]}
    path = desk.draft(claim)
    assert "1 of 1 claims accepted" in desk.run(path).output
    assert "0 of 1 claims accepted" in desk.run(path, "--strict").output

"""Answers that a curator reads in claims clash and fold into one dispute, and nobody is said to hold them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from araxes.ontology.namespaces import AX, BASE
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_corpus
from araxes.triples.derived.claim_graphs import read_claim_graphs
from araxes.triples.labels import Description, Words
from araxes.validation.disagreement.clash_sentences import sentence
from araxes.validation.disagreement.dispute_wording import Teller
from araxes.validation.disagreement.disputes import Dispute, find_disputes
from tests.triples.corpus_fixtures import TinyCorpus
from tests.validation.disagreement_corpora import ALPHA, BETA, build, cases, relation

ONE, OTHER = "claim/test/001", "claim/other/001"
TRADE, FEAR = "option/by-trade", "option/by-fear"
Read = str | list[str] | None


def option(name: str, en: str, fa: str, **more: object) -> dict[str, object]:
    """An answer to why Alpha turned to Beta."""
    label = {"en": en, "fa": fa}
    return {"id": name, "type": "Option", "label": label, "respondsTo": "issue/turn", **more}


def corpus(tiny: TinyCorpus, **more: object) -> TinyCorpus:
    """The tiny corpus with a question and two answers."""
    label = {"en": "Turn of Alpha to Beta", "fa": "روی آوردن آلفا به بتا"}
    tiny.entities += [
        {"id": "issue/turn", "type": "Issue", "label": label},
        option(TRADE, "For the sake of trade", "برای بازرگانی", **more),
        option(FEAR, "For fear of Gamma", "از بیم گاما"),
    ]
    return tiny


def disputes(tiny: TinyCorpus, one: Read = TRADE, two: Read = FEAR) -> tuple[list[Dispute], ox.Dataset]:
    """The disputes between two claims that have nothing in common but what is read in them."""
    first = relation(ALPHA, "cooperatesWith", BETA, **({"readAs": one} if one else {}))
    second = relation(ALPHA, "aids", BETA, **({"readAs": two} if two else {}))
    dataset = build(tiny, first, second)
    return find_disputes(dataset, cases(dataset)), dataset


def test_two_answers_are_one_dispute(tiny: TinyCorpus) -> None:
    (dispute,), dataset = disputes(corpus(tiny))
    assert dispute.matter.key == "question issue/turn"
    assert [case.kind for case in dispute.clashes] == ["DifferingAnswers"]
    assert sorted(sorted(position.claims) for position in dispute.positions.values()) == [
        [BASE + OTHER],
        [BASE + ONE],
    ]
    teller = Teller(Words(dataset), Description(dataset), read_claim_graphs(dataset))
    for language, answers in {
        "en": {"For the sake of trade.", "For fear of Gamma."},
        "fa": {"برای بازرگانی.", "از بیم گاما."},
    }.items():
        told = {teller.answer(dispute, each, language) for each in dispute.positions.values()}
        assert told == answers
        assert teller.remark(dispute, language)


def test_the_clash_is_told_with_its_question(tiny: TinyCorpus) -> None:
    (dispute,), dataset = disputes(corpus(tiny))
    (clash,) = dispute.clashes
    words, claims = Words(dataset), read_claim_graphs(dataset)
    english, persian = (sentence(clash, words, claims, language) for language in ("en", "fa"))
    assert english.startswith("Differing answers to “Turn of Alpha to Beta”: ")
    assert "– “For the sake of trade”" in english and "responds to" not in english
    assert "به «روی آوردن آلفا به بتا»" in persian and "«از بیم گاما»" in persian


def test_what_a_curator_reads_is_in_no_claim(tiny: TinyCorpus) -> None:
    _, dataset = disputes(corpus(tiny))
    about = [quad for quad in dataset if f"{BASE}option/" in f"{quad.subject} {quad.object}"]
    assert ox.NamedNode(AX + "readAs") in {quad.predicate for quad in about}
    assert {quad.graph_name for quad in about} == {ox.DefaultGraph()}
    favoured = ox.NamedNode(AX + "favours")
    assert not [quad for quad in dataset if quad.predicate == favoured]


def test_answers_that_exclude_each_other_meet_those_that_are_favoured(tiny: TinyCorpus) -> None:
    (dispute,), _ = disputes(corpus(tiny, excludes=FEAR))
    assert dispute.matter.key == f"option {FEAR}"


@pytest.mark.parametrize(("one", "two"), [(TRADE, TRADE), ([TRADE, FEAR], None), (TRADE, None), (None, None)])
def test_one_answer_or_one_claim_is_no_dispute(tiny: TinyCorpus, one: Read, two: Read) -> None:
    found, _ = disputes(corpus(tiny), one, two)
    assert not found


def test_an_answer_that_is_not_there_is_told(tiny: TinyCorpus) -> None:
    corpus(tiny).claims[0]["readAs"] = "option/by-trde"
    tiny.write()
    (told,) = check_records(read_corpus(tiny.entity_folder, tiny.source_folder)).findings
    assert "option/by-trde" in told.message
    assert TRADE in told.remedy

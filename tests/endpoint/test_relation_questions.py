"""Questions that ask for one relation: who says so, who denies it, and that no source does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from jsonschema import Draft202012Validator

from araxes.endpoint.search.text.asked_sides import Side, sides_of
from araxes.endpoint.search.text.relation_words import content, written_words
from araxes.endpoint.tools.output_schemas import OUTPUTS
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE
from tests.endpoint.tool_fixtures import Told, Tools, begins, rows, tools_over

_SAMPLE = 12


@pytest.fixture(scope="module")
def tools(project_store: Path) -> Iterator[Tools]:
    with tools_over(project_store) as found:
        yield found


def asked(tools: Tools, question: str, **more: str) -> Told:
    language = "fa" if any("\u0600" <= letter <= "\u06ff" for letter in question) else "en"
    told = tools.call("positions", question=question, language=language, **more)
    assert not told.failed, told.text
    Draft202012Validator(OUTPUTS["positions"]).validate(told.data)
    assert told.data["notice"] == told.first
    return told


def parts(told: Told) -> set[tuple[str, str, str, str]]:
    """Manner, subject, property and object of what claims say, without the bases of IRIs."""
    return {
        (
            each["manner"],
            each["subject"].removeprefix(BASE),
            each["property"].removeprefix(AX),
            each["object"].removeprefix(BASE),
        )
        for each in told.data["answering"]
    }


@pytest.mark.parametrize(
    ("question", "entity", "relation"),
    [
        ("With whom does Kyrgyzstan trade?", "Kyrgyzstan", "trades with"),
        ("قرقیزستان با چه کسانی داد و ستد دارد؟", "قرقیزستان", "تجارت دارد با"),
        ("Qırğızıstan trades with whom?", "Kyrgyzstan", "trades with"),
        ("Does Georgia threaten Iran?", "Georgia", "threatens: Iran"),
        ("آیا گرجستان ایران را تهدید می‌کند؟", "گرجستان", "تهدید می‌کند: ایران"),
    ],
)
def test_that_no_source_says_it(tools: Tools, question: str, entity: str, relation: str) -> None:
    told = asked(tools, question)
    language = "fa" if entity[0] > "\u0600" else "en"
    assert told.first.startswith(begins("silent_relation", language))
    assert entity in told.first and relation in told.first
    assert told.data["answered"] is False and told.data["answering"] == []
    # What follows is of the entity, and said to be beside the question.
    assert begins("otherwise", language) in told.first
    assert told.data["claims"]
    assert (begins("disputed", language) in told.first) == told.data["disputed"]


def test_silence_is_never_said_of_what_a_claim_states(tools: Tools, project: ox.Store) -> None:
    states = {iri for (iri,) in rows(project, "SELECT ?s { ?s a ax:State }")}
    own = rows(
        project, "SELECT DISTINCT ?s ?p { GRAPH ?c { ?s ?p ?o } FILTER (STRSTARTS(STR(?p), STR(ax:))) }"
    )
    labels = {
        (iri, language): label
        for iri, label, language in rows(project, "SELECT ?s ?l (LANG(?l) AS ?t) { ?s rdfs:label ?l }")
    }
    stated = [(*each, language) for each in own if each[0] in states for language in LANGUAGES]
    assert len(stated) > 100
    answered = 0
    for subject, relation, language in random.Random(18).sample(sorted(stated), 3 * _SAMPLE):
        name, label = labels[subject, language], labels[relation, language]
        told = asked(tools, f"{name} {label.replace('…', ' ')}?")
        assert told.data.get("answered") is not False, (name, label)
        if told.data.get("answered"):
            answered += 1
            assert told.data["relation"]["property"]["iri"] == relation
            assert told.data["relation"]["things"][0]["iri"] == subject
            first = told.data["answering"][0]
            assert first["claim"] in {each["iri"] for each in told.data["claims"]}
    assert answered > 2 * _SAMPLE


@pytest.mark.parametrize(
    "question",
    ["Who supplies arms to Azerbaijan?", "چه کسی به جمهوری آذربایجان سلاح می‌دهد؟"],
)
def test_claims_that_say_it_come_first(tools: Tools, question: str) -> None:
    told = asked(tools, question)
    assert told.data["answered"] is True
    saying = [each["claim"] for each in told.data["answering"]]
    own = list(dict.fromkeys(saying))
    assert [each["iri"] for each in told.data["claims"]][: len(own)] == own
    assert parts(told) == {
        ("stated", f"state/{name}", "suppliesArmsTo", "state/azerbaijan") for name in ("israel", "turkiye")
    }
    language = "fa" if question[0] > "\u0600" else "en"
    if len(told.data["claims"]) > len(own):
        before, similar, _ = told.text.partition(begins("merely_similar", language))
        assert similar
        assert all(claim.removeprefix(BASE) in before for claim in own)


def test_what_is_denied_counts_and_is_told_as_denied(tools: Tools) -> None:
    for question in (
        "Is Türkiye a member of the European Union?",
        "آیا ترکیه عضو اتحادیهٔ اروپا است؟",
    ):
        told = asked(tools, question)
        assert ("denied", "state/turkiye", "memberOf", "organization/european-union") in parts(told)
    assert begins("manner_denied") in asked(tools, "Is Türkiye a member of the European Union?").text


def test_what_is_only_mentioned_is_told_as_mentioned(tools: Tools) -> None:
    manners = {each[0] for each in parts(asked(tools, "ایران به چه کسی اعتماد دارد؟"))}
    assert "mentioned" in manners


def test_inverse_and_symmetric_relations(tools: Tools) -> None:
    active, passive = (
        {
            each["claim"]
            for told in tools.pages("positions", question=question)
            for each in told.data["answering"]
        }
        for question in ("Whom does Türkiye support?", "Who is supported by Türkiye?")
    )
    assert len(active) > 5 and active == passive
    enemies = asked(tools, "Who are Armenia's enemies?")
    assert "state/azerbaijan" in {end for each in parts(enemies) for end in (each[1], each[3])}
    members = asked(tools, "Who are the members of the Organization of Turkic States?")
    assert ("stated", "memberOf") in {(each[0], each[2]) for each in parts(members)}


@pytest.mark.parametrize(
    "question",
    [
        "With whom does Astara share a border?",  # two towns
        "صفویان با چه کسانی مرز مشترک دارند؟",  # a dynasty and its state
        "ایران به چه کسی کمک می‌کند؟",  # gives aid to, or contributes to
        "With whom did Kyrgyzstan trade in 2005?",  # says more than the relation
        "Does Hungary not trade with Iran?",
        "Who mediates in Karabakh?",  # no name of one thing
        "چه کسی ایران را تهدید می‌کند؟",  # claims say that it feels threatened
        "Trade?",
    ],
)
def test_what_is_not_certain_is_as_before(tools: Tools, question: str) -> None:
    told = asked(tools, question)
    assert "answered" not in told.data and "relation" not in told.data
    assert not told.first.startswith((begins("silent_relation"), begins("silent_relation", "fa")))


def test_silence_is_not_said_where_a_paraphrase_holds_the_words(tools: Tools) -> None:
    told = asked(tools, "Whom or what does United States threaten?")
    assert "answered" not in told.data and told.data["all_words_found"]


def test_a_point_at_issue_asked_outright_is_as_before(tools: Tools, project: ox.Store) -> None:
    labels = [label for (label,) in rows(project, "SELECT ?l { ?d a ax:PointAtIssue ; rdfs:label ?l }")]
    for label in random.Random(18).sample(sorted(labels), _SAMPLE):
        told = asked(tools, label)
        assert "answered" not in told.data
        assert label == told.data["disputes"][0]["question"]


def test_what_claims_are_told_to_say_stands_in_them(tools: Tools, project: ox.Store) -> None:
    owl = "http://www.w3.org/2002/07/owl#"
    forms = {
        "stated": "GRAPH <{claim}> {{ <{subject}> <{property}> ?o }}",
        "follows": "GRAPH <{claim}#inferred> {{ <{subject}> <{property}> ?o }}",
        "denied": f"GRAPH <{{claim}}> {{{{ ?n <{owl}sourceIndividual> <{{subject}}> ;"
        f" <{owl}assertionProperty> <{{property}}> ; <{owl}targetIndividual> ?o }}}}",
        "mentioned": "GRAPH <{claim}> {{ ?n a ax:MentionedStatement ; ax:ofSubject <{subject}> ;"
        " ax:ofProperty <{property}> ; ax:ofObject ?o }}",
    }
    manners = set()
    for question in (
        "Who leads Türkiye?",
        "رهبر ترکیه کیست؟",
        "By whom is Armenia supported?",
        "Does Iran cooperate militarily with Armenia?",
        "Which countries border Azerbaijan?",
        "With whom does Israel trade?",
        "Who are the members of the Organization of Turkic States?",
    ):
        for told in tools.pages("positions", question=question):
            for each in told.data["answering"]:
                manners.add(each["manner"])
                pattern = forms[each["manner"]].format(**each)
                objects = {value for (value,) in rows(project, f"SELECT ?o {{ {pattern} }}")}
                assert each["object"] in objects, (question, each)
    assert manners == forms.keys()


def test_pages_lose_nothing_and_keep_the_order(tools: Tools) -> None:
    for question in ("Who invests in Azerbaijan?", "Whose rival is Russia?"):
        pages = list(tools.pages("positions", question=question))
        claims = [each["iri"] for told in pages for each in told.data["claims"]]
        assert len(claims) == len(set(claims)) == pages[0].data["total"]
        assert len({told.data["answered"] for told in pages}) == 1
        saying = {each["claim"] for told in pages for each in told.data["answering"]}
        assert set(claims[: len(saying)]) == saying


def test_words_of_a_question() -> None:
    for texts in (
        ("trades with", "With whom does it trade?", "commerce"),
        ("اشتراک زبانی دارد با", "هم‌زبان", "زبان مشترک"),
        ("تجارت دارد با", "با چه کسانی داد و ستد دارد؟", "بازرگانی"),
    ):
        found = {frozenset(content([each.word for each in written_words(text)])) for text in texts}
        assert (
            len({frozenset(word.removesuffix("ی").removesuffix("s") for word in each) for each in found}) == 1
        )


@pytest.mark.parametrize(
    ("question", "spans", "relation", "label", "sides"),
    [
        ("Whom does Iran threaten?", [(2, 3)], [3], "threatens", ["subject"]),
        ("Who threatens Iran?", [(2, 3)], [1], "threatens", ["object"]),
        ("Who is threatened by Iran?", [(4, 5)], [2], "threatens", ["subject"]),
        ("Who are the members of GUAM?", [(5, 6)], [3], "member of", ["object"]),
        ("What is the capital of Georgia?", [(5, 6)], [3], "capital", ["subject"]),
        ("Is Iran threatened by Iraq?", [(1, 2), (4, 5)], [2], "threatens", ["object", "subject"]),
        ("ایران چه کسی را تهدید می‌کند؟", [(0, 1)], [4], "تهدید می‌کند", ["subject"]),
        ("چه کسی ایران را تهدید می‌کند؟", [(2, 3)], [4], "تهدید می‌کند", ["object"]),
        ("چه کسی از ایران حمایت می‌کند؟", [(3, 4)], [4], "حمایت می‌کند از", ["object"]),
        ("رقیب ایران کیست؟", [(1, 2)], [0], "رقیبِ", ["object"]),
        ("ایران تهدید می‌شود؟", [(0, 1)], [1], "تهدید می‌کند", ["either"]),
    ],
)
def test_sides(
    question: str, spans: list[tuple[int, int]], relation: list[int], label: str, sides: list[Side]
) -> None:
    assert sides_of(written_words(question), spans, relation, label) == sides


def test_every_language_has_the_lines() -> None:
    for language in LANGUAGES:
        assert begins("silent_relation", language) and begins("answered", language)

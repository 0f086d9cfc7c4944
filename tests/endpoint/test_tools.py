"""The tools for language models over the project's own dataset: disputes first, both sides, nothing lost."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from jsonschema import Draft202012Validator

from araxes.endpoint.tools.about_entity import MOST_FURTHER, WHOLE_DISPUTES
from araxes.endpoint.tools.output_schemas import OUTPUTS
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE
from tests.endpoint.tool_fixtures import Told, Tools, begins, rows, tools_over

_SAMPLE = 12


@pytest.fixture(scope="module")
def tools(project_store: Path) -> Iterator[Tools]:
    with tools_over(project_store) as found:
        yield found


@pytest.fixture(scope="module")
def sides(project: ox.Store) -> dict[str, dict[str, set[str]]]:
    """Dispute → position → claims, asked of the store itself."""
    found: dict[str, dict[str, set[str]]] = {}
    for dispute, position, claim in rows(
        project,
        "SELECT ?d ?p ?c { ?d a ax:PointAtIssue ; ax:hasDisputePosition ?p . ?p ax:comparedClaim ?c }",
    ):
        found.setdefault(dispute, {}).setdefault(position, set()).add(claim)
    assert len(found) > 10
    return found


def some(values: list[Any], number: int = _SAMPLE) -> list[Any]:
    return random.Random(18).sample(sorted(values, key=repr), min(number, len(values)))


def check(name: str, told: Told, sides: dict[str, dict[str, set[str]]]) -> None:
    """An answer fits its schema; its first line tells of disputes; each dispute has all its positions."""
    assert not told.failed, told.text
    Draft202012Validator(OUTPUTS[name]).validate(told.data)
    assert told.data["notice"] == told.first
    touched = {each["iri"] for each in told.data.get("disputes", [])}
    assert told.data["disputed"] == told.first.startswith(begins("disputed"))
    assert touched <= sides.keys()
    assert not touched or told.data["disputed"]
    for dispute in told.data.get("disputes", []):
        assert {each["iri"] for each in dispute["positions"]} == sides[dispute["iri"]].keys()
        assert dispute["question"] in told.text
        for position in dispute["positions"]:
            assert position["answer"] in told.text
            assert position["claim_count"] == len(sides[dispute["iri"]][position["iri"]])
    for claim in told.data.get("claims", []):
        mine = {iri for iri, positions in sides.items() if claim["iri"] in set().union(*positions.values())}
        assert mine == set(claim["disputes"])
        assert mine <= touched


def in_disputes(sides: dict[str, dict[str, set[str]]]) -> set[str]:
    return {claim for positions in sides.values() for claims in positions.values() for claim in claims}


def test_a_claim_in_dispute_comes_with_what_stands_against_it(
    tools: Tools, sides: dict[str, dict[str, set[str]]]
) -> None:
    for iri in some(list(in_disputes(sides))):
        for name, more in (("claim", {}), ("verify_passage", {"text": "nothing of the kind"})):
            told = tools.call(name, claim=iri, **more)
            check(name, told, sides)
            assert told.data["disputed"], iri
        against = tools.call("claim", claim=iri).data
        shown = {each["iri"] for each in against["further_claims"]} | {iri}
        for dispute in against["disputes"]:
            assert all(claims & shown for claims in sides[dispute["iri"]].values())


def test_what_is_in_dispute_is_cited_as_such(tools: Tools, sides: dict[str, dict[str, set[str]]]) -> None:
    for iri in some(list(sides), 6):
        told = tools.call("cite", what=iri)
        check("cite", told, sides)
        assert told.data["disputed"]
        assert told.data["references"]
        # Each answer is cited with who gives it.
        answers = {each["answer"] for each in told.data["disputes"][0]["positions"]}
        assert answers <= {each["says"] for each in told.data["in_text"]}
        claim = min(in_disputes({iri: sides[iri]}))
        for form, begin in (("bibtex", "@"), ("ris", "TY  - "), ("csl-json", "[")):
            told = tools.call("cite", what=claim, format=form, style="mla")
            check("cite", told, sides)
            assert told.data["disputed"]
            assert told.data["entry"].startswith(begin)
    whole = tools.call("cite", what="dataset").data["references"]
    assert tools.service.dataset.digest[:12] in whole[0]


def test_an_undisputed_claim_is_said_to_be_so(
    tools: Tools, project: ox.Store, sides: dict[str, dict[str, set[str]]]
) -> None:
    every = {iri for (iri,) in rows(project, "SELECT ?c { ?c a ax:Claim }")}
    for iri in some(list(every - in_disputes(sides))):
        told = tools.call("claim", claim=iri.removeprefix(BASE))
        check("claim", told, sides)
        assert told.first == begins("undisputed")
        assert told.data["claim"]["holders"] and told.data["places"]


def _things(project: ox.Store, sides: dict[str, dict[str, set[str]]]) -> dict[str, set[str]]:
    """Claim in a dispute → the things with a name that it speaks of."""
    found: dict[str, set[str]] = {}
    for claim, thing in rows(
        project,
        "SELECT DISTINCT ?c ?t { ?d a ax:PointAtIssue ; ax:comparedClaim ?c ."
        "  { GRAPH ?c { ?t ?p ?o } } UNION { GRAPH ?c { ?s ?q ?t } } ?t rdfs:label ?l"
        '  FILTER (!STRSTARTS(STR(?t), STR(ax:)) && !CONTAINS(STR(?t), "#")) }',
    ):
        found.setdefault(claim, set()).add(thing)
    assert len(found) > 50
    return found


def test_claims_that_hold_when_what_they_speak_of_is_dated_have_these_times(
    tools: Tools, project: ox.Store
) -> None:
    dated = rows(
        project,
        "SELECT ?c (SAMPLE(?d) AS ?date) { ?c ax:periodBasis ax:DatedStatements "
        "FILTER NOT EXISTS { ?c ax:period ?p } GRAPH ?c { ?thing ax:date ?d } } GROUP BY ?c",
    )
    for claim, date in some(dated, 6):
        told = tools.call("claim", claim=claim.removeprefix(BASE))
        assert told.data["claim"]["time"], claim
        assert all(year in told.text for year in re.findall(r"\d{4}", date)[:1]), (claim, date)


def test_a_thing_in_dispute(tools: Tools, project: ox.Store, sides: dict[str, dict[str, set[str]]]) -> None:
    things = set().union(*_things(project, sides).values())
    for iri in some(list(things)):
        told = tools.call("entity", entity=iri)
        check("entity", told, sides)
        assert told.data["disputed"], iri
        given = {each["iri"] for each in told.data["disputes"]} | set(told.data["further_disputes"])
        assert len(given) == min(told.data["dispute_count"], WHOLE_DISPUTES + MOST_FURTHER)


def test_a_pair_in_dispute(tools: Tools, project: ox.Store, sides: dict[str, dict[str, set[str]]]) -> None:
    pairs = {
        (one, two)
        for things in _things(project, sides).values()
        for one in things
        for two in things
        if one < two
    }
    for one, two in some(list(pairs)):
        told = tools.call("positions", entity=one, and_entity=two)
        check("positions", told, sides)
        assert told.data["disputed"], (one, two)
        both = "".join(
            f" {{ GRAPH ?c {{ <{each}> ?p{n} ?o{n} }} }} UNION {{ GRAPH ?c {{ ?s{n} ?q{n} <{each}> }} }}"
            for n, each in enumerate((one, two))
        )
        ((total,),) = rows(project, f"SELECT (COUNT(DISTINCT ?c) AS ?n) {{ ?c a ax:Claim . {both} }}")
        assert told.data["total"] == int(total)
        # Those in dispute come first, and every position with at least one claim.
        shown = {each["iri"] for key in ("claims", "further_claims") for each in told.data[key]}
        for dispute in told.data["disputes"]:
            assert all(claims & shown for claims in sides[dispute["iri"]].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_in_dispute(
    tools: Tools, project: ox.Store, sides: dict[str, dict[str, set[str]]], language: str
) -> None:
    asked = rows(
        project, f'SELECT ?d ?q {{ ?d a ax:PointAtIssue ; rdfs:label ?q FILTER (LANG(?q) = "{language}") }}'
    )
    for iri, question in asked:
        told = tools.call("positions", question=question, language=language)
        assert told.first.startswith(begins("disputed", language)), question
        assert iri in {each["iri"] for each in told.data["disputes"]}, question
        shown = {each["iri"] for key in ("claims", "further_claims") for each in told.data[key]}
        assert all(claims & shown for claims in sides[iri].values())


def test_rows_and_finds_in_dispute(tools: Tools, sides: dict[str, dict[str, set[str]]]) -> None:
    for iri in some(list(sides), 8):
        claim = min(in_disputes({iri: sides[iri]}))
        for query in (
            f"SELECT ?c {{ VALUES ?c {{ <{claim}> }} }}",
            f"CONSTRUCT {{ <{claim}> a ?t }} WHERE {{ <{claim}> a ?t }}",
            f"SELECT ?d {{ BIND (<{iri}> AS ?d) }}",
        ):
            told = tools.call("sparql", query=query)
            check("sparql", told, sides)
            assert told.data["disputed"], query
        (question,) = (
            each["question"]
            for each in tools.call("claim", claim=claim).data["disputes"]
            if each["iri"] == iri
        )
        check("find", tools.call("find", text=question), sides)
        assert iri in {hit["iri"] for hit in tools.call("find", text=question, kind="dispute").data["hits"]}


def test_two_sides_of_a_dispute_compared(
    tools: Tools, project: ox.Store, sides: dict[str, dict[str, set[str]]]
) -> None:
    voices = {row[0]: row[1] for row in rows(project, "SELECT ?c ?h { ?c ax:holder ?h }")}
    compared = 0
    for iri, positions in some(list(sides.items()), 10):
        one, two, *_ = ({voices[claim] for claim in claims} for claims in positions.values())
        if one - two and two - one:
            told = tools.call("compare", first=min(one - two), second=min(two - one))
            check("compare", told, sides)
            assert told.data["disputed"], iri
            pages = tools.pages("compare", first=min(one - two), second=min(two - one))
            assert iri in {each["iri"] for page in pages for each in page.data["disputes"]}
            compared += 1
    assert compared > 2


@pytest.mark.parametrize("part", ["disagree", "agree", "only_first", "only_second"])
def test_two_voices_compared_to_the_end(
    tools: Tools, project: ox.Store, sides: dict[str, dict[str, set[str]]], part: str
) -> None:
    voices = rows(
        project,
        "SELECT ?h (COUNT(?c) AS ?n) { ?c ax:holder ?h } GROUP BY ?h HAVING (COUNT(?c) > 6) ORDER BY ?n ?h",
    )
    # Two that say little can be compared to the end; two that say most have much to compare.
    (one, _), (two, _), *_ = voices if part.startswith("only") else voices[::-1]
    pages = list(tools.pages("compare", first=one, second=two, part=part))
    for page in pages:
        check("compare", page, sides)
    kind = {"disagree": "disputes", "agree": "agreements"}.get(part, "claims")
    given = [each["iri"] for page in pages for each in page.data[kind]]
    assert len(given) == len(set(given)) == pages[0].data["total"]
    if part.startswith("only"):
        whose = one if part == "only_first" else two
        assert given
        assert set(given) <= {iri for (iri,) in rows(project, f"SELECT ?c {{ ?c ax:holder <{whose}> }}")}


# --- pages


def test_claims_of_a_thing_to_the_end(
    tools: Tools, project: ox.Store, sides: dict[str, dict[str, set[str]]]
) -> None:
    counted = rows(
        project,
        "SELECT ?t (COUNT(DISTINCT ?c) AS ?n) { ?c a ax:Claim GRAPH ?c { ?s ?p ?t } ?t rdfs:label ?l }"
        " GROUP BY ?t HAVING (COUNT(DISTINCT ?c) > 20 && COUNT(DISTINCT ?c) < 60) ORDER BY ?n ?t LIMIT 2",
    )
    assert counted
    for thing, _ in counted:
        pages = list(tools.pages("positions", entity=thing))
        given = [claim["iri"] for page in pages for claim in page.data["claims"]]
        wanted = {
            iri
            for (iri,) in rows(
                project,
                f"SELECT DISTINCT ?c {{ ?c a ax:Claim {{ GRAPH ?c {{ <{thing}> ?p ?o }} }}"
                f" UNION {{ GRAPH ?c {{ ?s ?q <{thing}> }} }} }}",
            )
        }
        assert len(given) == len(set(given))
        assert set(given) == wanted
        for page in pages:
            check("positions", page, sides)


def test_claims_of_a_holder_to_the_end(tools: Tools, project: ox.Store) -> None:
    (holder, _), *_ = rows(
        project,
        "SELECT ?h (COUNT(?c) AS ?n) { ?c ax:holder ?h }"
        " GROUP BY ?h HAVING (COUNT(?c) > 7 && COUNT(?c) < 30) ORDER BY DESC(?n)",
    )
    given = [
        claim["iri"] for page in tools.pages("positions", held_by=holder) for claim in page.data["claims"]
    ]
    assert sorted(given) == sorted(
        {iri for (iri,) in rows(project, f"SELECT ?c {{ ?c ax:holder <{holder}> }}")}
    )


def test_other_pages_to_the_end(tools: Tools) -> None:
    for name, arguments, kind in (
        ("find", {"text": "Azerbaijan", "kind": "dispute"}, "hits"),
        ("find", {"text": "تهدید", "kind": "claim", "language": "fa"}, "hits"),
        ("vocabulary", {"term": "relations"}, "terms"),
    ):
        pages = list(tools.pages(name, **arguments))
        given = [each["iri"] for page in pages for each in page.data[kind]]
        total = pages[0].data.get("total") or sum(pages[0].data["totals"].values())
        assert len(pages) > 1
        assert len(given) == len(set(given)) == total


def test_facts_and_rows_to_the_end(tools: Tools, project: ox.Store) -> None:
    (thing, _), *_ = rows(
        project,
        "SELECT ?s (COUNT(*) AS ?n) { ?s a ax:State ; ?p ?o }"
        " GROUP BY ?s HAVING (COUNT(*) < 60) ORDER BY DESC(?n)",
    )
    facts = [
        (each["subject"], each["property"], each["object"])
        for page in tools.pages("entity", entity=thing)
        for each in page.data["facts"]
    ]
    assert len(facts) == len(set(facts)) > 12
    query = "PREFIX ax: <https://w3id.org/araxes/ontology/> SELECT ?s { ?s a ax:State } ORDER BY ?s"
    given = [row[0] for page in tools.pages("sparql", query=query) for row in page.data["rows"]]
    assert given == [f"<{iri}>" for (iri,) in rows(project, "SELECT ?s { ?s a ax:State } ORDER BY ?s")]


def test_cursors_of_another_dataset_and_none(tools: Tools) -> None:
    for cursor in ("6-000000000000", "x", "-6-" + "0" * 12, "9" * 30):
        told = tools.call("positions", entity="state/iran", cursor=cursor)
        assert told.failed
        assert "cursor" in told.text or "anew" in told.text


# --- nobody says so


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_source_says(tools: Tools, language: str) -> None:
    for name, arguments, line in (
        ("positions", {"entity": "qqzzyyxx"}, "unknown"),
        ("positions", {"entity": "state/georgia", "and_entity": "state/lebanon"}, "silent"),
        ("positions", {"held_by": "state/lebanon"}, "silent"),
        ("positions", {"question": "qqzzyyxx wwvvuu"}, "silent_words"),
        ("compare", {"first": "irna-2019", "second": "state/lebanon"}, "holds_nothing"),
        ("find", {"text": "qqzzyyxx wwvvuu"}, "nothing_found"),
        ("vocabulary", {"term": "qqzzyyxx"}, "no_terms"),
        ("sparql", {"query": "SELECT * { <http://x/y> ?p ?o }"}, "no_rows"),
    ):
        told = tools.call(name, **arguments, language=language)
        assert not told.failed
        assert told.first.startswith(begins(line, language)), (name, told.first)
        assert told.data["found"] is False or line == "holds_nothing"


def test_what_holds_only_some_words_is_said_to(tools: Tools) -> None:
    told = tools.call("positions", question="trade turnover of Iran and Azerbaijan at Nowruz mosques")
    assert told.data["all_words_found"] is False
    assert told.data["words_in_no_claim"] == []
    assert begins("partial") in told.text


def test_names_in_any_spelling_and_what_is_unclear(tools: Tools) -> None:
    for name in (
        "state/iran",
        "state:iran",
        f"{BASE}state/iran",
        f"<{BASE}state/iran>",
        "Iran",
        "ایران",
        "ايران",
    ):
        assert tools.call("entity", entity=name).data["iri"] == f"{BASE}state/iran", name
    told = tools.call("entity", entity="Aliyev")
    assert told.first.startswith(begins("unclear"))
    assert len(told.data["candidates"]) > 1
    near = tools.call("entity", entity="state/irann")
    assert f"{BASE}state/iran" in {each["iri"] for each in near.data["candidates"]}

"""No term without a competency question, and no question without terms."""

from __future__ import annotations

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX
from araxes.ontology.reference import entries_by_name
from araxes.ontology.vocabulary import vocabulary
from araxes.validation.question_terms import (
    REPAIR,
    TABLE,
    named_terms,
    questions_by_term,
    reached_terms,
    served,
    table_text,
    unknown_terms,
)
from araxes.validation.questions import Question, read_questions
from tests.endpoint.endpoint_fixtures import Server

IN_THE_PROTEGE_FILE = {"claimedOf", "statedIn", "statementText"}
"""Annotations of the OWL file for Protégé; the graph that questions are put to does not hold them."""

PREFIXES = f"PREFIX ax: <{AX}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def test_table_is_made_from_the_questions() -> None:
    assert TABLE.read_text("utf-8") == table_text(read_questions()), f"run `{REPAIR}`"


def test_every_term_serves_a_question() -> None:
    asked = {
        name
        for name, entry in entries_by_name().items()
        if not entry.deprecated and not (name.startswith("roll") and name in vocabulary().follows_only)
    }
    without = sorted(asked - questions_by_term().keys() - IN_THE_PROTEGE_FILE)
    assert not without, (
        f"no competency question uses {', '.join(without)}: write one in triples/corpus/questions, or remove "
        f"the term; then run `{REPAIR}`"
    )


def test_every_question_names_terms_and_only_declared_ones() -> None:
    for question in read_questions():
        assert named_terms(question.query), f"{question.name} names no term of the ontology"
        unknown = sorted(unknown_terms(question.query))
        assert not unknown, f"{question.name} uses {', '.join(unknown)}, which no module declares"


def question(query: str, *answer: str) -> Question:
    """A question with an answer, its first column given."""
    return Question("test", {"en": "?", "fa": "؟"}, "claims", PREFIXES + query, ["what", *answer])


def test_a_query_for_everything_serves_nothing() -> None:
    everything = question("SELECT * { ?s ?p ?o }", "state", AX + "actor")
    assert served(everything).terms == set()


def test_names_are_found_wherever_they_stand() -> None:
    query = """SELECT * {
      GRAPH ?g { ?e (ax:actor|^ax:participant)/ax:memberOf? ?o } # ax:State
      VALUES ?kind { ax:War } FILTER EXISTS { ?e a ax:Conflict }
      FILTER (?x IN (ax:Event)) BIND (ax:Visit AS ?v)
      { SELECT ?s { ?s ax:date "ax:Meeting" } } MINUS { ?e !ax:place ?z }
    }"""
    expected = {"actor", "participant", "memberOf", "War", "Conflict", "Event", "Visit", "date", "place"}
    assert named_terms(PREFIXES + query) == expected


def test_what_is_reached_counts_when_the_answer_shows_it() -> None:
    for bound in (
        "?e a/rdfs:subClassOf* ax:Event",
        "?k rdfs:subClassOf+ ?top . VALUES ?top { ax:Event }",
        "?k rdfs:subClassOf* ?top . BIND (ax:Event AS ?top)",
        "?k rdfs:subClassOf* ?top . FILTER (?top = ax:Event)",
        "?k rdfs:subClassOf* ?top . FILTER (?top IN (ax:Event, ax:Place))",
    ):
        asked = question(f"SELECT * {{ {bound} }}", "war", "state", "جنگ")
        assert {"War", "Visit"} <= reached_terms(asked.query), bound
        assert served(asked).shown == {"War"}, bound
    without_path = question("SELECT * { ?e a ax:Event }", "war")
    assert served(without_path).terms == {"Event"}


def test_properties_and_values_are_reached_too() -> None:
    below = question("SELECT * { ?p rdfs:subPropertyOf* ax:hasRelationsWith }", "allied with", "recognizes")
    assert served(below).shown == {"alliedWith"}
    for query in ("SELECT * { ?o ax:unit ?u }", "SELECT * { ?u a ax:Unit }"):
        assert served(question(query, "percent", "friend")).shown == {"Percent"}


def test_term_page_lists_the_questions(project_server: Server) -> None:
    for language in LANGUAGES:
        text = project_server.get(f"/ontology/capital?lang={language}", "text/html").text
        (asked, *_) = questions_by_term()["capital"]
        assert asked.text[language] in text
        assert "/sparql?query=" in text

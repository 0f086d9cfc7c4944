"""A page in a language that a corpus does not have names the language of the labels that it borrows."""

from __future__ import annotations

from araxes.endpoint.pages.answer_tables import answer_table, known_from
from araxes.ontology.namespaces import RDFS

THING = "https://example.net/lowlands/state/upper-vale"
TEXTS = [("Վերին Հովիտ", "hy"), ("Upper Vale", "en")]


def shown(given: list[tuple[str, str]], language: str) -> tuple[str, str]:
    """Text and language of the one cell of a page whose thing has these labels."""
    rows = [
        {
            "iri": {"type": "uri", "value": THING},
            "kind": {"type": "uri", "value": RDFS + "label"},
            "text": {"type": "literal", "value": text, "xml:lang": tag},
        }
        for text, tag in given
    ]
    known = known_from({"results": {"bindings": rows}}, language)
    answer = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": rows[0]["iri"]}]}}
    ((cell,),) = answer_table(answer, known, language, "https://w3id.org/araxes/").rows
    assert cell.href == f"/{THING}"
    return cell.text, cell.language


def test_a_page_names_the_language_of_what_it_borrows() -> None:
    assert shown(TEXTS, "fa") == ("Upper Vale", "en")
    assert shown(TEXTS, "hy") == ("Վերին Հովիտ", "hy")
    assert shown(TEXTS[:1], "en") == ("Վերին Հովիտ", "hy")

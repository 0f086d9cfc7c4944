"""Answers in the reader's words: no EDTF, no bare numbers, no English words on a Persian page."""

from __future__ import annotations

import re

import pytest

from araxes.endpoint.pages.answer_tables import answer_table, known_from
from araxes.endpoint.pages.answer_texts import plain_text
from araxes.endpoint.pages.questions import query_in
from araxes.endpoint.pages.words import value_text, words
from araxes.ontology.namespaces import BASE, RDFS
from araxes.validation.questions import Question, read_questions

SAID = [
    ("[..2012-07]", "date", "some time until July 2012", "ژوئیه ۲۰۱۲ یا پیش از آن"),
    ("2009~", "date", "about 2009", "حدود ۲۰۰۹"),
    ("18XX", "date", "the 19th century", "سدهٔ ۱۹"),
    ("1991/2012~", "horizon", "1991 to about 2012", "۱۹۹۱ تا حدود ۲۰۱۲"),
    ("1997, 1997-08", "attested", "1997, August 1997", "۱۹۹۷، اوت ۱۹۹۷"),
    ("1923", "value", "1923", "۱۹۲۳"),
    ("4000000000", "figure", "4,000,000,000", "۴٬۰۰۰٬۰۰۰٬۰۰۰"),
    ("> 1000000", "value", "more than 1,000,000", "بیش از ۱٬۰۰۰٬۰۰۰"),
    ("50–60", "figure", "50 to 60", "۵۰ تا ۶۰"),
    ("50 %", "figure", "50%", "۵۰ درصد"),
    ("rank 2", "figure", "rank 2", "رتبهٔ ۲"),
    ("more than 55", "value", "more than 55", "بیش از ۵۵"),
    ("between the two", "direction", "between the two", "میان آن دو"),
    ("Sunday, Thursday", "days", "Sunday, Thursday", "یکشنبه، پنج‌شنبه"),
    ("≈ 1000000 P1Y", "value", "about 1,000,000 a year", "حدود ۱٬۰۰۰٬۰۰۰ در سال"),
    ("P1Y", "per_period", "a year", "در سال"),
    ("سهم ایران: 13 درصد", "option", "سهم ایران: 13 درصد", "سهم ایران: ۱۳ درصد"),
    ("630", "cow", "630", "630"),
    ("$ 50,000", "printed", "$ 50,000", "$ 50,000"),
    ("2d2bd0f6", "sha256", "2d2bd0f6", "2d2bd0f6"),
    ("Baku", "place", "Baku", "Baku"),
    ("", "date", "", ""),
    ("/", "date", "/", "/"),
    ("[see there]", "note", "[see there]", "[see there]"),
]


@pytest.mark.parametrize(("text", "variable", "english", "persian"), SAID)
def test_plain_texts_are_said_in_words(text: str, variable: str, english: str, persian: str) -> None:
    assert plain_text(text, variable, "en") == english
    assert plain_text(text, variable, "fa") == persian


def test_a_label_in_the_language_of_the_page_goes_before_english() -> None:
    thing = BASE + "state/iran"
    rows = [
        {
            "iri": {"type": "uri", "value": thing},
            "kind": {"type": "uri", "value": RDFS + "label"},
            "text": {"type": "literal", "value": text, "xml:lang": tag},
        }
        for text, tag in (("Iran", "en"), ("ایران", "fa"))
    ]
    for language, label in (("en", "Iran"), ("fa", "ایران")):
        known = known_from({"results": {"bindings": rows}}, language)
        assert (known[thing].label, known[thing].language) == (label, language)


def test_the_id_of_a_claim_is_of_no_language() -> None:
    """A page names the language of what it borrows; an id is not borrowed from English."""
    claim = {"type": "uri", "value": BASE + "claim/one/001"}
    answer = {"head": {"vars": ["claim"]}, "results": {"bindings": [{"claim": claim}]}}
    ((cell,),) = answer_table(answer, {}, "fa", BASE).rows
    assert (cell.text, cell.language) == ("one/001", "")


@pytest.mark.parametrize(
    ("variable", "tag", "shown"),
    [("option", "fa", "۱۳ درصد"), ("printed", "fa", "13 درصد"), ("option", "ar", "13 درصد")],
)
def test_numbers_in_sentences_have_the_digits_of_the_page(variable: str, tag: str, shown: str) -> None:
    text = {"type": "literal", "value": "13 درصد", "xml:lang": tag}
    answer = {"head": {"vars": [variable]}, "results": {"bindings": [{variable: text}]}}
    ((cell,),) = answer_table(answer, {}, "fa", BASE).rows
    assert cell.text == shown


_WRITTEN = (
    r'BIND \("([A-Za-z][^"]*)" AS',
    r'\((?:[a-z]*:\w+ )+"([A-Za-z][^"]*)"\)',
    r'IF ?\([^"]*, "([A-Za-z][^"]*)"',
)
"""How queries write words of their own into answers."""


@pytest.mark.parametrize("question", list(read_questions()), ids=lambda question: question.name)
def test_words_that_a_query_writes_are_known_in_persian(question: Question) -> None:
    query = query_in(question, "fa")
    written = {text for pattern in _WRITTEN for text in re.findall(pattern, query)}
    heads = words("fa")["answers"]["heads"]
    unknown = {text for text in written if value_text(text, "fa") == text and text not in heads}
    assert not {text for text in unknown if len(text) > 2}

"""The page of a thing without a page of its own kind: its statements, for readers of one language."""

from __future__ import annotations

import pytest

from araxes.endpoint.engines.document_page import ShownTerm
from araxes.endpoint.pages.views import name_in, read_in
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_entity_pages import flat, page

NAMES = {"en": "First reader", "fa": "خوانندهٔ نخست"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_one_language_and_shows_no_sort_keys(things_server: Server, language: str) -> None:
    reply = things_server.get(f"/curator/first?lang={language}", "text/html")
    text = flat(page(things_server, "/curator/first", language))
    assert NAMES[language] in text
    assert not [name for tag, name in NAMES.items() if tag != language and name in text]
    assert "0b0s0b" not in text
    assert "19121h" not in text
    assert "Only in English." in text, "what is in no other language is shown as it is"
    assert "Accept-Language" in reply.headers["Vary"]


def test_the_data_keeps_everything(things_server: Server) -> None:
    given = things_server.get("/curator/first?format=turtle").text
    for kept in (*NAMES.values(), "0b0s0b", "19121h"):
        assert kept in given


def test_a_text_is_left_out_only_where_it_is_there_in_the_language() -> None:
    thing, says, notes = (ShownTerm(iri=f"https://example.org/{name}") for name in ("t", "says", "notes"))
    english, persian = ShownTerm(text="yes", language="en"), ShownTerm(text="آری", language="fa")
    rows = ((thing, says, english), (thing, says, persian), (thing, notes, english), (thing, says, thing))
    assert read_in(rows, "fa") == (rows[1], rows[2], rows[3])
    assert read_in(rows, "en") == (rows[0], rows[2], rows[3])
    assert name_in(thing, "en") is None
    assert name_in(ShownTerm(labels=(("ru", "Иран"), ("en", "Iran"))), "fa") == ("en", "Iran")

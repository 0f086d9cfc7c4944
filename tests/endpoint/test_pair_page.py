"""The page of two things: lists with pages, marks of polarity, and which disputes are about both."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from araxes.endpoint.pages.pair import PAGES, PART
from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.endpoint_fixtures import Server

HTML = "text/html"
PAIRS = (("armenia", "azerbaijan"), ("israel", "azerbaijan"), ("iran", "azerbaijan"), ("iran", "armenia"))
SECTION = r'<section aria-labelledby="{key}">.*?</section>'


def pair(server: Server, one: str, two: str, **fields: str) -> str:
    """A page of two states."""
    reply = server.get("/pair?" + urlencode({"a": f"state/{one}", "b": f"state/{two}"} | fields), HTML)
    assert reply.status == 200, reply.text
    return reply.text


def section(text: str, key: str) -> str:
    found = re.search(SECTION.format(key=key), text, re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("name", ["pair-shared", "pair-near"])
def test_every_entry_of_a_list_is_on_one_of_its_pages(project_server: Server, name: str) -> None:
    field, key = PAGES[name][0], name.removeprefix("pair-")
    seen: list[list[str]] = []
    text = pair(project_server, "iran", "azerbaijan")
    total = 0
    while True:
        part = section(text, key)
        here = re.findall(r'<li class="statement">.*?</li>', part, re.DOTALL)
        assert 0 < len(here) <= PART
        seen.append(here)
        total = total or int(re.findall(r"of ([0-9,]+)", part)[-1].replace(",", ""))
        after = re.search(r'href="(\?[^"#]*)#' + key + '" rel="next"', part)
        if not after:
            break
        assert field in after[1]
        text = project_server.get("/pair" + after[1].replace("&amp;", "&"), HTML).text
    assert sum(map(len, seen)) == total > PART
    assert len(set(map(tuple, seen))) == len(seen)


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_an_event_is_marked_only_with_the_polarity_of_the_two(
    project_server: Server, one: str, two: str
) -> None:
    for entry in re.findall(
        r'<li class="statement">.*?</li>', section(pair(project_server, one, two), "shared"), re.DOTALL
    ):
        claim = re.findall(r'href="/(claim/[^"#]+)"', entry)[-1]
        related = project_server.query(
            f"""PREFIX s: <https://w3id.org/araxes/state/> ASK {{ GRAPH <https://w3id.org/araxes/{claim}> {{
            {{ s:{one} ?p s:{two} }} UNION {{ s:{two} ?p s:{one} }} }} }}"""
        ).json()["boolean"]
        assert related or not re.search(r'class="mark (cooperative|conflictual|neutral)"', entry), claim


def disputes(text: str) -> set[str]:
    return set(re.findall(r'href="(/dispute/[^"]+)"', section(text, "disputes").partition("<h3>")[0]))


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_disputes_of_two_are_disputes_of_each(project_server: Server, one: str, two: str) -> None:
    both = disputes(pair(project_server, one, two))
    assert both
    for each in (one, two):
        alone = section(project_server.get(f"/state/{each}", HTML).text, "disputes")
        assert both <= set(re.findall(r'href="(/dispute/[^"]+)"', alone)), each


def test_a_dispute_that_names_each_elsewhere_is_not_about_the_two(project_server: Server) -> None:
    """One claim of it has to speak of both: the regime of the Caspian is no matter of Armenia."""
    spoken = words("en")["pair"]["disputes"]
    armenia, israel = (pair(project_server, each, "azerbaijan") for each in ("armenia", "israel"))
    assert spoken in armenia
    assert "Caspian" not in section(armenia, "disputes")
    assert "mediate" in section(armenia, "disputes")
    assert not re.search("Caspian|mediate", section(israel, "disputes"))
    assert "Caspian" in section(pair(project_server, "iran", "azerbaijan"), "disputes")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_one_list_keeps_what_was_chosen(project_server: Server, language: str) -> None:
    chosen = {"from": "1990", "lang": language, "page_near": "2"}
    part = section(pair(project_server, "iran", "azerbaijan", **chosen), "shared")
    after = re.search(r'href="(\?[^"#]*)#shared" rel="next"', part)
    assert after
    assert {"from=1990", "page_near=2", "page_shared=2"} <= set(after[1].replace("&amp;", "&")[1:].split("&"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_kinds_of_pages_have_the_same_span_and_rule(project_server: Server, language: str) -> None:
    """A claim that has no time but its text's is in no year, on the page of a thing as on that of two."""
    found = """PREFIX ax: <https://w3id.org/araxes/ontology/> PREFIX s: <https://w3id.org/araxes/state/>
      SELECT ?claim { GRAPH ?claim { s:azerbaijan ?p s:iran } ?claim ax:periodBasis ax:InheritedHorizon }"""
    rows = project_server.query(found).json()["results"]["bindings"]
    undated = {row["claim"]["value"].partition("/araxes/")[2] for row in rows}
    assert len(undated) > 5
    span = {"from": "1900", "to": "2024", "lang": language}
    thing = project_server.get("/state/azerbaijan?" + urlencode(span), HTML).text
    for text in (thing, pair(project_server, "azerbaijan", "iran", **span)):
        for field in ("from", "to"):
            assert re.search(rf'<input name="{field}"[^>]* value="{span[field]}"', text)
        groups = " ".join(re.findall(r'<section class="group">.*?</section>', text, re.DOTALL))
        listed = set(re.findall(r'href="/(claim/[^"#]+)"', groups))
        assert listed
        assert not listed & undated

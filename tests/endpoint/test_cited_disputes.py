"""Disputes cited: every side with its claims, their holders, sources and passages; Persian dates."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from araxes.endpoint.pages.citations.cite_page import cite_text
from araxes.endpoint.pages.citations.cited import Cited, cited_thing
from araxes.endpoint.pages.citations.facts import Facts
from araxes.endpoint.pages.citations.items import solar_hijri
from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, RDF, RDFS
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_citations import ABOUT, AUTHOR, CLAIM, OTHER, WORK, one, rows
from tests.endpoint.test_pages import page_of

DISPUTE = f"{BASE}dispute/d"
YES, NO = f"{DISPUTE}#yes", f"{DISPUTE}#no"
SECOND = f"{BASE}claim/w-2020/2"


def disputed(language: str) -> Cited:
    """A dispute of the article's author with somebody whom it cites."""
    others = [row for row in rows() if not row[0].startswith(CLAIM)]
    stands = [
        (DISPUTE, RDF + "type", AX + "PointAtIssue", ""),
        (DISPUTE, RDFS + "label", "Did it rain?", "en"),
        (DISPUTE, RDFS + "label", "آیا باران آمد؟", "fa"),
        (DISPUTE, AX + "comparedSource", WORK, ""),
    ]
    for position, answer, claim, holder, start in (
        (YES, "Yes.", CLAIM, AUTHOR, 5),
        (NO, "No.", SECOND, OTHER, 40),
    ):
        selector = f"{claim}#passage-1-position"
        stands += [
            (DISPUTE, AX + "hasDisputePosition", position, ""),
            (position, RDFS + "label", answer, "en"),
            (position, AX + "comparedClaim", claim, ""),
            (position, AX + "representativeClaim", claim, ""),
            (claim, AX + "source", WORK, ""),
            (claim, AX + "holder", holder, ""),
            (claim, AX + "authorStance", AX + "Reports", ""),
            (claim, AX + "paraphrase", f"{answer} So it was.", "en"),
            (claim, AX + "passage", selector, ""),
            (selector, "http://www.w3.org/ns/oa#start", str(start), ""),
            (selector, "http://www.w3.org/ns/oa#end", str(start + 9), ""),
        ]
    return cited_thing(DISPUTE, Facts([*others, *stands]), ABOUT, language)


def test_a_dispute_is_cited_with_the_claims_of_every_side() -> None:
    text = cite_text(disputed("en"), "apa", "en")
    lines = text.splitlines()
    assert lines[0] == "Did it rain?"
    yes, no = (
        lines.index("Yes. (de Souza, 2020)"),
        lines.index("No. (Other Scholar, as cited in de Souza, 2020)"),
    )
    assert lines[yes + 1] == "– Yes. So it was. (de Souza, 2020, characters 5–14) [claim w-2020/1]"
    assert lines[no + 1].startswith(
        "– No. So it was. (Other Scholar, as cited in de Souza, 2020, characters 40–49)"
    )
    listed = lines[lines.index(words("en")["cite"]["counted"]) + 2 :]
    assert [entry.split()[0] for entry in listed] == ["A", "de"], "a list of references goes by its letters"


def test_persian_has_one_calendar_and_its_own_digits() -> None:
    text = cite_text(disputed("fa"), "iran", "fa")
    assert "۱۳۹۹، نویسه‌های ۵–۱۴" in text
    only = [row for row in rows() if row[1] != AX + "dateSolarHijri"]
    for date, shown in (("2020-05", "۱۳۹۹"), ("2020", "۱۳۹۸–۱۳۹۹"), ("2019/2020", "۱۳۹۷–۱۳۹۹")):
        dated = [(*row[:2], date, "") if row[1] == AX + "date" else row for row in only]
        first = cite_text(cited_thing(CLAIM, Facts(dated), ABOUT, "fa"), "iran", "fa").splitlines()[0]
        assert shown in first
        assert "۲۰" not in first
        assert "2020" in cite_text(cited_thing(CLAIM, Facts(dated), ABOUT, "en"), "apa", "en").splitlines()[0]
    assert solar_hijri({"date-parts": [[300]]}) == {"date-parts": [[300]]}, "before there was such a calendar"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_side_of_a_dispute_has_claims_with_source_and_passage(
    project_server: Server, language: str
) -> None:
    iri = one(project_server, "?x a ax:Dispute")
    query = (
        f"PREFIX ax: <{AX}> SELECT DISTINCT ?x {{ <{iri}> ax:hasDisputePosition/ax:representativeClaim ?x }}"
    )
    found = {row["x"]["value"] for row in project_server.query(query).json()["results"]["bindings"]}
    page = page_of(project_server.get(f"/cite?iri={quote(iri)}&lang={language}", "text/html"))
    assert {claim.removeprefix(BASE.removesuffix("/")) for claim in found} <= set(page.links)
    text = project_server.get(f"/cite?iri={quote(iri)}&lang={language}&format=text").text
    marked = [line for line in text.splitlines() if line.startswith("– ")]
    assert len(marked) >= len(found) > 1
    place = words(language)["cite"]["at_place"].partition("{")[0]
    assert all(place in line for line in marked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_reads_does_not_cite_the_dataset_instead(project_server: Server, language: str) -> None:
    for field in ("of", "dispute", "IRI", "claim"):
        found = project_server.get(f"/cite?{field}=dispute/x&lang={language}", "text/html")
        assert found.status == 400
        assert field in found.text
    assert project_server.get(f"/cite?lang={language}&style=mla&format=text", "text/plain").status == 200

"""The page of a claim, and the passages that an operator lets it show."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.engines.embedded.passage_texts import AROUND, cut_passages
from araxes.endpoint.pages.words import words
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import SettingsError, load_settings
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE
from tests.endpoint.endpoint_fixtures import Server, serving
from tests.endpoint.test_entity_pages import flat, page
from tests.endpoint.test_pages import page_of
from tests.endpoint.thing_fixtures import FILE, PASSAGE, TEXT

HTML = "text/html"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paraphrase_comes_first_in_the_language_of_the_page(things_server: Server, language: str) -> None:
    reply = things_server.get(f"/claim/helps?lang={language}", HTML)
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", reply.text)
    mine, other = "helps in English.", "helps به فارسی."
    if language == "fa":
        mine, other = other, mine
    assert mine in heading
    assert other not in heading
    assert re.search(rf"<details[^>]*>.*?{other}.*?</details>", reply.text, re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_states_how_and_where(things_server: Server, language: str) -> None:
    found = page(things_server, "/claim/helps", language)
    text = flat(found)
    manner = "gladly" if language == "en" else "با میل"
    for said in (manner, words(language)["statement"]["dispute"], FILE, words(language)["claim"]["clashes"]):
        assert said in text
    assert "/claim/foretells" in found.links
    assert "GRAPH" not in text
    assert "claim:helps {" in text, "the RDF names the claim's graph"


def test_its_rdf_is_what_the_dataset_holds(things_server: Server) -> None:
    shown = page_of(things_server.get("/claim/helps", HTML)).text
    written = shown[shown.index("@prefix") :]
    written = written[: written.rindex("}") + 1]
    quads = set(ox.parse(input=written, format=ox.RdfFormat.TRIG))
    inside = {quad for quad in quads if quad.graph_name == ox.NamedNode(BASE + "claim/helps")}
    given = things_server.get("/claim/helps?format=trig").text
    real = set(ox.parse(input=given, format=ox.RdfFormat.TRIG))
    assert inside == {quad for quad in real if quad.graph_name == ox.NamedNode(BASE + "claim/helps")} != set()


def test_a_denial_and_its_holder(things_server: Server) -> None:
    found = page(things_server, "/claim/denies")
    text = flat(found)
    assert "Borla helps Ardal" in text
    assert words("en")["statement"]["marks"]["denied"] in text
    assert "A Writer" in text
    assert "/person/writer" in found.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passage_in_its_context(things_server: Server, language: str) -> None:
    reply = things_server.get(f"/claim/helps?lang={language}", HTML)
    (marked,) = re.findall(r"<mark>(.*?)</mark>", reply.text)
    assert marked == "Ardal helps Borla &lt;b&gt;gladly&lt;/b&gt;"
    assert "Borla never helps Ardal." in page_of(reply).text


@pytest.mark.parametrize("named", [False, True])
def test_nothing_is_shown_without_permission(things_store: Path, things_originals: Path, named: bool) -> None:
    flags = ("--originals", str(things_originals)) if named else ()
    with serving(things_store, *flags, "--evaluators", "1", "--spares", "0") as server:
        reply = server.get("/claim/helps", HTML)
        assert reply.status == 200
        assert "Borla never" not in reply.text
        assert "<mark>" not in reply.text


@pytest.mark.parametrize("folder", ["", "no/such/folder"])
def test_permission_without_a_folder_is_refused(things_store: Path, folder: str) -> None:
    given = {"store": str(things_store), "show_passages": True} | ({"originals": folder} if folder else {})
    with pytest.raises(SettingsError, match="is no folder"):
        Service(load_settings(given, {}))


def test_a_folder_that_goes_costs_no_confinement(things_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "originals"
    folder.mkdir()
    (folder / FILE).write_text(TEXT, "utf-8")
    flags = ("--originals", str(folder), "--show-passages", "true", "--evaluators", "1", "--spares", "0")
    with serving(things_store, *flags, "--recycle", "1") as server:
        before = server.health()["protection"]["confinement"]
        (folder / FILE).unlink()
        folder.rmdir()
        for _ in range(12):
            assert server.get(f"/claim/helps?lang=en&x={_}", HTML).status == 200
            assert server.query(f"ASK {{}} # {_}").status == 200
        assert server.health()["protection"]["confinement"] == before


def row(file: str, start: int, end: int, whole: str, digest: str) -> dict[str, dict[str, str]]:
    given = {"file": file, "start": str(start), "end": str(end), "whole": whole, "digest": digest}
    return {name: {"type": "literal", "value": value} for name, value in given.items()}


def test_only_what_was_annotated_is_cut(tmp_path: Path) -> None:
    text = "word " * 200 + PASSAGE + " more" * 200
    (tmp_path / FILE).write_text(text, "utf-8")
    (tmp_path.parent / "secret.txt").write_text(text, "utf-8")
    start = text.index(PASSAGE)
    end = start + len(PASSAGE)
    whole, digest = hashlib.sha256(text.encode()).hexdigest(), hashlib.sha256(PASSAGE.encode()).hexdigest()
    shown, *others = cut_passages(
        tmp_path,
        [
            row(FILE, start, end, whole, digest),
            row(FILE, start + 1, end, whole, digest),
            row(FILE, start, end, "0" * 64, digest),
            row("../secret.txt", start, end, whole, digest),
            row("none.txt", start, end, whole, digest),
            row("", start, end, whole, digest),
        ],
    )
    assert (shown["state"], shown["passage"]) == ("shown", PASSAGE)
    assert len(shown["before"]) <= AROUND + 1
    assert shown["before"].startswith("…word")
    assert shown["after"].endswith("more…")
    assert [other["state"] for other in others] == ["changed", "changed", "missing", "missing", "missing"]
    assert all(other.keys() == {"state"} for other in others)


def test_a_changed_original_is_not_shown(things_store: Path, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(TEXT.replace("Zeroth", "Other "), "utf-8")
    flags = ("--originals", str(tmp_path), "--show-passages", "true", "--evaluators", "1", "--spares", "0")
    with serving(things_store, *flags) as server:
        text = flat(page(server, "/claim/helps"))
        assert words("en")["claim"]["passage_states"]["changed"] in text
        assert "Borla never" not in text


def section(server: Server, path: str, name: str) -> str:
    """A section of a page by the id of its heading; nothing where the page has none."""
    html = server.get(f"{path}?lang=en", HTML).text
    found = re.search(rf'<h2 id="{name}">.*?</section>', html, re.DOTALL)
    return found[0] if found else ""


def test_what_stands_on_its_own_side_is_no_clash(things_server: Server) -> None:
    """A clash may have several sides that give one answer: role conflicts do."""
    clashes, beside = (section(things_server, "/claim/foretells", name) for name in ("clashes", "beside"))
    assert "/claim/helps" in clashes
    assert "/claim/sides" not in clashes
    assert "/claim/sides" in beside
    assert words("en")["claim"]["alone"] not in section(things_server, "/claim/foretells", "same")
    assert words("en")["claim"]["alone"] in section(things_server, "/claim/denies", "same")


def test_what_is_said_alike_is_not_listed_twice(things_server: Server) -> None:
    assert "/claim/helps" in section(things_server, "/claim/alone", "same")
    assert section(things_server, "/claim/alone", "beside") == ""


def test_no_claim_clashes_with_its_own_answer(project_server: Server) -> None:
    """The paper says in several claims that Iran backed Armenia: those stand together."""
    path = "/claim/israel-azerbaijan-paper/034"
    clashes, beside = (section(project_server, path, name) for name in ("clashes", "beside"))
    own = [f"/claim/israel-azerbaijan-paper/{number}" for number in ("035", "314", "342", "345", "346")]
    assert not [claim for claim in own if f'"{claim}"' in clashes]
    assert [claim for claim in own if f'"{claim}"' in beside] == own


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_differs_is_told_apart_from_what_clashes(project_server: Server, language: str) -> None:
    """Contrasts have a heading of their own, in the words of the page of two parties."""
    cases = project_server.query(
        """PREFIX ax: <https://w3id.org/araxes/ontology/> SELECT ?standing (SAMPLE(?each) AS ?claim) {
        ?point ax:hasClash/ax:comparedClaim ?each ; a ?standing
        VALUES ?standing { ax:Dispute ax:Contrast ax:Inconsistency }
        FILTER NOT EXISTS { ?other ax:hasDisputePosition/ax:comparedClaim ?each FILTER (?other != ?point) }
        } GROUP BY ?standing"""
    ).json()["results"]["bindings"]
    assert len(cases) == 3
    spoken = words(language)["disputes"]
    for case in cases:
        contrast = case["standing"]["value"].endswith("/Contrast")
        html = project_server.get(f"/{case['claim']['value'].removeprefix(BASE)}?lang={language}", HTML).text
        assert ('<h2 id="contrasts">' in html) == (spoken["leads"]["Contrast"] in html) == contrast, case
        assert ('<h2 id="clashes">' in html) != contrast, case
    compared = project_server.get(
        f"/compare?a=source/irna-2019&b=source/iran-azerbaijan-paper&lang={language}", HTML
    ).text
    assert spoken["tabs"]["Contrast"] in compared
    assert spoken["leads"]["Contrast"] in compared


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_that_is_mentioned_is_called_so_that_readers_follow(
    project_server: Server, language: str
) -> None:
    html = project_server.get(f"/claim/israel-azerbaijan-paper/032?lang={language}", HTML).text
    stated = html.partition('<h2 id="states">')[2].partition("</section>")[0]
    assert words(language)["statement"]["parts"]["MentionedStatement"] in stated
    assert {"en": "mentioned statement", "fa": "گزارهٔ یادشده"}[language] not in stated


@pytest.mark.parametrize("language", LANGUAGES)
def test_claims_of_the_corpus(project_server: Server, language: str) -> None:
    search = project_server.query(
        "PREFIX ax: <https://w3id.org/araxes/ontology/> SELECT (SAMPLE(?each) AS ?claim) "
        "{ ?each ax:modality ?m ; ax:authorStance ?s ; a ?k ; ax:periodBasis ?b } GROUP BY ?m ?s ?k ?b"
    )
    claims = {entry["claim"]["value"] for entry in search.json()["results"]["bindings"]}
    assert len(claims) > 10
    for claim in sorted(claims):
        found = page_of(project_server.get(f"/{claim.removeprefix(BASE)}?lang={language}", HTML))
        assert len(found.ids) == len(set(found.ids)), claim
        before = found.text.split("@prefix")[0]
        assert not re.findall(r"\b(?:ax|state|event|person|claim|source):[\w-]+", before), claim

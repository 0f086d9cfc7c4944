"""References: read back by parsers of others, whatever the dataset says; in both languages."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any
from urllib.parse import quote

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as read_bibtex
from citeproc import DATES as DATE_VARIABLES
from citeproc import NAMES, VARIABLES
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from araxes.endpoint.pages.citations.bibtex import bibtex
from araxes.endpoint.pages.citations.cite_page import FORMATS, WRITERS, cite_text
from araxes.endpoint.pages.citations.cited import Cited, cited_thing, place_in_text
from araxes.endpoint.pages.citations.facts import Facts, facts_query
from araxes.endpoint.pages.citations.items import Item, date_of, key_of, record_item
from araxes.endpoint.pages.citations.references import STYLES, in_text, reference
from araxes.endpoint.pages.citations.ris import ris
from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, BIBO, DCTERMS, FOAF, PRISM, RDF, RDFS
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_pages import page_of

ABOUT = {"author": "A & B", "dataset": "The {whole}", "version": "1+ab", "built": "2026-11-29T01:02:03Z"}
WORK, AUTHOR, PERSON = f"{BASE}source/w-2020", f"{BASE}source/w-2020#author", f"{BASE}person/p"
CLAIM, OTHER = f"{BASE}claim/w-2020/1", f"{BASE}person/other"

Row = tuple[str, str, str, str]


def rows(stance: str = "OwnVoice", holder: str = AUTHOR) -> list[Row]:
    """A claim of a Persian article with a title in two languages."""
    return [
        (CLAIM, RDF + "type", AX + "Claim", ""),
        (CLAIM, AX + "paraphrase", "It rained.", "en"),
        (CLAIM, AX + "paraphrase", "باران آمد.", "fa"),
        (CLAIM, AX + "source", WORK, ""),
        (CLAIM, AX + "holder", holder, ""),
        (CLAIM, AX + "authorStance", AX + stance, ""),
        (f"{CLAIM}#p", "http://www.w3.org/ns/oa#start", "5", ""),
        (f"{CLAIM}#p", "http://www.w3.org/ns/oa#end", "17", ""),
        (OTHER, RDFS + "label", "Other Scholar", "en"),
        (OTHER, RDFS + "label", "پژوهشگر دیگر", "fa"),
        (WORK, RDF + "type", AX + "ResearchArticle", ""),
        (WORK, RDFS + "label", "Somebody (2020)", "en"),
        (WORK, DCTERMS + "title", "باران در قفقاز", "fa"),
        (WORK, DCTERMS + "title", "Rain in the Caucasus", "en"),
        (WORK, DCTERMS + "language", "fa", ""),
        (WORK, AX + "date", "2020-05", ""),
        (WORK, AX + "dateSolarHijri", "1399", ""),
        (WORK, PRISM + "publicationName", "Weather & Climate", "en"),
        (WORK, PRISM + "publicationName", "آب و هوا", "fa"),
        (WORK, BIBO + "volume", "12", ""),
        (WORK, BIBO + "issue", "3", ""),
        (WORK, BIBO + "pages", "100-120", ""),
        (WORK, BIBO + "doi", "10.1234/a_b", ""),
        (WORK, AX + "sourceAuthor", AUTHOR, ""),
        (AUTHOR, DCTERMS + "creator", PERSON, ""),
        (PERSON, RDFS + "label", "Anna Maria de Souza", "en"),
        (PERSON, RDFS + "label", "آنا ماریا دسوزا", "fa"),
        (PERSON, FOAF + "familyName", "de Souza", "en"),
        (PERSON, FOAF + "familyName", "دسوزا", "fa"),
    ]


def cited(language: str, stance: str = "OwnVoice", holder: str = AUTHOR) -> Cited:
    return cited_thing(CLAIM, Facts(rows(stance, holder)), ABOUT, language)


# --- what is cited


def test_a_claim_is_cited_with_its_source_its_place_and_its_record() -> None:
    found = cited("en")
    text = cite_text(found, "apa", "en")
    assert text.splitlines()[0] == "(de Souza, 2020, characters 5–17)"
    assert "Characters 5–17" in text
    assert (
        "de Souza, A. M. (2020). باران در قفقاز [Rain in the Caucasus]. Weather & Climate, 12(3), 100–120."
        in text
    )
    assert "Claim w-2020/1: It rained" in text
    assert CLAIM in text
    assert "1+ab" in text


def test_a_persian_reference_is_persian() -> None:
    text = cite_text(cited("fa"), "iran", "fa")
    assert "دسوزا، آنا ماریا. ۱۳۹۹. «باران در قفقاز». آب و هوا ۱۲ (۳): ۱۰۰–۱۲۰" in text
    assert "ادعای w-2020/1: باران آمد" in text
    assert "10.1234/a_b" in text, "digits of an identifier stay as they are"
    assert not re.search(r"[A-Za-z]", text.splitlines()[0])
    assert "، ۱۴۰۵" in text or " ۱۴۰۵" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", sorted(STYLES))
def test_a_view_of_others_is_told_as_such(style: str, language: str) -> None:
    said = words(language)["cite"]
    name = {"en": "Other Scholar", "fa": "پژوهشگر دیگر"}[language]
    for stance, wording in (("Reports", "cited_in"), ("Endorses", "cited_in"), ("Disputes", "rejected_in")):
        first = cite_text(cited(language, stance, OTHER), style, language).splitlines()[0]
        assert said[wording].format(holders=name) in first
    own = cite_text(cited(language), style, language).splitlines()[0]
    assert name not in own


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("span", [[[2019]], [[2012], [2013]], [[2019, 5]]])
def test_an_approximate_date_is_told_as_such_once(style: str, language: str, span: list[list[int]]) -> None:
    item: Item = {
        "id": "w",
        "type": "article-newspaper",
        "title": "Report 2019 of 7 771 words",
        "author": [{"family": "Doe", "given": "Jo"}],
        "issued": {"date-parts": span, "circa": True},
    }
    said = r"(?:[Cc]a\. |Circa |حدود |تقریباً )"
    text = reference(item, style, language).replace("Report 2019", "")
    years = "–".join(str(part[0]) for part in span)
    years = years if language == "en" else years.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert len(re.findall(said, text)) == 1, text
    assert years in text, text
    within = in_text(item, "", style, language)
    assert style == "mla" or len(re.findall(said + years, within)) == 1, within
    exact = reference({**item, "issued": {"date-parts": span}}, style, language)
    assert not re.search(said, exact), exact


@pytest.mark.parametrize("style", sorted(STYLES))
def test_a_persian_reference_has_no_english_word_of_its_style(style: str) -> None:
    record = cited("fa").record
    own: Item = {**record, "author": [{"literal": "نویسنده"}], "title": "عنوان", "container-title": "مجموعه"}
    text = reference(own, style, "fa")
    assert not re.search("[A-Za-z]", text.replace(record["URL"], "").replace(record["version"], "")), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_is_cited_within_a_text_with_its_place(language: str) -> None:
    found = cited(language)
    first = cite_text(found, "apa", language).splitlines()[0]
    assert place_in_text(found.places, language)
    assert first.endswith(place_in_text(found.places, language) + ")")


def test_a_source_without_author_title_or_date_is_described_once() -> None:
    bare = [
        row for row in rows() if row[0] in {CLAIM, WORK} and row[1] not in {DCTERMS + "title", AX + "date"}
    ]
    found = cited_thing(CLAIM, Facts(row for row in bare if row[1] != AX + "dateSolarHijri"), ABOUT, "en")
    for style in STYLES:
        (text,) = (reference(item, style, "en") for item in found.works.values())
        assert text.count("Somebody") == 1
        assert "Edition" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_of_no_journal_is_a_document(language: str) -> None:
    """Reference managers ask for the journal of an article: what names none is of no journal's kind."""
    venue = {PRISM + "publicationName", BIBO + "volume", BIBO + "issue", BIBO + "pages", BIBO + "doi"}
    bare = cited_thing(CLAIM, Facts(row for row in rows() if row[1] not in venue), ABOUT, language).items
    assert bare[0]["type"] == "document"
    assert bibtex(bare).startswith("@misc{")
    assert ris(bare).startswith("TY  - GEN")
    whole = cited(language).items
    assert (whole[0]["type"], ris(whole)[:10]) == ("article-journal", "TY  - JOUR")


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2020", [[2020]]),
        ("2020-05", [[2020, 5]]),
        ("2020-05-07", [[2020, 5, 7]]),
        ("2019~", [[2019]]),
        ("2024/2025", [[2024], [2025]]),
        ("1403", [[1403]]),
    ],
)
def test_dates(edtf: str, expected: list[list[int]]) -> None:
    date = date_of(edtf)
    assert date is not None
    assert date["date-parts"] == expected
    assert date.get("circa", False) == ("~" in edtf)


@pytest.mark.parametrize("edtf", ["", "19XX", "[1991..]", "2020/..", "nonsense"])
def test_a_date_of_another_form_is_left_out(edtf: str) -> None:
    assert date_of(edtf) is None


def test_an_iri_that_would_end_the_query_is_refused() -> None:
    for iri in ("x> } #", "a b", "", "http://a/\n"):
        with pytest.raises(ValueError, match="IRI"):
            facts_query(iri)


# --- read back by others


def parsed_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Entries as two parsers of others read them, which have to agree on keys."""
    library = read_bibtex(text)
    assert library.failed_blocks == []
    entries = {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}
    assert set(parse_string(text, "bibtex").entries) == set(entries)
    return entries


def test_bibtex_names_and_titles() -> None:
    for language, family in (("en", "de Souza"), ("fa", "دسوزا")):
        text = bibtex(cited(language).items)
        parsed_bibtex(text)
        entry = parse_string(text, "bibtex").entries["w-2020"]
        (person,) = entry.persons["author"]
        assert " ".join(person.last_names).strip("{}") == family
        assert entry.fields["title"].startswith("{باران در قفقاز")
        assert entry.fields["language"] == "persian"
        assert entry.fields["pages"] == "100--120"


def test_ris_is_read_back() -> None:
    work, record = rispy.loads(ris(cited("en").items))
    assert work["authors"] == ["de Souza, Anna Maria"]
    assert work["title"] == "باران در قفقاز"
    assert work["translated_title"] == "Rain in the Caucasus"
    assert (work["start_page"], work["end_page"], work["volume"]) == ("100", "120", "12")
    assert record["urls"] == [CLAIM]
    assert any("Characters 5–17" in text for text in record["notes"])


def test_csl_json_has_only_what_csl_knows() -> None:
    data = json.loads(WRITERS["csl-json"](cited("en").items))
    known = {name.replace("_", "-") for name in (*VARIABLES, *NAMES, *DATE_VARIABLES)}
    for item in data:
        assert set(item) - known <= {"id", "type", "language", "URL", "DOI"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert set(CiteProcJSON(data)) == {"w-2020", "araxes-claim-w-2020-1"}


ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(title=ANY, name=ANY, note=ANY)
def test_no_text_breaks_a_file(title: str, name: str, note: str) -> None:
    item: Item = record_item(f"{BASE}x/y", title, ABOUT | {"author": name}, "en")
    item["note"] = note
    (entry,) = parsed_bibtex(bibtex([item])).values()
    assert set(entry) >= {"title", "author", "url", "year"}
    (record,) = rispy.loads(ris([item]))
    assert record["urls"] == [f"{BASE}x/y"]
    assert json.loads(WRITERS["csl-json"]([item]))[0]["title"] == item["title"]


@given(title=ANY, style=st.sampled_from(sorted(STYLES)), language=st.sampled_from(LANGUAGES))
def test_no_text_breaks_a_reference(title: str, style: str, language: str) -> None:
    item = record_item(f"{BASE}x/y", title, ABOUT, language)
    assert f"{BASE}x/y" in reference(item, style, language)
    assert in_text(item, "Somebody in ", style, language).startswith("Somebody in ")


@given(text=ANY)
def test_keys_are_plain(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9-]+", key_of(text))


# --- over HTTP


def one(server: Server, kind: str) -> str:
    query = f"PREFIX ax: <{AX}> SELECT ?x {{ {kind} }} ORDER BY ?x LIMIT 1"
    value: str = server.query(query).json()["results"]["bindings"][0]["x"]["value"]
    return value


KINDS = {
    "claim": "?x ax:paraphrase ?text",
    "reported": "?x ax:authorStance ax:Reports",
    "dispute": "?x a ax:PointAtIssue",
    "source": "?x ax:sourceAuthor ?author",
    "entity": "?x a ax:State",
}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_every_form(project_server: Server, kind: str, language: str) -> None:
    iri = one(project_server, KINDS[kind])
    for form in FORMATS:
        reply = project_server.get(f"/cite?iri={quote(iri)}&format={form.name}&lang={language}")
        assert (reply.status, reply.type) == (200, form.media_types[0]), reply.text
        assert iri in reply.text
        read: dict[str, Any] = {"bibtex": parsed_bibtex, "ris": rispy.loads, "csl-json": json.loads}
        if form.name in read:
            assert read[form.name](reply.text)
            assert reply.headers["Content-Disposition"].endswith(f'.{form.suffix}"')
    page = page_of(project_server.get(f"/cite?iri={quote(iri)}&lang={language}", "text/html"))
    assert page.root["lang"] == language
    other = next(each for each in LANGUAGES if each != language)
    assert any(f"lang={other}" in link and quote(iri, safe="") in link for link in page.links)


def test_every_source_has_its_family_names_and_title(project_server: Server) -> None:
    query = f"PREFIX ax: <{AX}> SELECT DISTINCT ?x {{ ?x ax:sourceAuthor ?author }}"
    sources = [row["x"]["value"] for row in project_server.query(query).json()["results"]["bindings"]]
    for iri in sources:
        for language in LANGUAGES:
            data = project_server.get(f"/cite?iri={iri}&format=csl-json&lang={language}").json()
            work = data[0]
            assert work["title"]
            for name in work.get("author", []):
                assert name.get("family") or " " not in name["literal"] or "(" in name["literal"], name


def test_answers_and_the_dataset_are_cited(project_server: Server) -> None:
    whole = project_server.get("/cite?format=csl-json").json()
    assert whole[0]["URL"] == BASE
    digest = (
        project_server.get("/health").headers.get("Araxes-Dataset")
        or project_server.get("/").headers["Araxes-Dataset"]
    )
    assert whole[0]["version"].split("+")[1] in digest
    asked = project_server.get(f"/cite?query={quote('ASK {}')}&answer=json&format=csl-json").json()
    address = asked[0]["URL"].removeprefix(project_server.base)
    assert project_server.get(address).json() == {"head": {}, "boolean": True}
    question = project_server.get("/cite?question=15-soft-power-in-azerbaijan&format=csl-json").json()
    assert project_server.get(question[0]["URL"].removeprefix(project_server.base), "text/html").status == 200


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/cite?iri=https://w3id.org/araxes/no/such", 404, "not-found"),
        ("/cite?iri=not%20an%20iri", 404, "not-found"),
        ("/cite?iri=x%3E%20%7D%20UNION%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%23", 404, "not-found"),
        ("/cite?question=no-such", 404, "not-found"),
        ("/cite?format=odd", 400, "format"),
        ("/cite?query=" + "x" * 6000, 414, "uri-length"),
    ],
)
def test_what_cannot_be_cited(server: Server, path: str, status: int, code: str) -> None:
    reply = server.get(path)
    assert (reply.status, reply.code) == (status, code)


def test_a_dataset_of_others_is_cited_as_theirs(server: Server) -> None:
    reply = server.get("/cite?format=text&lang=en")
    assert "Araxes" not in reply.text.partition("http")[0]
    assert server.base in reply.text


def test_a_citation_is_not_sent_twice_and_negotiated(server: Server) -> None:
    first = server.get("/cite?lang=en", "application/x-bibtex")
    assert first.type == "application/x-bibtex"
    assert (
        server.get("/cite?lang=en", "application/x-bibtex", If_None_Match=first.headers["ETag"]).status == 304
    )
    assert (
        server.get("/cite?lang=fa", "application/x-bibtex", If_None_Match=first.headers["ETag"]).status == 200
    )
    assert server.get("/cite", "image/png").status == 406

"""Search: what is found in which spelling and order, what nobody can break, and the pages that show it."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from araxes.endpoint.pages.words import words
from araxes.endpoint.search.index.names_index import Index, build_index
from araxes.endpoint.search.index.question_rows import question_rows
from araxes.endpoint.search.index.text_index import TextIndex, build_text_index
from araxes.endpoint.search.index.text_rows import KINDS, SearchKind, dispute_rows
from araxes.endpoint.search.text.full_text import FIRST, PAGE, SearchAnswer, search, suggest
from araxes.endpoint.search.text.query_words import LONGEST_QUERY, MOST_WORDS, Marker, query_terms
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, OWL, RDFS
from araxes.validation.kept_questions import questions_with_terms
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_pages import page_of

HTML = "text/html"
KARABAKH = "event/nagorno-karabakh-conflict"


@pytest.fixture(scope="session")
def texts(project: ox.Store) -> TextIndex:
    """The full-text index of the whole project."""
    return build_text_index(project, None, question_rows(questions_with_terms()))


@pytest.fixture
def paths(texts: TextIndex, names: Index) -> Callable[..., list[str]]:
    """The addresses of what is found of one kind, in order."""

    def of(text: str, kind: SearchKind = "name", language: str = "en") -> list[str]:
        found = search(texts, names, text, language)
        return [hit["path"] for group in found["groups"] if group["kind"] == kind for hit in group["hits"]]

    return of


# --- spellings

SPELLINGS = [
    (
        "state/iran",
        ["Iran", "IRAN", "İran", "ایران", "ايران", "ای‌ران", "اِیران", "Иран", "Q794", "state/iran", "irann"],
    ),
    ("state/turkiye", ["Türkiye", "Turkiye", "Turkey", "ترکیه", "تركيه", "TÜRKİYE"]),
    ("person/ilham-aliyev", ["Ilham Aliyev", "İlham Əliyev", "Aliyev, Ilham", "الهام علی‌اف", "الهام علي اف"]),
    ("person/recep-tayyip-erdogan", ["Erdogan", "Erdoğan", "اردوغان"]),
    (
        KARABAKH,
        ["Karabakh", "Karabah", "قره‌باغ", "قره باغ", "قرهباغ", "قرةباغ", "Nagorno-Karabakh", "karabkh"],
    ),
]


@pytest.mark.parametrize(("path", "text"), [(path, text) for path, found in SPELLINGS for text in found])
def test_names_are_found_in_every_spelling(paths: Callable[..., list[str]], path: str, text: str) -> None:
    assert path in paths(text)


@pytest.mark.parametrize(
    "forms",
    [
        ("قره‌باغ", "قره باغ", "قرهباغ"),
        ("تهدید", "تهديد", "تَهدید", "تـهدید"),
        ("قدرت نرم", "قدرت  نرم", "قدرتِ نرم", "قدرت \u200fنرم "),
        ("جنگ ۲۰۲۰", "جنگ ٢٠٢٠", "جنگ 2020"),
        ("Erdoğan", "erdogan", "ERDOG\u0306AN", "Erdog\u0306an"),
        ("soft power", "Soft-Power", '"soft" power', "ＳＯＦＴ power"),
    ],
)
def test_claims_are_the_same_however_words_are_written(
    texts: TextIndex, names: Index, forms: tuple[str, ...]
) -> None:
    first, *others = (every_claim(texts, names, form) for form in forms)
    assert first
    for other in others:
        assert other == first


def every_claim(texts: TextIndex, names: Index, text: str) -> set[str]:
    """All claims that are found, whatever their order."""
    found: set[str] = set()
    while groups := search(texts, names, text, "en", "claim", len(found))["groups"]:
        found |= {hit["path"] for hit in groups[0]["hits"]}
    return found


@pytest.mark.parametrize(
    ("typed", "meant"), [("Azerbiajan", "azerbaijan"), ("thret", "threat"), ("karabah", "karabakh")]
)
def test_a_slip_is_corrected_and_said(texts: TextIndex, names: Index, typed: str, meant: str) -> None:
    found = search(texts, names, typed, "en")
    assert found["changed"] == {typed.lower(): meant}
    assert found["groups"]


# --- order and kinds


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("Iran", "name", "state/iran"),
        ("ایران", "name", "state/iran"),
        ("soft power", "name", "concept/soft-power"),
        ("soft power", "question", "questions/81-sources-of-soft-power"),
        ("balance of threat", "name", "theory/balance-of-threat"),
        ("perceives threat from", "term", "ontology/perceivesThreatFrom"),
        ("trade energy figures", "question", "questions/33-trade-and-energy"),
    ],
)
def test_the_likeliest_comes_first(
    paths: Callable[..., list[str]], text: str, kind: SearchKind, first: str
) -> None:
    assert paths(text, kind)[0] == first


@pytest.mark.parametrize(
    "text",
    ["Where do the sources disagree about Iran in Karabakh?", "اختلاف منابع دربارهٔ ایران در قره‌باغ کجاست؟"],
)
def test_a_question_in_words_finds_answers(paths: Callable[..., list[str]], text: str) -> None:
    assert "state/iran" in paths(text)
    assert "questions/12-iran-in-the-karabakh-conflict" in paths(text, "question")
    assert paths(text, "dispute")
    assert paths(text, "claim")


def test_what_holds_all_words_is_all_that_is_given(texts: TextIndex, names: Index) -> None:
    found = search(texts, names, "Turkiye Karabakh", "en", "claim")
    (group,) = found["groups"]
    assert not found["partial"]
    for hit in group["hits"]:
        note = hit["path"]
        assert texts.rows(
            "SELECT 1 FROM text JOIN item ON number = text.rowid WHERE text MATCH ? AND path = ?",
            "turkiye* AND karabakh*",
            note,
        )
    few = search(texts, names, "Turkiye zeppelin Karabakh", "en")
    assert few["partial"]


def test_pages_of_one_kind_hold_everything_once(texts: TextIndex, names: Index) -> None:
    first = search(texts, names, "Iran Armenia", "en", "claim")["groups"][0]
    seen: list[str] = []
    for start in range(0, first["total"], PAGE):
        (group,) = search(texts, names, "Iran Armenia", "en", "claim", start)["groups"]
        assert (group["start"], group["total"]) == (start, first["total"])
        seen += [hit["path"] for hit in group["hits"]]
    assert len(seen) == len(set(seen)) == first["total"] > PAGE
    assert search(texts, names, "Iran Armenia", "en", "claim", 30_000)["groups"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_found_is_shown_in_the_language(texts: TextIndex, names: Index, language: str) -> None:
    for text in ("Iran", "ایران", "threat", "قدرت نرم"):
        for group in search(texts, names, text, language)["groups"]:
            assert len(group["hits"]) <= FIRST[group["kind"]]
            for hit in group["hits"]:
                assert hit["language"] == language
                assert "".join(piece for piece, _ in hit["title"])


def test_kinds_come_in_their_order(texts: TextIndex, names: Index) -> None:
    kinds = [group["kind"] for group in search(texts, names, "threat", "en")["groups"]]
    assert kinds == list(KINDS)
    suggested = suggest(texts, names, "thre", "en")["groups"]
    assert "claim" not in [group["kind"] for group in suggested]
    assert sum(len(group["hits"]) for group in suggested) <= 10


@pytest.mark.parametrize("text", ["Azerbaijan culture", "state of war", "threat Iran", "فرهنگ ایران"])
def test_a_kind_holds_nothing_of_another(texts: TextIndex, names: Index, text: str) -> None:
    for group in search(texts, names, text, "en")["groups"]:
        for hit in group["hits"]:
            assert texts.rows("SELECT kind FROM item WHERE path = ?", hit["path"]) == [(group["kind"],)]


@pytest.mark.parametrize("text", ["Iran", "threat Karabakh", "قره‌باغ", "Azerbiajan"])
def test_one_kind_alone_is_as_among_the_others(texts: TextIndex, names: Index, text: str) -> None:
    for group in search(texts, names, text, "en")["groups"]:
        (alone,) = search(texts, names, text, "en", group["kind"])["groups"]
        assert alone["total"] == group["total"]
        assert alone["hits"][: len(group["hits"])] == group["hits"]


def test_another_name_says_why_it_is_found(texts: TextIndex, names: Index) -> None:
    hit = search(texts, names, "Turkey", "en")["groups"][0]["hits"][0]
    assert hit["path"] == "state/turkiye"
    assert hit["also"] == [("Turkey", True)]


@pytest.mark.parametrize(
    ("text", "query", "marks"),
    [
        ("Iran's threats to Iranians", "iran threat", ["Iran's", "threats", "Iranians"]),
        ("مناقشهٔ قره‌باغ و قره باغ", "قره‌باغ", ["قره‌باغ", "قره", "باغ"]),
        ("علیه حیدر علی‌اف", "علی‌اف", ["علی‌اف"]),
        ("جنگ ۲۰۲۰", "2020", ["۲۰۲۰"]),
        ("Cultural ties, traded states", "culture trade state", ["Cultural", "traded", "states"]),
        ("No such word", "iran", []),
    ],
)
def test_marks_stand_at_the_words(text: str, query: str, marks: list[str]) -> None:
    parts = Marker(query_terms(query)).marked(text)
    assert [piece for piece, mark in parts if mark] == marks
    assert "".join(piece for piece, _ in parts) == text


def test_of_a_long_text_the_place_is_shown() -> None:
    text = "word " * 200 + "Karabakh " + "word " * 200
    parts = Marker(query_terms("karabakh")).marked(text)
    shown = "".join(piece for piece, _ in parts)
    assert ("Karabakh", True) in parts
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 300


# --- strangers

HOSTILE = [
    '"', "'", '" OR 1', "iran AND", "NEAR(iran baku)", "title:iran", "-iran", "^iran", "iran*", "*", "()",
    "{a b}: c", "iran) UNION SELECT", "\0", "iran\0baku", "%", "_", "\\", "\u0301" * 400,
    "e" + "\u0301" * 100_000, "\ufdfa" * 20_000, "iran " * 20_000, "x" * 100_000, "\u200c" * 1000, "\ud800",
    "\u202e\u200b\ufeff", "🙂", "a" * 61, "क्षेत्र", "٠", "0x0", "و", "the of and", "\n\r\t",
    "<script>alert(1)</script>", "{{7*7}}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("look", [search, suggest])
def test_nothing_that_is_typed_is_an_operator_or_dear(
    texts: TextIndex, names: Index, look: Callable[..., SearchAnswer], text: str
) -> None:
    begin = time.process_time()
    found = look(texts, names, text, "en")
    assert time.process_time() - begin < 2
    assert len(found["words"]) <= MOST_WORDS
    assert all(word.isalnum() for word in found["words"])


def test_operators_mean_nothing(paths: Callable[..., list[str]]) -> None:
    assert paths('"Iran"*', "claim") == paths("^iran)", "claim") == paths("Iran", "claim")


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(texts: TextIndex, names: Index, text: str) -> None:
    for group in search(texts, names, text, "fa")["groups"]:
        assert group["total"] >= len(group["hits"]) > 0


def test_a_dataset_of_any_kind_is_searched() -> None:
    """Without claims, names or an ontology; with terms that are nobody's."""
    odd = ox.Store()
    thing = ox.NamedNode("http://example.org/x")
    odd.add(ox.Quad(thing, thing, ox.Literal("Iran", language="en")))
    index = build_text_index(odd)
    assert index.rows("SELECT COUNT(*) FROM item") == [(0,)]
    odd.load(
        f"""
        @prefix ax: <{AX}> . @prefix rdfs: <{RDFS}> . @prefix owl: <{OWL}> .
        <{BASE}claim/a/1> a ax:FactualClaim , ax:Disagreement ; rdfs:label "Zeppelin"@en , "" ;
          ax:paraphrase "Zeppelin"@de , <x:y> , "\\u0000 zeppelin"@en ; ax:holder "nobody" , _:b .
        <http://e.example/c> ax:paraphrase "A zeppelin elsewhere"@en .
        ax:z a owl:Class , owl:ObjectProperty . <{BASE}state/z> a ax:State ; rdfs:label "zeppelin"@xx .
        """,
        format=ox.RdfFormat.TURTLE,
        base_iri=BASE,
    )
    found = search(build_text_index(odd), build_index(odd), "zeppelin", "fa")
    paths = [hit["path"] for group in found["groups"] for hit in group["hits"]]
    assert sorted(paths) == ["claim/a/1", "http://e.example/c", "state/z"]


def test_disputes_stand_for_the_disagreements_that_they_hold() -> None:
    store = ox.Store()
    text = f"""
    @prefix ax: <{AX}> . @prefix rdfs: <{RDFS}> .
    <{BASE}disagreement/d> a ax:Disagreement ; rdfs:label "A zeppelin flew, or not"@en .
    """
    store.load(text, format=ox.RdfFormat.TURTLE)
    assert [row.path for row in dispute_rows(store)] == ["disagreement/d"]
    folded = f"""
    @prefix ax: <{AX}> . @prefix rdfs: <{RDFS}> .
    <{BASE}dispute/d> a ax:PointAtIssue, ax:Dispute ; rdfs:label "Did a zeppelin fly?"@en ;
      ax:hasDisputePosition <{BASE}dispute/d#1> , <{BASE}dispute/d#2> .
    <{BASE}dispute/d#1> a ax:DisputePosition ; rdfs:label "It flew."@en , "پرواز کرد."@fa .
    <{BASE}dispute/d#2> a ax:DisputePosition ; rdfs:label "It did not."@en .
    """
    store.load(folded, format=ox.RdfFormat.TURTLE)
    (row,) = dispute_rows(store)
    assert (row.path, row.title) == ("dispute/d", {"en": "Did a zeppelin fly?"})
    assert row.body == {"en": "It did not. – It flew.", "fa": "پرواز کرد."}


# --- pages


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["Karabakh", "قره‌باغ", "xyzzy qwrtp", "Azerbiajan", "", '"><script>', "\0"])
def test_the_page_is_sound_and_stays_here(project_server: Server, language: str, text: str) -> None:
    reply = project_server.get(f"/search?q={quote(text)}&lang={language}", HTML)
    page = page_of(reply)
    assert page.root["lang"] == language
    assert len(page.ids) == len(set(page.ids))
    assert [link for link in page.links if link.startswith(("http:", "https:", "//"))] == []
    assert "<script>" not in reply.text
    assert len(reply.body) < 60_000
    # The other language is asked for the same.
    (other,) = [link for link in page.links if "lang=" in link]
    assert other.startswith(f"/search?q={quote(text, safe='').replace('%20', '+')}&") or not text


def test_every_link_of_a_search_leads_somewhere(project_server: Server) -> None:
    page = page_of(project_server.get("/search?q=threat&lang=en", HTML))
    for link in {link.partition("#")[0] for link in page.links} - {""}:
        reply = project_server.get(link, HTML)
        assert reply.status in (200, 303), link


def test_nothing_found_is_said_and_near_names_offered(project_server: Server) -> None:
    for language in LANGUAGES:
        empty = page_of(project_server.get(f"/search?q=Nakhjivanistan&lang={language}", HTML))
        assert words(language)["search"]["nothing_why"] in empty.text
        assert any("nakhchivan" in link for link in empty.links)


def test_more_of_a_kind_is_paged(project_server: Server) -> None:
    page = page_of(project_server.get("/search?q=Iran&kind=claim&page=2&lang=en", HTML))
    assert {"/search?q=Iran&kind=claim", "/search?q=Iran&kind=claim&page=3", "/search?q=Iran"} <= set(
        page.links
    )
    assert "31–60 of" in page.text
    for odd in ("kind=nothing", "kind=claim&page=0", "kind=claim&page=-1", "kind=claim&page=٣", "page=2"):
        assert project_server.get(f"/search?q=Iran&{quote(odd, safe='=&')}", HTML).status == 200


@pytest.mark.parametrize(
    "path", ["/", "/questions", "/ontology", "/sparql", "/state/iran", "/none", "/search"]
)
def test_every_page_has_the_search_box(project_server: Server, path: str) -> None:
    reply = project_server.get(path, HTML)
    assert reply.text.count('role="search"') == 1
    assert reply.text.count('<label class="hidden" for="q">') == 1
    assert "script-src 'self'" in reply.headers["Content-Security-Policy"]


def test_suggestions_are_few_and_small(project_server: Server) -> None:
    reply = project_server.get("/search/suggest?q=kara&lang=fa")
    answer = reply.json()
    assert reply.type == "application/json"
    assert (answer["query"], answer["all"]) == ("kara", "/search?q=kara")
    assert 0 < len(answer["suggestions"]) <= 10
    assert len(reply.body) < 8000
    assert all(one["href"].startswith("/") and one["note"] for one in answer["suggestions"])
    again = project_server.get("/search/suggest?q=kara&lang=fa", If_None_Match=reply.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert project_server.get("/search/suggest?q=%20").json()["suggestions"] == []


def test_a_missing_page_offers_what_was_meant(project_server: Server) -> None:
    page = page_of_status(project_server, "/person/aliyev", 404)
    assert "/person/ilham-aliyev" in page
    assert 'href="/search?q=aliyev"' in page
    assert 'href="/state/iran"' in page_of_status(project_server, "/state/Irann", 404)
    assert 'href="/search?q=no+such+thing"' in page_of_status(project_server, "/questions/no-such_thing", 404)


def page_of_status(server: Server, path: str, status: int) -> str:
    reply = server.get(path, HTML)
    assert reply.status == status
    return reply.text


def test_a_long_query_is_cut_or_refused(project_server: Server) -> None:
    assert project_server.get("/search?q=" + "iran+" * 1000, HTML).status == 200
    assert project_server.get("/search?q=" + "i" * 100_000, HTML).status == 414
    assert LONGEST_QUERY < 8190

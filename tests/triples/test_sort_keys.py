"""Labels sort by their keys as people sort them."""

from __future__ import annotations

import json
import subprocess

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.ontology.namespaces import AX, BASE
from araxes.triples.derived.sort_keys import SORT_KEY, sort_key, sort_key_quads
from tests.requirements_helper import require_tool

ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_WORDS = """
آب ابر بهار پاکستان تهران ثبات جنوب چین حزب خزر دریا ذوب رود زمین ژاپن سپاه شمال صلح ضلع
طرح ظفر عراق غرب فارس قره‌باغ کوه گرجستان لبنان مرز نخجوان ولایت هند یمن ارمنستان ایران
آذربایجان پیمان گاز
"""


def test_the_persian_alphabet_is_in_order() -> None:
    assert sorted(ALPHABET, key=sort_key) == list(ALPHABET)
    assert sorted(ALPHABET) != list(ALPHABET)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ايران", "ایران"),
        ("كوه", "کوه"),
        ("قره‌باغ", "قرهباغ"),
        ("مسئله", "مسیله"),
        ("أرس", "ارس"),
        ("خانۀ", "خانه"),
        ("مُلّا", "ملا"),
        ("Türkiye", "TURKIYE"),
        ("Aliyev, Ilham", "Aliyev Ilham"),
        ("Əliyev", "Eliyev"),
        ("سال ۱۳۷۱", "سال 1371"),
        ("  a   b ", "a b"),
    ],
)
def test_spellings_have_one_place(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other) != ""


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "a b", "ab", "b", "É", "Éa", "f", "z"],
        ["آب", "آبان", "اب", "ابر", "پدر", "تیر"],
        ["1", "2", "10"][:2],
        ["Iran", "ایران", "Иран"],
    ],
)
def test_order(ordered: list[str]) -> None:
    shuffled = [*ordered[1:], ordered[0]]
    assert sorted(shuffled, key=sort_key) == ordered


def test_others_who_know_persian_agree() -> None:
    """The Unicode collation of CLDR for Persian, as JavaScript has it."""
    words = _WORDS.split() + [f"{one}{two}" for one in ALPHABET[1:] for two in ALPHABET[1:]]
    program = (
        "const words = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "if (!Intl.Collator.supportedLocalesOf('fa').length) process.exit(3);"
        "process.stdout.write(JSON.stringify(words.sort(new Intl.Collator('fa').compare)));"
    )
    done = subprocess.run(
        [require_tool("node"), "-e", program],
        input=json.dumps(words),
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(words, key=sort_key) == json.loads(done.stdout)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_has_a_key_in_plain_signs(one: str, other: str) -> None:
    assert sort_key(one).isascii()
    assert sort_key(f"{one} {other}").startswith(sort_key(one))


def test_labels_of_the_default_graph_have_keys() -> None:
    label, state = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.NamedNode(BASE + "state/x")
    quads = [
        ox.Quad(state, label, ox.Literal("پ", language="fa")),
        ox.Quad(state, label, ox.Literal("P", language="en")),
        ox.Quad(state, label, ox.Literal("no language")),
        ox.Quad(state, label, ox.Literal("…", language="en")),
        ox.Quad(ox.NamedNode(AX + "State"), label, ox.Literal("State", language="en")),
        ox.Quad(ox.NamedNode("http://e.example/x"), label, ox.Literal("x", language="en")),
        ox.Quad(state, label, ox.Literal("Q", language="en"), ox.NamedNode(BASE + "claim/1")),
    ]
    found = {(quad.subject, quad.predicate, quad.object) for quad in sort_key_quads(quads)}
    assert found == {
        (state, SORT_KEY, ox.Literal(sort_key(text), language=language))
        for text, language in (("پ", "fa"), ("P", "en"))
    }


def test_the_published_data_sort(project: ox.Store) -> None:
    rows = project.query(
        f"PREFIX ax: <{AX}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?name { ?s a ax:State ; rdfs:label ?name ; ax:sortKey ?key . "
        'FILTER(LANG(?name) = "fa" && LANG(?key) = "fa") } ORDER BY ?key'
    )
    assert isinstance(rows, ox.QuerySolutions)
    names = [str(row["name"].value) for row in rows]
    assert len(names) > 20
    assert names == sorted(names, key=sort_key) != sorted(names)

"""A small dataset of two sources that agree on one thing, disagree on another and argue from a theory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.service.published_files import BESIDE
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import Server, serving

_PREFIXES = """
@prefix ax: <https://w3id.org/araxes/ontology/> .
@prefix : <https://w3id.org/araxes/> .
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_DESCRIBED = """
ax:alliedWith a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:label "allied with"@en, "هم‌پیمان با"@fa .
ax:supports a owl:ObjectProperty ; rdfs:label "supports"@en, "پشتیبان"@fa .
ax:hasComponent a owl:ObjectProperty ; rdfs:label "has component"@en, "جزئی دارد به نام"@fa .
ax:State rdfs:subClassOf ax:Actor . ax:Actor rdfs:subClassOf ax:Entity .
ax:RoleConflict rdfs:label "role conflict"@en, "تعارض نقش"@fa .
ax:Moderate rdfs:label "moderate"@en, "متوسط"@fa .
<state/ardal> a ax:State ; rdfs:label "Ardal"@en, "اردال"@fa .
<state/borla> a ax:State ; rdfs:label "Borla"@en, "بورلا"@fa .
<person/h> a ax:Person ; rdfs:label "Hela Voice"@en, "هلا صدا"@fa .
<person/w> a ax:Person ; rdfs:label "Wera Long Writer"@en, "ورا لانگ نویسنده"@fa ;
  foaf:familyName "Long Writer"@en, "لانگ نویسنده"@fa .
<theory/t> a ax:Theory ; rdfs:label "Theory of Tests"@en, "نظریهٔ آزمون"@fa .
<theory/u> a ax:Theory ; rdfs:label "Unused Theory"@en, "نظریهٔ بی‌کاربرد"@fa .
<concept/part> rdfs:label "A part"@en, "یک جزء"@fa .
<source/p> a ax:Source, ax:ResearchArticle ; rdfs:label "Paper <P>"@en, "مقالهٔ پ"@fa ;
  dcterms:title "باران"@fa ;
  dcterms:language "fa" ; ax:date "2020" ; ax:sourceAuthor <source/p#author> ; ax:usesTheory <theory/t> ;
  ax:sourceText <source/p#text> .
<source/p#author> rdfs:label "Author of P"@en, "نویسندهٔ پ"@fa ; dcterms:creator <person/w> .
<source/p#text> ax:characterCount 1000 .
<source/q> a ax:Source, ax:NewsReport ; rdfs:label "Report Q"@en, "گزارش ق"@fa ; dcterms:language "en" ;
  ax:sourceAuthor <source/q#author> .
<source/q#author> rdfs:label "Author of Q"@en, "نویسندهٔ ق"@fa .
"""


def _claim(name: str, english: str, place: tuple[int, int], more: str = "", stated: str = "") -> str:
    """A claim in TriG: its description with a passage, and its graph."""
    source, number = name.split("/")
    holder = "" if "ax:holder" in more else f"ax:holder <source/{source}#author> ; "
    stance = "" if "ax:authorStance" in more else "ax:authorStance ax:OwnVoice ; "
    return f"""
<claim/{name}> a ax:Claim, ax:FactualClaim ; ax:source <source/{source}> ; {holder}{stance}{more}
  ax:modality ax:Asserted ; ax:certainty ax:HighCertainty ;
  ax:paraphrase "{english}"@en, "ادعای {source} {number}"@fa ; ax:passage <claim/{name}#p> .
<claim/{name}#p> oa:hasSelector <claim/{name}#s> .
<claim/{name}#s> oa:start {place[0]} ; oa:end {place[1]} .
GRAPH <claim/{name}> {{ {stated} }}
"""


_DATED = (
    'ax:period "{0}" ; ax:periodBasis ax:StatedPeriod ; ax:earliest "{0}-01-01T00:00:00Z"^^xsd:dateTime ; '
    'ax:latest "{0}-12-31T23:59:59Z"^^xsd:dateTime ; '
)

CLAIMS = (
    _claim("p/1", "P says allied.", (500, 700), "", "<state/ardal> ax:alliedWith <state/borla>"),
    _claim(
        "p/2",
        "P says that Ardal supports Borla.",
        (0, 100),
        _DATED.format(1995) + "ax:arguedFrom <theory/t> ; ",
        "<state/ardal> ax:supports <state/borla>",
    ),
    _claim("p/3", "P names a part.", (50, 150), "", "<theory/t> ax:hasComponent <concept/part>"),
    _claim("q/1", "Q says allied too.", (0, 10), "", "<state/borla> ax:alliedWith <state/ardal>"),
    _claim(
        "q/2",
        "Hela says that Borla supports Ardal.",
        (10, 20),
        _DATED.format(2005) + "ax:holder <person/h> ; ax:authorStance ax:Disputes ; ",
        "<state/borla> ax:supports <state/ardal>",
    ),
)

_COMPARED = """
<dispute/d> a ax:PointAtIssue, ax:Dispute ; rdfs:label "Who supports whom?"@en, "چه کسی پشتیبان کیست؟"@fa ;
  ax:strength ax:Moderate ;
  ax:hasClash <disagreement/c> ; ax:wouldSettle "A treaty."@en, "یک پیمان."@fa ;
  ax:comparedClaim <claim/p/2>, <claim/q/2> ; ax:comparedSource <source/p>, <source/q> ;
  ax:thingAtIssue <state/ardal>, <state/borla> ;
  ax:comparedHolder <source/p#author>, <person/h> ; ax:hasDisputePosition <dispute/d#one>, <dispute/d#two> .
<dispute/d#one> rdfs:label "Ardal does."@en, "اردال."@fa ; ax:comparedClaim <claim/p/2> ;
  ax:comparedSource <source/p> ; ax:comparedHolder <source/p#author> ; ax:representativeClaim <claim/p/2> .
<dispute/d#two> rdfs:label "Borla does."@en, "بورلا."@fa ; ax:comparedClaim <claim/q/2> ;
  ax:comparedSource <source/q> ; ax:comparedHolder <person/h> ; ax:representativeClaim <claim/q/2> .
<disagreement/c> a ax:Disagreement ; rdfs:label "One against the other"@en, "یکی برابر دیگری"@fa ;
  ax:disagreementKind ax:RoleConflict ; ax:strength ax:Moderate ;
  ax:comparedClaim <claim/p/2>, <claim/q/2> ;
  ax:comparedSource <source/p>, <source/q> ; ax:hasSide <disagreement/c#1>, <disagreement/c#2> .
<disagreement/c#1> ax:sideSubject <state/ardal> ; ax:sideProperty ax:supports ;
  ax:sideObject <state/borla> ;
  ax:comparedClaim <claim/p/2> ; ax:comparedSource <source/p> ; ax:comparedHolder <source/p#author> .
<disagreement/c#2> ax:sideSubject <state/borla> ; ax:sideProperty ax:supports ;
  ax:sideObject <state/ardal> ;
  ax:comparedClaim <claim/q/2> ; ax:comparedSource <source/q> ; ax:comparedHolder <person/h> .
<dispute/e> a ax:PointAtIssue, ax:Contrast ; rdfs:label "How near are they?"@en, "چه اندازه نزدیک‌اند؟"@fa ;
  ax:strength ax:Moderate ; ax:hasClash <disagreement/e> ;
  ax:comparedClaim <claim/p/1>, <claim/q/2> ; ax:comparedSource <source/p>, <source/q> ;
  ax:thingAtIssue <state/ardal>, <state/borla> ;
  ax:comparedHolder <source/p#author>, <person/h> ; ax:hasDisputePosition <dispute/e#one> .
<dispute/e#one> rdfs:label "Near."@en, "نزدیک."@fa ; ax:comparedClaim <claim/p/1> ;
  ax:comparedSource <source/p> ; ax:comparedHolder <source/p#author> ; ax:representativeClaim <claim/p/1> .
<disagreement/e> a ax:Disagreement ; rdfs:label "Near against far"@en, "نزدیک برابر دور"@fa ;
  ax:disagreementKind ax:RoleConflict ; ax:strength ax:Moderate ;
  ax:comparedClaim <claim/p/1>, <claim/q/2> ;
  ax:comparedSource <source/p>, <source/q> ; ax:hasSide <disagreement/e#1>, <disagreement/e#2> .
<disagreement/e#1> ax:sideSubject <state/ardal> ; ax:sideProperty ax:alliedWith ;
  ax:sideObject <state/borla> ; ax:comparedClaim <claim/p/1> ; ax:comparedSource <source/p> ;
  ax:comparedHolder <source/p#author> .
<disagreement/e#2> ax:sideSubject <state/borla> ; ax:sideProperty ax:supports ; ax:sideObject <state/ardal> ;
  ax:comparedClaim <claim/q/2> ; ax:comparedSource <source/q> ; ax:comparedHolder <person/h> .
<corroboration/k> a ax:Corroboration ; rdfs:label "Both say allied"@en, "هر دو می‌گویند هم‌پیمان"@fa ;
  ax:voiceCount 2 ;
  ax:originCount 2 ; ax:comparedClaim <claim/p/1>, <claim/q/1> ; ax:comparedSource <source/p>, <source/q> .
"""


def reading_dataset() -> ox.Dataset:
    """The dataset."""
    text = "".join((_PREFIXES, _DESCRIBED, *CLAIMS, _COMPARED))
    return ox.Dataset(ox.parse(input=text, format=ox.RdfFormat.TRIG, base_iri="https://w3id.org/araxes/"))


@pytest.fixture(scope="session")
def reading_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over it."""
    root: Path = tmp_path_factory.mktemp("readings") / "store"
    publish(reading_dataset(), root, origin="load", label="readings", beside=BESIDE)
    with serving(root) as running:
        yield running

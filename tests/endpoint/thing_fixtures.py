"""A small dataset with everything that pages of things show, and a server over it that may show passages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.service.published_files import BESIDE
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import Server, serving

TEXT = "Zeroth words.\nArdal helps Borla <b>gladly</b>. Borla never helps Ardal.\nLast words, رود.\n"
"""An original, written for these tests."""

FILE = "made-up.txt"
PASSAGE = "Ardal helps Borla <b>gladly</b>"

DIGEST = "0d642f0a4accc5aae785cdbace60c12259de1d8c89e8a595701a30348adda84f"
"""A digest that begins with a digit and has many."""

MANY = 95
"""Statements of one relation, more than two pages of them."""

ONTOLOGY = """
ax:Entity a owl:Class ; rdfs:label "entity"@en, "هستار"@fa .
ax:GraphElement a owl:Class ; rdfs:label "element"@en, "جزء"@fa .
ax:Actor rdfs:subClassOf ax:Entity ; rdfs:label "actor"@en, "کنشگر"@fa .
ax:State rdfs:subClassOf ax:Actor ; rdfs:label "state"@en, "دولت"@fa ; skos:definition "A made-up state."@en .
ax:Claim rdfs:subClassOf ax:GraphElement ; rdfs:label "claim"@en, "ادعا"@fa .
ax:FactualClaim rdfs:label "factual claim"@en, "ادعای واقعیت"@fa .
ax:PredictiveClaim rdfs:label "predictive claim"@en, "ادعای پیش‌بینانه"@fa .
ax:Observation rdfs:label "observation"@en, "مشاهده"@fa .
ax:helps rdfs:label "helps"@en, "یاری می‌دهد به"@fa .
ax:fights rdfs:label "fights … for good"@en, "با … می‌جنگد"@fa .
ax:manner rdfs:label "in which manner"@en, "به چه گونه‌ای"@fa .
ax:measure rdfs:label "measures"@en, "می‌سنجد"@fa .
ax:betweenActor rdfs:label "between"@en, "میان"@fa .
ax:StatementsInTension rdfs:label "in tension"@en, "در تنش"@fa .
ax:Weak rdfs:label "weak"@en, "ضعیف"@fa .
ax:Strong rdfs:label "strong"@en, "قوی"@fa .
ax:Cooperative rdfs:label "cooperative"@en, "همکارانه"@fa .
ax:Conflictual rdfs:label "conflictual"@en, "تعارض‌آمیز"@fa .
"""

THINGS = """
state:ardal a ax:State ; rdfs:label "Ardal"@en, "اردل"@fa, "Ардал"@ru ; skos:hiddenLabel "Ardaland"@en ;
  ax:cowCode "990" ; skos:exactMatch <http://www.wikidata.org/entity/Q990> .
state:borla a ax:State ; rdfs:label "Borla"@en, "برلا"@fa .
state:cumra a ax:State ; rdfs:label "Cumra"@en .
state:dorin a ax:State ; rdfs:label "<i>Dorin</i> & \\"Sons\\""@en .
state:eshan a ax:State ; rdfs:label "Eshan"@en, "اشان"@fa .
<event/fair> a ax:Entity ; rdfs:label "Fair"@en, "نمایشگاه"@fa .
<measure/barter> a ax:Entity ; rdfs:label "Barter"@en, "مبادله"@fa .
<person/writer> a ax:Actor ; rdfs:label "A Writer"@en, "نویسنده‌ای"@fa .
<work/book> a ax:Entity ; rdfs:label "A Book"@en, "کتابی"@fa ; ax:contentDigest "{digest}" .
<option/war> a ax:Entity ; rdfs:label "War as the answer"@en, "جنگ چون پاسخ"@fa ;
  ax:earliest "1992-05-01T00:00:00Z"^^xsd:dateTime .
<curator/first> a ax:Curator ; rdfs:label "First reader"@en, "خوانندهٔ نخست"@fa ;
  ax:sortKey "0b0s0b"@en, "19121h"@fa ; ax:curatorNote "Only in English."@en .
source:one a ax:Source ; rdfs:label "Source One"@en, "منبع یک"@fa ; dcterms:language "en" ;
  ax:sourceText <source/one#text> .
<source/one#text> ax:fileName "{file}" ; ax:sha256 "{whole}" .
<source/one#author> rdfs:label "Author One"@en, "نویسندهٔ یک"@fa .
"""

CLAIM = """
claim:{name} a ax:Claim, ax:{kind} ; ax:source source:one ; ax:holder <{holder}> ;
  ax:modality ax:{modality} ; ax:authorStance ax:{stance} ;
  ax:certainty ax:HighCertainty ; ax:periodBasis ax:{basis} ;
  ax:paraphrase "{name} in English."@en, "{name} به فارسی."@fa {more} .
GRAPH claim:{name} {{ {graph} }}
"""


def claim(name: str, graph: str, **other: str) -> str:
    """A claim in TriG."""
    usual = {
        "kind": "FactualClaim",
        "holder": "source/one#author",
        "modality": "Asserted",
        "stance": "OwnVoice",
        "basis": "Timeless",
        "more": "",
    }
    more = other.pop("more", "")
    return CLAIM.format(name=name, graph=graph, **(usual | other | {"more": f"; {more}" if more else ""}))


def time(period: str, first: int, last: int) -> str:
    """The period of a claim, with its bounds."""
    return (
        f'ax:period "{period}" ; ax:earliest "{first}-01-01T00:00:00Z"^^xsd:dateTime ; '
        f'ax:latest "{last}-12-31T23:59:59Z"^^xsd:dateTime'
    )


def _passage(start: int, end: int) -> str:
    digest = hashlib.sha256(TEXT[start:end].encode()).hexdigest()
    return (
        f'ax:passage [ oa:hasSelector [ oa:start {start} ; oa:end {end} ] ; ax:sha256 "{digest}" ; '
        "oa:hasSource <source/one#text> ]"
    )


def _claims() -> Iterator[str]:
    start = TEXT.index(PASSAGE)
    stands = f"ax:polarity ax:Cooperative ; {_passage(start, start + len(PASSAGE))}"
    yield claim(
        "helps",
        "state:ardal ax:helps state:borla ."
        "<claim/helps#q> a ax:Qualification ; ax:ofSubject state:ardal ;"
        ' ax:ofProperty ax:helps ; ax:ofObject state:borla ; ax:manner "gladly"@en, "با میل"@fa .',
        more=f"{stands} ; {time('1992/1994', 1992, 1994)} ; cito:citesAsEvidence <work/book>",
        basis="StatedPeriod",
    )
    yield claim(
        "denies",
        "<claim/denies#d> a owl:NegativePropertyAssertion ; owl:sourceIndividual state:borla ;"
        " owl:assertionProperty ax:helps ; owl:targetIndividual state:ardal .",
        modality="Denied",
        holder="person/writer",
        stance="Reports",
        more=f"ax:polarity ax:Conflictual ; {time('2003~', 2003, 2003)}",
    )
    read = "ax:readAs <option/war>"
    yield claim("foretells", "state:ardal ax:fights state:borla .", kind="PredictiveClaim", more=read)
    yield claim("sides", "state:ardal ax:fights state:dorin .")
    yield "GRAPH <elsewhere/1> { state:cumra ax:helps state:borla }"
    yield "GRAPH <claim/bare> { state:cumra ax:fights state:dorin } <claim/bare> ax:source source:one ."
    yield claim("alone", "state:cumra ax:helps state:ardal .")
    yield claim("markup", "state:ardal ax:helps state:dorin .")
    yield claim(
        "barter",
        "<claim/barter#1> a ax:Observation ; ax:measure <measure/barter> ;"
        ' ax:betweenActor state:ardal, state:borla ; ax:value 1200 ; ax:date "1993" .',
    )
    yield claim(
        "meets",
        "<event/fair> ax:participant state:dorin, state:borla ;"
        ' ax:date "1992-03-21/1993-03-20" ; ax:dateSolarHijri "1371" ;'
        ' ax:earliest "1992-03-21T00:00:00Z"^^xsd:dateTime ; ax:latest "1993-03-20T00:00:00Z"^^xsd:dateTime.',
        basis="DatedStatements",
        more="ax:polarity ax:Cooperative",
    )
    for number in range(MANY):
        yield f'<goal/g{number}> rdfs:label "Goal {number}"@en, "هدف {number}"@fa .'
        yield claim(f"many{number}", f"state:eshan ax:helps <goal/g{number}> .")
    yield (
        "<dispute/d> a ax:PointAtIssue, ax:Dispute ; ax:hasClash <disagreement/c> ;"
        ' rdfs:label "Does Ardal fight Borla?"@en, "آیا اردل با برلا می‌جنگد؟"@fa ;'
        " ax:hasDisputePosition <dispute/d#yes> ."
        '<dispute/d#yes> rdfs:label "Yes."@en, "آری."@fa ; ax:comparedClaim claim:foretells, claim:sides .'
        "<disagreement/c> a ax:Disagreement ; ax:comparedClaim claim:foretells, claim:helps, claim:sides ;"
        " ax:disagreementKind ax:StatementsInTension ; ax:strength ax:Weak ;"
        ' ax:overlap "1992-01-01/1994-12-31" ; ax:sortKey "0b0s"@en, "1213"@fa ;'
        ' rdfs:label "In tension: Ardal fights and helps."@en, "در تنش: اردل هم می‌جنگد و هم یاری می‌دهد."@fa ;'
        " ax:hasSide <disagreement/c#1>, <disagreement/c#2>, <disagreement/c#10> ."
        "<disagreement/c#10> ax:comparedClaim claim:sides ; ax:sideSubject state:ardal ;"
        " ax:sideProperty ax:fights ; ax:sideObject state:dorin ; ax:sideDenies true ."
        "<disagreement/c#1> ax:comparedClaim claim:foretells ; ax:sideSubject state:ardal ;"
        " ax:sideProperty ax:fights ; ax:sideObject state:borla ."
        "<disagreement/c#2> ax:comparedClaim claim:helps ; ax:sideSubject state:ardal ;"
        " ax:sideProperty ax:helps ; ax:sideObject state:borla ."
    )
    yield (
        "<corroboration/same> a ax:Corroboration ; ax:comparedClaim claim:alone, claim:helps ;"
        " ax:strength ax:Strong ; ax:voiceCount 2 ; ax:originCount 1 ; ax:sharedOrigin source:one ;"
        ' rdfs:label "Alike: Ardal helps Borla."@en, "یکسان: اردل به برلا یاری می‌دهد."@fa ;'
        " ax:hasSide <corroboration/same#1> ."
        "<corroboration/same#1> ax:comparedClaim claim:alone, claim:helps ; ax:sideSubject state:ardal ;"
        " ax:sideProperty ax:helps ; ax:sideObject state:borla ."
    )
    yield (
        "GRAPH <claim/alone#inferred> { state:ardal ax:knows state:cumra }"
        "<claim/alone#inferred> <http://www.w3.org/ns/prov#wasDerivedFrom> claim:alone ."
        "state:cumra ax:helps state:ardal ."
    )


PREFIXES = """
@base <https://w3id.org/araxes/> .
@prefix ax: <https://w3id.org/araxes/ontology/> .
@prefix state: <https://w3id.org/araxes/state/> .
@prefix source: <https://w3id.org/araxes/source/> .
@prefix claim: <https://w3id.org/araxes/claim/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def things_dataset() -> ox.Dataset:
    """The dataset."""
    things = (
        THINGS.replace("{digest}", DIGEST)
        .replace("{file}", FILE)
        .replace("{whole}", hashlib.sha256(TEXT.encode()).hexdigest())
    )
    text = "\n".join((PREFIXES, ONTOLOGY, things, *_claims()))
    return ox.Dataset(ox.parse(input=text, format=ox.RdfFormat.TRIG))


@pytest.fixture(scope="session")
def things_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of its store."""
    root = tmp_path_factory.mktemp("things") / "store"
    publish(things_dataset(), root, origin="load", label="things", beside=BESIDE)
    return root


@pytest.fixture(scope="session")
def things_originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the original text."""
    folder = tmp_path_factory.mktemp("originals")
    (folder / FILE).write_bytes(TEXT.encode())
    return folder


@pytest.fixture(scope="session")
def things_server(things_store: Path, things_originals: Path) -> Iterator[Server]:
    """A server that may show passages."""
    flags = (
        "--originals",
        str(things_originals),
        "--show-passages",
        "true",
        "--evaluators",
        "2",
        "--spares",
        "1",
    )
    with serving(things_store, *flags) as running:
        yield running

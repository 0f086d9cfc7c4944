"""Each rule finds what it is about, and takes no difference of time, base, direction or mood for a clash."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from click.testing import CliRunner

from araxes.endpoint.cli import main
from araxes.ontology.namespaces import AX, BASE, PREFIXES, RDFS, local_name
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.claim_graphs import read_claim_graphs, triple_of
from araxes.triples.dataset import build_dataset, canonical_nquads
from araxes.triples.store import publish
from araxes.triples.tables import Description
from araxes.triples.uncontested import contested_triples
from araxes.validation.comparison_quads import add_comparisons
from araxes.validation.disagreements import COEXISTING, RULES, Case, find_cases, rules
from araxes.validation.publication import examine
from tests.corpus_fixtures import TinyCorpus, claims, source, span

ALPHA, BETA, GAMMA = "state/alpha", "state/beta", "state/gamma"
FURTHER = [
    {"id": "event/war", "type": "War", "label": {"en": "War", "fa": "جنگ"}},
    {"id": "event/battle", "type": "Conflict", "label": {"en": "Battle", "fa": "نبرد"}},
    {"id": "factor/oil", "type": "EconomicFactor", "label": {"en": "Oil", "fa": "نفت"}},
    {"id": "goal/union", "type": "Goal", "label": {"en": "Union", "fa": "اتحاد"}},
    {
        "id": "relationship/alpha-beta",
        "type": "Relationship",
        "label": {"en": "Relations of Alpha and Beta", "fa": "روابط آلفا و بتا"},
    },
]


def build(tiny: TinyCorpus, one: dict[str, object], two: dict[str, object]) -> ox.Dataset:
    """A corpus of two claims by two sources."""
    known = {entity["id"] for entity in tiny.entities}
    tiny.entities.extend(dict(entity) for entity in FURTHER if entity["id"] not in known)
    tiny.claims[:] = [{**claims()[0], **one}]
    tiny.write()
    text = yaml.safe_dump(source(), allow_unicode=True).replace("source/test", "source/other")
    reading = {
        "id": "source/other#reading-1",
        "type": "Curation",
        "label": {"en": "First reading", "fa": "خوانش نخست"},
        "curator": "curator/tester",
        "date": "2026-11-20",
        "guideline": "test",
    }
    second = {
        **claims()[0],
        "id": "claim/other/001",
        "holder": "source/other#author",
        "passage": span(3, 9),
        **two,
    }
    document = {"source": yaml.safe_load(text), "curation": [reading], "claims": [second]}
    path = tiny.source_folder / "other.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    dataset, _ = build_dataset(tiny.entity_folder, tiny.source_folder)
    return dataset


def kinds(tiny: TinyCorpus, one: dict[str, object], two: dict[str, object]) -> list[str]:
    """The kinds of case between two claims."""
    return sorted(case.kind for case in find_cases(build(tiny, one, two)))


def says(*statements: Mapping[str, object], **change: object) -> dict[str, object]:
    """A claim with these statements."""
    return {"asserts": list(statements), **change}


def relation(subject: str, name: str, value: str, **change: object) -> dict[str, object]:
    """A claim of one relation."""
    return says({"id": subject, name: value}, **change)


def denies(subject: str, name: str, value: str, **change: object) -> dict[str, object]:
    """A claim that denies a relation."""
    denial = {"type": "Denial", "subject": subject, "property": name, "object": value}
    return says(denial, modality="Denied", **change)


def event(date: str, node: str = "event/recognition") -> dict[str, object]:
    """A claim that dates an event."""
    return says({"id": node, "date": date})


def figure(**change: object) -> dict[str, object]:
    """A claim of a figure."""
    return says({"id": "#f", "type": "Observation", "measure": "measure/trade", "unit": "USDollar", **change})


def support(party: str, about: str = "event/war", **change: object) -> dict[str, object]:
    """A claim that Gamma supports a party to the war."""
    war = {"id": about, "type": "War", "belligerent": [ALPHA, BETA]}
    return says({"id": GAMMA, "supports": party}, war, **change)


MEDIATES = relation(GAMMA, "mediatesIn", "event/war")
CASES: dict[str, tuple[str, dict[str, object], dict[str, object]]] = {
    "denial": ("DeniedStatement", relation(ALPHA, "aids", BETA), denies(ALPHA, "aids", BETA)),
    "denial of the wider": (
        "DeniedStatement",
        relation(ALPHA, "cooperatesMilitarilyWith", BETA),
        denies(ALPHA, "cooperatesWith", BETA),
    ),
    "denial of the mirror image": (
        "DeniedStatement",
        relation(ALPHA, "alliedWith", BETA),
        denies(BETA, "alliedWith", ALPHA),
    ),
    "tension": (
        "StatementsInTension",
        relation(ALPHA, "supports", BETA),
        relation(ALPHA, "opposes", BETA),
    ),
    "symmetric tension, other way round": (
        "StatementsInTension",
        relation(ALPHA, "alliedWith", BETA, period="1990/1995"),
        relation(BETA, "enemyOf", ALPHA, period="1993"),
    ),
    "qualities in tension": (
        "StatementsInTension",
        relation("relationship/alpha-beta", "relationshipQuality", "CloseRelations"),
        relation("relationship/alpha-beta", "relationshipQuality", "TenseRelations"),
    ),
    "dates": ("DivergingDates", event("1992-05"), event("1991")),
    "values": ("DivergingValues", figure(value=3, date="1999"), figure(value=4, date="1999")),
    "ranges": ("DivergingValues", figure(value=3), figure(lowerValue=4, upperValue=5)),
    "mediator and supporter": ("RoleConflict", MEDIATES, support(ALPHA)),
    "neutral and supporter": ("RoleConflict", relation(GAMMA, "isNeutralIn", "event/war"), support(ALPHA)),
    "supporter of both": ("RoleConflict", support(ALPHA), support(BETA)),
    "causes": (
        "OppositeCausalSigns",
        relation("factor/oil", "contributesTo", "goal/union"),
        relation("factor/oil", "weakens", "goal/union"),
    ),
    "corroboration": (
        "Corroboration",
        relation(ALPHA, "alliedWith", BETA),
        relation(BETA, "alliedWith", ALPHA),
    ),
}

NO_CASES: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "denial of the narrower": (
        relation(ALPHA, "cooperatesWith", BETA),
        denies(ALPHA, "cooperatesMilitarilyWith", BETA),
    ),
    "denial for another time": (
        relation(ALPHA, "aids", BETA, period="1991"),
        denies(ALPHA, "aids", BETA, period="2001"),
    ),
    "denial in the other direction": (relation(ALPHA, "aids", BETA), denies(BETA, "aids", ALPHA)),
    "tension at different times": (
        relation(ALPHA, "supports", BETA, period="1990/1992"),
        relation(ALPHA, "opposes", BETA, period="1993/.."),
    ),
    "tension in different directions": (relation(ALPHA, "supports", BETA), relation(BETA, "opposes", ALPHA)),
    "tension towards others": (relation(ALPHA, "supports", BETA), relation(ALPHA, "opposes", GAMMA)),
    "two explanations": (
        relation(ALPHA, "hasCloseRelationsWith", BETA, type="CausalClaim"),
        relation(ALPHA, "hasTenseRelationsWith", BETA, type="CausalClaim"),
    ),
    "two explanations by quality": (
        relation("relationship/alpha-beta", "relationshipQuality", "CloseRelations", type="CausalClaim"),
        relation("relationship/alpha-beta", "relationshipQuality", "TenseRelations", type="CausalClaim"),
    ),
    "what is and what ought to be": (
        relation(ALPHA, "opposes", BETA),
        relation(ALPHA, "supports", BETA, type="NormativeClaim"),
    ),
    "what is and what will be": (
        relation(ALPHA, "opposes", BETA),
        relation(ALPHA, "supports", BETA, type="PredictiveClaim"),
    ),
    "a year and a day in it": (event("1992"), event("1992-05-04")),
    "figures of different years": (figure(value=3, date="1999"), figure(value=4, date="2000")),
    "figures on different bases": (
        figure(value=3, basedOn=ALPHA),
        figure(value=4, basedOn=BETA),
    ),
    "figures in different units": (figure(value=3), figure(value=4, unit="Percent")),
    "more than three, and four": (figure(value=3, comparator="MoreThan"), figure(value=4)),
    "about": (figure(value=100, comparator="About"), figure(value=105)),
    "mediator in one conflict, supporter in another": (MEDIATES, support(ALPHA, "event/battle")),
    "mediator, and supporter long after": ({**MEDIATES, "period": "1992"}, support(ALPHA, period="2020")),
    "causes of different things": (
        relation("factor/oil", "strengthens", "goal/union"),
        relation("factor/oil", "weakens", "relationship/alpha-beta"),
    ),
    "cause and effect swapped": (
        relation("factor/oil", "strengthens", "goal/union"),
        relation("goal/union", "weakens", "factor/oil"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rule_finds_the_case(tiny: TinyCorpus, name: str) -> None:
    kind, one, two = CASES[name]
    assert set(kinds(tiny, one, two)) - ({"Corroboration"} if kind != "Corroboration" else set()) == {kind}


@pytest.mark.parametrize("name", NO_CASES)
def test_mere_difference_is_no_disagreement(tiny: TinyCorpus, name: str) -> None:
    assert set(kinds(tiny, *NO_CASES[name])) <= {"Corroboration"}


def test_one_source_does_not_corroborate_itself(tiny: TinyCorpus) -> None:
    tiny.claims[1] = {**tiny.claims[1], "asserts": tiny.claims[0]["asserts"]}
    tiny.write()
    dataset, _ = build_dataset(tiny.entity_folder, tiny.source_folder)
    assert find_cases(dataset) == []


def test_every_rule_is_proven_and_its_kind_is_a_term() -> None:
    words = vocabulary()
    assert {rule.kind for rule in rules()} == {kind for kind, _, _ in CASES.values()}
    for rule in rules():
        assert rule.kind == "Corroboration" or "DisagreementKind" in words.individuals[rule.kind]


def only(tiny: TinyCorpus, one: dict[str, object], two: dict[str, object]) -> Case:
    """The only case between two claims."""
    (case,) = find_cases(build(tiny, one, two))
    return case


def test_strength_falls_with_doubt_and_with_unsure_time(tiny: TinyCorpus) -> None:
    one, two = relation(ALPHA, "supports", BETA), relation(ALPHA, "opposes", BETA)
    assert only(tiny, one, two).strength == "Strong"
    assert only(tiny, one, {**two, "modality": "Possible"}).strength == "Moderate"
    assert only(tiny, one, {**two, "modality": "Possible", "period": "1993"}).strength == "Weak"


def test_a_case_is_a_resource_with_sides_overlap_and_sentences(tiny: TinyCorpus) -> None:
    one = relation(ALPHA, "supports", BETA, period="1990/1995")
    dataset = build(tiny, one, denies(ALPHA, "supports", BETA, period="1993/.."))
    (case,) = add_comparisons(dataset)
    store = ox.Store()
    store.extend(dataset)
    pattern = (
        f"<{case.iri}> a ax:Disagreement ; ax:disagreementKind ax:DeniedStatement ;"
        ' ax:overlap "1993-01-01/1995-12-31" ;'
        " ax:strength ax:Strong ; ax:hasSide ?one, ?two ."
        " ?one ax:sideDenies false ; ax:comparedClaim claim:test\\/001 ; ax:comparedSource source:test ;"
        "   ax:sideSubject state:alpha ; ax:sideProperty ax:supports ; ax:sideObject state:beta ."
        " ?two ax:sideDenies true ; ax:comparedClaim claim:other\\/001 ; ax:comparedHolder ?holder ."
    )
    assert store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES)
    assert case.iri.startswith(f"{BASE}disagreement/denied-statement-")
    about = Description(dataset)
    assert about.one(case.iri, RDFS + "label", "en") == (
        "Denied statement: Test author – “Alpha supports Beta”; Test author – not “Alpha supports Beta”."
    )
    assert "«آلفا حمایت می‌کند از بتا»" in about.one(case.iri, RDFS + "label", "fa")
    assert examine(dataset) == []


def test_comparing_is_deterministic(tiny: TinyCorpus) -> None:
    first = build(tiny, MEDIATES, support(ALPHA))
    second = build(tiny, MEDIATES, support(ALPHA))
    add_comparisons(first)
    add_comparisons(second)
    assert canonical_nquads(first) == canonical_nquads(second)


@pytest.fixture(scope="module")
def corpus() -> ox.Dataset:
    """The project's dataset with its comparisons."""
    dataset, _ = build_dataset()
    add_comparisons(dataset)
    return dataset


def test_what_the_engine_finds_contested_is_not_bare(corpus: ox.Dataset) -> None:
    claimed = read_claim_graphs(corpus)
    contested = contested_triples(claimed.values(), vocabulary())
    bare = {triple_of(quad) for quad in corpus if isinstance(quad.graph_name, ox.DefaultGraph)}
    cases = [case for case in find_cases(corpus) if not case.agrees]
    assert len(cases) > 15
    checked = 0
    for case in cases:
        if case.kind in COEXISTING:
            continue
        for statement, members in case.sides.items():
            stated = {triple_of(quad) for iri in members for quad in claimed[iri].quads}
            subject, predicate, value = statement.triple
            triples = [statement.triple]
            if vocabulary().properties[local_name(predicate)].symmetric:
                triples.append((value, predicate, subject))
            for triple in triples:
                if triple in stated and not statement.denied:
                    assert triple in contested, case.iri
                    assert triple not in bare, case.iri
                    checked += 1
    assert checked > 15


def test_clashes_that_a_scholar_expects_are_found(corpus: ox.Dataset) -> None:
    texts = {
        quad.object.value
        for quad in corpus
        if quad.predicate.value == RDFS + "label"
        and "/disagreement/" in str(quad.subject)
        and isinstance(quad.object, ox.Literal)
    }
    for parts in (
        ("Role conflict", "mediates in Nagorno-Karabakh conflict", "Iran sides with Armenia"),
        ("Denied statement", "allows use of its territory to Israel", "Ilham Aliyev – not"),
        ("Diverging dates", "diplomatic relations of Iran and Azerbaijan", "1991", "1992-03-12"),
        ("Statements in tension", "has close relations with Iran", "has tense relations with Iran"),
        ("Denied statement", "Shared Shia Islam of Iran and Azerbaijan strengthens"),
    ):
        assert any(all(part in text for part in parts) for text in texts), parts


@pytest.fixture(scope="module")
def compared_store(corpus: ox.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the project's dataset."""
    root = tmp_path_factory.mktemp("compared") / "store"
    publish(corpus, root, origin="build")
    return root


def run(store: Path, *arguments: str) -> str:
    """Standard output of a verb."""
    done = CliRunner().invoke(main, [*arguments, "--store", str(store)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_verb_disagreements(compared_store: Path) -> None:
    assert "RoleConflict" in run(compared_store, "disagreements")
    rows = list(csv.DictReader(io.StringIO(run(compared_store, "disagreements", "--format", "csv"))))
    assert {row["kind"] for row in rows} >= {"DeniedStatement", "StatementsInTension", "DivergingDates"}
    assert all(row["claims"] and row["holders"] and row["sources"] and row["sentence_fa"] for row in rows)
    text = run(compared_store, "disagreements", "--kind", "Corroboration", "--format", "json")
    assert {row["kind"] for row in json.loads(text)} == {"Corroboration"}


def test_query_of_the_readme_has_an_answer(corpus: ox.Dataset) -> None:
    readme = (RULES.parent / "README.md").read_text("utf-8")
    (query,) = re.findall(r"``` sparql\n(.*?)```", readme, re.DOTALL)
    store = ox.Store()
    store.extend(corpus)
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)
    assert len(list(results)) > 20


def test_verb_compare(compared_store: Path) -> None:
    arguments = ("compare", "irna-2019", "israel-azerbaijan-paper", "--format", "json")
    rows = json.loads(run(compared_store, *arguments))
    by_relation = {row["relation"] for row in rows}
    assert by_relation == {"clash", "both", "only-a", "only-b"}
    for row in rows:
        assert all("irna-2019" in claim for claim in row["claims_a"].split())
        assert bool(row["claims_a"]) or row["relation"] == "only-b"
        assert bool(row["claims_b"]) or row["relation"] == "only-a"
    table = run(compared_store, "compare", "irna-2019,masoumi-2023", "group/people-of-iran", "--only", "both")
    assert "both" in table


def test_compare_with_nobody_is_explained(compared_store: Path) -> None:
    done = CliRunner().invoke(main, ["compare", "irna-2018x", "irna-2019", "--store", str(compared_store)])
    assert done.exit_code != 0


def test_terms_of_sides_are_annotations_or_declared() -> None:
    words = vocabulary()
    assert words.properties["sideProperty"].kind == "annotation"
    assert words.properties["hasSide"].iri == AX + "hasSide"

"""Each rule finds what it is about, and takes no difference of time, base, direction or mood for a clash."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.ontology.namespaces import AX, BASE, PREFIXES, RDFS, local_name
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.dataset import canonical_nquads
from araxes.triples.derived.claim_graphs import ALWAYS, read_claim_graphs, triple_of
from araxes.triples.derived.contested import contested_triples
from araxes.triples.derived.tensions import read_alternatives
from araxes.triples.labels import Description
from araxes.validation.disagreement.clashes import COEXISTING, Case, find_cases
from araxes.validation.disagreement.rule_files import rules
from araxes.validation.gate.shapes_and_rules import check_quads
from araxes.validation.published import Published
from tests.dataset_helper import dataset_of
from tests.triples.corpus_fixtures import TinyCorpus
from tests.validation.differing_cases import NO_CASES
from tests.validation.disagreement_cases import CASES as RELATION_CASES
from tests.validation.disagreement_cases import MEDIATES, WHOLE
from tests.validation.disagreement_corpora import (
    ALPHA,
    BETA,
    FIGURE,
    GAMMA,
    build,
    cases,
    denies,
    kinds,
    qualified,
    relation,
    says,
    support,
)
from tests.validation.stance_cases import STANCE_CASES

CASES = {**RELATION_CASES, **STANCE_CASES}


@pytest.mark.parametrize("name", CASES)
def test_rule_finds_the_case(tiny: TinyCorpus, name: str) -> None:
    kind, one, two = CASES[name]
    assert set(kinds(tiny, one, two)) - ({"Corroboration"} if kind != "Corroboration" else set()) == {kind}


@pytest.mark.parametrize("name", NO_CASES)
def test_mere_difference_is_no_disagreement(tiny: TinyCorpus, name: str) -> None:
    assert set(kinds(tiny, *NO_CASES[name])) <= {"Corroboration"}


def test_what_merely_tells_what_a_thing_is_corroborates_nothing(tiny: TinyCorpus) -> None:
    whole: dict[str, object] = {"id": WHOLE, "type": "Relationship", "party": [ALPHA, BETA]}
    apparatus: list[dict[str, object]] = [{"id": "factor/trust", "situationOf": WHOLE}, whole]
    assert cases(build(tiny, says(*apparatus), says(*apparatus))) == []
    telling: list[dict[str, object]] = [*apparatus, {"id": "factor/trust", "strengthens": WHOLE}]
    (found,) = cases(build(tiny, says(*telling), says(*telling)))
    assert found.kind == "Corroboration"


def test_one_source_does_not_corroborate_itself(tiny: TinyCorpus) -> None:
    tiny.claims[1] = {**tiny.claims[1], "asserts": tiny.claims[0]["asserts"]}
    tiny.write()
    dataset = dataset_of(tiny.entity_folder, tiny.source_folder)
    assert find_cases(dataset, read_claim_graphs(dataset)) == []


def test_every_rule_is_proven_and_its_kind_is_a_term() -> None:
    words = vocabulary()
    read = {"DifferingAnswers"}  # of records beside the claims: test_answers_read.py
    assert {rule.kind for rule in rules()} - read == {kind for kind, _, _ in CASES.values()}
    for rule in rules():
        assert rule.kind == "Corroboration" or "DisagreementKind" in words.individuals[rule.kind]


def only(tiny: TinyCorpus, one: dict[str, object], two: dict[str, object]) -> Case:
    """The only case between two claims."""
    (case,) = cases(build(tiny, one, two))
    return case


def test_strength_falls_with_doubt_and_without_a_dated_overlap(tiny: TinyCorpus) -> None:
    one = relation(ALPHA, "supports", BETA, period="1992/1994")
    two = relation(ALPHA, "opposes", BETA, period="1993")
    assert only(tiny, one, two).strength == "Strong"
    assert only(tiny, one, {**two, "modality": "Possible"}).strength == "Moderate"
    for certainty, strength in (
        ("AbsoluteCertainty", "Strong"),
        ("HighCertainty", "Strong"),
        ("ModerateCertainty", "Moderate"),
        ("LowCertainty", "Moderate"),
    ):
        assert only(tiny, one, {**two, "certainty": certainty}).strength == strength
    for undated in (
        relation(ALPHA, "opposes", BETA),
        relation(ALPHA, "opposes", BETA, periodBasis="Timeless"),
    ):
        case = only(tiny, one, undated)
        assert (case.strength, case.dated, case.overlap) == ("Moderate", False, ALWAYS)
        assert only(tiny, undated, relation(ALPHA, "supports", BETA)).strength == "Moderate"
        assert only(tiny, one, {**undated, "modality": "Possible"}).strength == "Weak"


def test_no_claim_stands_against_itself(tiny: TinyCorpus) -> None:
    """One claim may tell of a change, from two to five; two claims of these numbers clash."""
    five = {**FIGURE, "id": "#later", "value": 5}
    assert [case.kind for case in cases(build(tiny, says({**FIGURE, "value": 2}), says(five)))] == [
        "DivergingValues"
    ]
    both = says({**FIGURE, "value": 2}, five)
    assert cases(build(tiny, both, relation(ALPHA, "aids", BETA))) == []


def test_two_of_the_main_causes_stand_beside_each_other_in_one_source(tiny: TinyCorpus) -> None:
    def among_main(cause: str, other: str, degree: str, **head: object) -> dict[str, object]:
        return says(
            {"id": cause, "contributesTo": "event/union"},
            {"id": other, "contributesTo": "event/union"},
            qualified(cause, "contributesTo", "event/union", degree),
            type="CausalClaim",
            **head,
        )

    reported = {"id": "claim/test/002", "holder": ALPHA, "authorStance": "Reports"}
    elsewhere = relation(ALPHA, "aids", BETA)
    for degree, expected in (("AmongMain", set()), ("MainDegree", {"RivalExplanations"})):
        one = among_main("factor/oil", "goal/peace", degree)
        two = among_main("factor/trust", "goal/trade", degree, **reported)
        found = cases(build(tiny, one, elsewhere, further=[two]))
        assert {case.kind for case in found} == expected


def test_an_inherited_horizon_bounds_and_is_no_date(tiny: TinyCorpus) -> None:
    inherited = relation(ALPHA, "opposes", BETA, periodBasis="InheritedHorizon")
    horizon = {"source/test": "1991/2000", "source/other": "1991/2000"}
    within = relation(ALPHA, "supports", BETA, period="1993")
    assert [case.strength for case in cases(build(tiny, within, inherited, horizon))] == ["Moderate"]
    assert cases(build(tiny, {**within, "period": "2005"}, inherited, horizon)) == []


def test_a_source_says_nothing_of_a_time_after_it(tiny: TinyCorpus) -> None:
    early, later = relation(ALPHA, "opposes", BETA), relation(ALPHA, "supports", BETA, period="2019")
    horizon = {"source/other": "1991/2013"}
    assert cases(build(tiny, later, early, horizon)) == []
    assert cases(build(tiny, later, {**early, "period": "1999/.."}, horizon)) == []
    assert len(cases(build(tiny, {**later, "period": "2010/.."}, early, horizon))) == 1
    coming = denies(ALPHA, "aids", BETA, type="PredictiveClaim")
    assert len(cases(build(tiny, relation(ALPHA, "aids", BETA, period="2019"), coming, horizon))) == 1


def test_dated_statements_date_their_claim(tiny: TinyCorpus) -> None:
    raid = {"id": "event/raid", "date": "1993"}
    one = says({"id": ALPHA, "opposes": BETA}, raid, periodBasis="DatedStatements")
    two = relation(ALPHA, "supports", BETA, period="1993")
    assert only(tiny, one, two).strength == "Strong"
    assert cases(build(tiny, one, {**two, "period": "1994"})) == []


def three(tiny: TinyCorpus, general: str, passing: str, other: str) -> list[frozenset[str]]:
    """The pairs that clash of an author's two claims and another source's, each for the time given."""
    first = relation(ALPHA, "alliedWith", BETA, period=general)
    exception = {**relation(ALPHA, "enemyOf", BETA, period=passing), "id": "claim/test/002"}
    other_claim = relation(ALPHA, "hostileTo", BETA, **({"period": other} if other else {}))
    found = cases(build(tiny, first, other_claim, further=[exception]))
    return sorted(
        (
            frozenset(iri.removeprefix(BASE + "claim/") for iri in pair)
            for case in found
            for pair in case.pairs
        ),
        key=sorted,
    )


@pytest.mark.parametrize(
    ("other", "clashes"),
    [("1992", False), ("1992/1993", False), ("1993/1995", True), ("1996", True), ("", True)],
)
def test_an_exception_that_a_source_names_is_excepted_for_others(
    tiny: TinyCorpus, other: str, clashes: bool
) -> None:
    pairs = three(tiny, "1991/..", "1992/1993", other)
    assert (frozenset({"test/001", "other/001"}) in pairs) == clashes
    assert frozenset({"test/001", "test/002"}) not in pairs


def test_a_claim_about_a_government_and_its_state_counts_once(tiny: TinyCorpus) -> None:
    twice = says(
        {"id": "organization/government-of-alpha", "alliedWith": BETA},
        {"id": "group/officials-of-alpha", "alliedWith": BETA},
        {"id": ALPHA, "alliedWith": BETA},
    )
    assert kinds(tiny, twice, relation(ALPHA, "hostileTo", BETA)) == ["StatementsInTension"]


def test_what_one_source_tells_of_is_one_origin(tiny: TinyCorpus) -> None:
    said = relation(ALPHA, "alliedWith", BETA)
    reported = {**said, "id": "claim/test/002", "holder": GAMMA, "authorStance": "Reports"}
    store = ox.Store()
    store.extend(build(tiny, said, said, further=[reported]))
    pattern = "?case ax:voiceCount 3 ; ax:originCount 2 ; ax:sharedOrigin source:test"
    assert store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES)


def test_origins_of_a_corroboration(tiny: TinyCorpus) -> None:
    said = relation(ALPHA, "alliedWith", BETA)
    for change, other, count in (
        ({}, {}, (2, 2)),
        ({"holder": GAMMA, "authorStance": "Reports"}, {"holder": GAMMA, "authorStance": "Reports"}, (1, 1)),
        ({"cites": "work/book"}, {"cites": "work/book"}, (2, 1)),
        ({}, {"cites": "source/test"}, (2, 1)),
        ({"holder": "person/writer", "authorStance": "Reports"}, {"cites": "work/of-the-writer"}, (2, 1)),
        ({"holder": [GAMMA, BETA], "authorStance": "Reports"}, {}, (2, 2)),
        (
            {"holder": "group/officials-of-alpha", "authorStance": "Reports"},
            {"holder": ALPHA, "authorStance": "Reports"},
            (2, 1),
        ),
    ):
        dataset = build(tiny, {**said, **change}, {**said, **other})
        store = ox.Store()
        store.extend(dataset)
        voices, origins = count
        shared = "EXISTS" if origins < voices else "NOT EXISTS"
        pattern = (
            f"?case a ax:Corroboration ; ax:voiceCount {voices} ; ax:originCount {origins} ."
            f" FILTER {shared} {{ ?case ax:sharedOrigin ?origin }}"
        )
        assert store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES), (change, other)


def test_a_case_is_a_resource_with_sides_overlap_and_sentences(tiny: TinyCorpus) -> None:
    sure = {"certainty": "HighCertainty"}
    one = relation(ALPHA, "supports", BETA, period="1990/1995", **sure)
    dataset = build(tiny, one, denies(ALPHA, "supports", BETA, period="1993/..", **sure))
    (case,) = cases(dataset)
    store = ox.Store()
    store.extend(dataset)
    pattern = (
        f"<{case.iri}> a ax:Disagreement ; ax:disagreementKind ax:DeniedStatement ;"
        ' ax:overlap "1993-01-01/1995-12-31" ;'
        " ax:timesGiven true ; ax:strength ax:Strong ; ax:hasSide ?one, ?two ."
        " ?one ax:sideDenies false ; ax:comparedClaim claim:test\\/001 ; ax:comparedSource source:test ;"
        "   ax:sideSubject state:alpha ; ax:sideProperty ax:supports ; ax:sideObject state:beta ."
        " ?two ax:sideDenies true ; ax:comparedClaim claim:other\\/001 ; ax:comparedHolder ?holder ."
    )
    assert store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES)
    assert case.iri.startswith(f"{BASE}disagreement/denied-statement-")
    about = Description(dataset)
    assert about.one(case.iri, RDFS + "label", "en") == (
        "Denied statement: "
        "Test author – “Alpha – supports – Beta”; Test author – not “Alpha – supports – Beta”."
    )
    assert "«آلفا – حمایت می‌کند از – بتا»" in about.one(case.iri, RDFS + "label", "fa")
    assert check_quads(dataset) == []


def test_comparing_is_deterministic(tiny: TinyCorpus) -> None:
    first = build(tiny, MEDIATES, support(ALPHA))
    second = build(tiny, MEDIATES, support(ALPHA))
    assert canonical_nquads(first) == canonical_nquads(second)


def test_what_the_engine_finds_contested_is_not_bare(project_published: Published) -> None:
    claimed, project_dataset = project_published.claims, project_published.dataset
    contested = contested_triples(claimed.values(), read_alternatives(project_dataset))
    bare = {triple_of(quad) for quad in project_dataset if isinstance(quad.graph_name, ox.DefaultGraph)}
    found = [case for case in project_published.cases if not case.agrees]
    assert len(found) > 15
    checked = 0
    for case in found:
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


def test_clashes_that_a_scholar_expects_are_found(project_dataset: ox.Dataset) -> None:
    texts = {
        quad.object.value.replace(" – ", " ")
        for quad in project_dataset
        if quad.predicate.value == RDFS + "label"
        and "/disagreement/" in str(quad.subject)
        and isinstance(quad.object, ox.Literal)
    }
    for parts in (
        ("Role conflict", "mediates in Nagorno-Karabakh conflict", "Iran sides with Armenia"),
        ("Denied statement", "use of an Azerbaijani airport", "Ilham Aliyev not"),
        ("Word and deed", "Use of Azerbaijan's territory against Iran", "Ilham Aliyev"),
        ("Discordant voices", "Politicians of Azerbaijan hostile to Iran", "close relations with Iran"),
        ("Diverging dates", "diplomatic relations of Iran and Azerbaijan", "1991", "12 March 1992"),
        ("Statements in tension", "has close relations with Iran", "has tense relations with Iran"),
        ("Differing answers", "A united Azerbaijan"),
        ("Role conflict", "upholds territorial integrity of Azerbaijan", "Iran supports Armenia"),
        ("Opposite causal signs", "Nowruz celebrated", "contributes to Divergence of Iran and Azerbaijan"),
        ("Opposed positions", "agreements of 1921 and 1940", "sovereign national sectors"),
        ("Differing extent", "Inscription of Nowruz by UNESCO"),
        ("Rival explanations", "Relations of Azerbaijan and Israel"),
        ("Denied statement", "Shared religion of Iran and Azerbaijan strengthens"),
    ):
        assert any(all(part in text for part in parts) for text in texts), parts
    coded = re.compile(r"\d{2,3}X|\d[~?]|\d{4}-\d\d\b|\d{4}/\d{4}|claim/|#\w|https?:")
    assert [text for text in texts if coded.search(text)] == []


def run(store: Path, *arguments: str) -> str:
    """Standard output of a verb."""
    done = CliRunner().invoke(main, [*arguments, "--store", str(store)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.usefixtures("compared_once")
def test_verb_compare(project_store: Path) -> None:
    arguments = ("compare", "irna-2019", "israel-azerbaijan-paper", "--format", "json")
    rows = json.loads(run(project_store, *arguments))
    by_relation = {row["relation"] for row in rows}
    assert by_relation == {"clash", "both", "only-a", "only-b"}
    for row in rows:
        assert all("irna-2019" in claim for claim in row["claims_a"].split())
        assert bool(row["claims_a"]) or row["relation"] == "only-b"
        assert bool(row["claims_b"]) or row["relation"] == "only-a"
    table = run(project_store, "compare", "irna-2019,masoumi-2023", "group/people-of-iran", "--only", "both")
    assert "both" in table


@pytest.mark.usefixtures("compared_once")
def test_compare_with_nobody_is_explained(project_store: Path) -> None:
    done = CliRunner().invoke(main, ["compare", "irna-2018x", "irna-2019", "--store", str(project_store)])
    assert done.exit_code != 0


def test_terms_of_sides_are_annotations_or_declared() -> None:
    words = vocabulary()
    assert words.properties["sideProperty"].kind == "annotation"
    assert words.properties["hasSide"].iri == AX + "hasSide"

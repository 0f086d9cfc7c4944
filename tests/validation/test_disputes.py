"""Clashes about one question are one dispute, other questions stay apart, and names outlive claims."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, PREFIXES
from araxes.triples.derived.claim_graphs import read_claim_graphs
from araxes.triples.labels import Description, Words
from araxes.validation.disagreement.clashes import CORROBORATION, Case, find_cases
from araxes.validation.disagreement.dispute_layout import dispute_text
from araxes.validation.disagreement.dispute_register import Register, read_register, register
from araxes.validation.disagreement.dispute_things import things_of
from araxes.validation.disagreement.dispute_wording import SHOWN, Teller
from araxes.validation.disagreement.disputes import Dispute, beside, find_disputes, fold
from araxes.validation.disagreement.folds import Folds, read_folds
from araxes.validation.disagreement.matters import families, matter_of
from araxes.validation.disagreement.rule_files import RULES
from araxes.validation.published import Published
from tests.triples.corpus_fixtures import TinyCorpus
from tests.validation.disagreement_cases import CASES as RELATION_CASES
from tests.validation.disagreement_corpora import (
    ALPHA,
    BETA,
    GAMMA,
    build,
    denies,
    event,
    figure,
    position,
    relation,
    support,
)
from tests.validation.stance_cases import STANCE_CASES

CASES = {**RELATION_CASES, **STANCE_CASES}

PAIR = "relationship/alpha-beta"
CULTURAL = "relationship/alpha-beta-cultural"
OFFICIALS = "group/officials-of-alpha"
FOLDING = {"organOf", "speaksFor", "componentOf", "subEventOf", "party", "excludes"}


def found(tiny: TinyCorpus, one: dict[str, object], two: dict[str, object]) -> list[Dispute]:
    """The disputes between two claims."""
    dataset = build(tiny, one, two)
    return find_disputes(dataset, find_cases(dataset, read_claim_graphs(dataset)))


def keys(tiny: TinyCorpus, one: dict[str, object], two: dict[str, object]) -> set[str]:
    """The matters of the disputes between two claims."""
    return {dispute.matter.key for dispute in found(tiny, one, two)}


CLOSE = "relations state/alpha state/beta"
FURTHER = "effect factor/oil relationship/alpha-beta"
ONE_QUESTION = {
    "two properties in tension": (
        CLOSE,
        relation(ALPHA, "alliedWith", BETA),
        relation(ALPHA, "hostileTo", BETA),
    ),
    "the more special property, from the other end": (
        CLOSE,
        relation(ALPHA, "hasCloseRelationsWith", BETA),
        relation(BETA, "enemyOf", ALPHA),
    ),
    "a state and those who speak for it": (
        CLOSE,
        relation(ALPHA, "alliedWith", BETA),
        relation(OFFICIALS, "hostileTo", BETA),
    ),
    "denial": (CLOSE, relation(ALPHA, "alliedWith", BETA), denies(ALPHA, "alliedWith", BETA)),
    "opposite sign": (
        FURTHER,
        relation("factor/oil", "strengthens", PAIR),
        relation("factor/oil", "weakens", PAIR),
    ),
    "denied effect": (
        FURTHER,
        relation("factor/oil", "strengthens", PAIR),
        denies("factor/oil", "strengthens", PAIR),
    ),
    "an effect on a part and on the whole": (
        FURTHER,
        relation("factor/oil", "strengthens", CULTURAL),
        relation("factor/oil", "weakens", PAIR),
    ),
    "support of either side": (
        "role state/gamma event/war",
        support(ALPHA),
        support(BETA),
    ),
    "two dates": ("date event/recognition", event("1992"), event("1993")),
    "opposed positions": (
        "option option/free-passage",
        position(ALPHA, "favours"),
        position(BETA, "rejects"),
    ),
}


@pytest.mark.parametrize("name", ONE_QUESTION)
def test_clashes_about_one_matter_are_one_dispute(tiny: TinyCorpus, name: str) -> None:
    key, one, two = ONE_QUESTION[name]
    assert keys(tiny, one, two) == {key}


def test_other_questions_stay_apart(tiny: TinyCorpus) -> None:
    asked = [keys(tiny, one, two) for _, one, two in ONE_QUESTION.values()]
    assert len(set().union(*asked)) == len({key for key, _, _ in ONE_QUESTION.values()})
    assert keys(tiny, relation(ALPHA, "alliedWith", GAMMA), relation(ALPHA, "hostileTo", GAMMA)) == {
        "relations state/alpha state/gamma"
    }
    one, two = (figure(value=each, date="1999", measuredEntity=ALPHA) for each in (1, 2))
    three, four = (figure(value=each, date="2000", measuredEntity=ALPHA) for each in (1, 2))
    assert keys(tiny, one, two).isdisjoint(keys(tiny, three, four))


OF_EACH_KIND = {kind: (one, two) for kind, one, two in CASES.values() if kind != CORROBORATION}


@pytest.mark.parametrize("kind", OF_EACH_KIND)
def test_every_kind_of_clash_has_question_and_answers_without_register(tiny: TinyCorpus, kind: str) -> None:
    dataset = build(tiny, *OF_EACH_KIND[kind])
    claims = read_claim_graphs(dataset)
    default = [quad for quad in dataset if isinstance(quad.graph_name, ox.DefaultGraph)]
    teller = Teller(Words(default), Description(default), claims)
    disputes = find_disputes(default, find_cases(dataset, claims))
    assert kind in {each for dispute in disputes for each in dispute.kinds}
    for dispute in disputes:
        members = [set(each.claims) for each in dispute.positions.values()]
        assert len(members) > 1
        assert not set.intersection(*members)
        for language in LANGUAGES:
            question = teller.question(dispute, language)
            assert question.endswith("?" if language == "en" else "؟")
            answers = [teller.answer(dispute, each, language) for each in dispute.positions.values()]
            assert len(set(answers)) == len(answers)
            assert not any("{" in text or "https:" in text for text in (question, *answers))
            assert all(answer.endswith(".") for answer in answers)


def _folds(published: Published) -> Folds:
    return read_folds(published.dataset, register().same)


def _clashing(published: Published) -> list[Case]:
    return [case for case in published.cases if not case.agrees]


def test_every_clash_is_beneath_one_dispute(project_published: Published) -> None:
    disputes = fold(project_published.cases, _folds(project_published), register())
    beneath = Counter(case.iri for dispute in disputes for case in dispute.clashes)
    assert set(beneath.values()) == {1}
    left = [case for case in _clashing(project_published) if case.iri not in beneath]
    folds, known = _folds(project_published), register()
    for case in left:
        own = matter_of(case, folds)
        matter = known.matter(case, own)
        assert matter.key in known.aside or beside(case, own, folds, known.entry(matter)), case.iri
    assert len(disputes) < len(beneath) * 2 / 3
    assert all(len(dispute.positions) > 1 for dispute in disputes)


def _without(case: Case, claim: str) -> Case | None:
    """A clash without one claim: None if nobody is left on one of its sides."""
    pairs = {pair for pair in case.pairs if claim not in pair}
    if not pairs:
        return None
    staying = {iri for pair in pairs for iri in pair}
    sides = {statement: members & staying for statement, members in case.sides.items() if members & staying}
    return replace(case, sides=sides, pairs=pairs)


def test_no_claim_that_goes_or_comes_changes_the_name_of_another_dispute(
    project_published: Published,
) -> None:
    """Without any one claim, and what it alone says of things, all other disputes stay as they are."""
    clashing, claims = _clashing(project_published), project_published.claims
    known, folds = register(), _folds(project_published)
    whole = {dispute.iri: dispute for dispute in fold(clashing, folds, known)}
    stating = Counter(quad.triple for claim in claims.values() for quad in claim.quads)
    telling = [quad for quad in project_published.dataset if quad.predicate.value.removeprefix(AX) in FOLDING]
    clashing_claims = {iri for case in clashing for pair in case.pairs for iri in pair}
    looked = 0
    for iri, claim in claims.items():
        alone = {quad.triple for quad in claim.quads if stating[quad.triple] == 1}
        fewer = folds
        if any(triple.predicate.value.removeprefix(AX) in FOLDING for triple in alone):
            fewer = read_folds((quad for quad in telling if quad.triple not in alone), known.same)
        if iri not in clashing_claims and fewer == folds:
            continue  # without it, everything that is folded is the same
        looked += 1
        left = [each for each in (_without(case, iri) for case in clashing) if each]
        kept = {dispute.iri: dispute for dispute in fold(left, fewer, known)}
        assert kept.keys() <= whole.keys(), iri
        for name, dispute in whole.items():
            if iri not in dispute.claims:
                assert kept[name].positions.keys() == dispute.positions.keys(), (iri, name)
    assert looked >= len(clashing_claims) > 50


def test_no_two_disputes_read_the_same_and_none_in_code(project_published: Published) -> None:
    default = [quad for quad in project_published.dataset if isinstance(quad.graph_name, ox.DefaultGraph)]
    teller = Teller(Words(default), Description(default), project_published.claims)
    disputes = find_disputes(default, project_published.cases)
    for language in LANGUAGES:
        questions = [teller.question(dispute, language) for dispute in disputes]
        assert len(set(questions)) == len(questions)
        for dispute in disputes:
            lines = [line.rpartition("] ")[0] or line for line in dispute_text(dispute, teller, language)]
            text = "\n".join(lines)
            assert not re.search(r"\d{2,3}X|\d/\d{4}|\.\.|[≈≲≥≤]|\{|\}|https?:|None", text), text
            assert "؟" in lines[0] or "?" in lines[0]
            answers = [teller.answer(dispute, each, language) for each in dispute.positions.values()]
            assert len(set(answers)) == len(answers), text
            for each in dispute.positions.values():
                shown = teller.representatives(each)
                assert 1 <= len(shown) <= SHOWN
                given = [teller.claims[iri] for iri in shown]
                days = [str(claim.period.earliest) if claim.dated else "9999" for claim in given]
                assert days == sorted(days)
                assert all(teller.paraphrase(iri, language) for iri in shown)


def test_disputes_of_the_dataset_are_those_of_its_clashes(project: ox.Store) -> None:
    query = """SELECT ?dispute (COUNT(DISTINCT ?clash) AS ?clashes)
           (COUNT(DISTINCT ?position) AS ?positions) {
      ?dispute a ax:PointAtIssue ; ax:strength ?strength ; ax:hasClash ?clash ;
               ax:hasDisputePosition ?position .
      ?clash a ax:Disagreement ; ax:disagreementKind ?kind .
      ?position ax:representativeClaim/ax:paraphrase ?said ; ax:comparedHolder ?holder ;
                ax:comparedSource ?source
    } GROUP BY ?dispute"""
    rows = project.query(query, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    counted = [(int(row["clashes"].value), int(row["positions"].value)) for row in rows]
    assert len(counted) > 15
    assert all(clashes > 0 and positions > 1 for clashes, positions in counted)


def test_the_register_names_things_that_there_are(project: ox.Store) -> None:
    known = register()
    words = " ".join(
        [*known.entries, *known.leads, *known.aside, *known.same, *(v for v, _ in known.same.values())]
    )
    for iri in {BASE + name.removeprefix(BASE) for name in words.split() if "/" in name}:
        there = next(iter(project.quads_for_pattern(ox.NamedNode(iri), None, None, None)), None)
        assert there, f"the register of disputes names {iri}, which is gone: take its entry out"


BROKEN = {
    "no reason": '[[set_aside]]\nmatter = "date event/war"\ndate = 2026-11-29\n',
    "merged and kept": '[[dispute]]\nmatter = "a b/c"\n[[dispute]]\nmatter = "d e/f"\n'
    '[[dispute.merged]]\nmatter = "a b/c"\ndate = 2026-11-29\nreason = "the same"\n',
    "no TOML": "[[dispute",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_register_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_register(BROKEN[name])


def test_the_register_merges_splits_and_sets_aside(tiny: TinyCorpus) -> None:
    dataset = build(tiny, relation(ALPHA, "alliedWith", BETA), relation(OFFICIALS, "hostileTo", BETA))
    cases = find_cases(dataset, read_claim_graphs(dataset))
    folds = read_folds(dataset, {})

    def names(text: str) -> list[str]:
        return [dispute.matter.key for dispute in fold(cases, folds, read_register(text))]

    why = 'date = 2026-11-29\nreason = "a reader said so"\n'
    assert names("") == [CLOSE]
    assert names(f'[[set_aside]]\nmatter = "{CLOSE}"\n{why}') == []
    assert names(
        f'[[dispute]]\nmatter = "date event/war"\n[[dispute.merged]]\nmatter = "{CLOSE}"\n{why}'
    ) == ["date event/war"]
    parts = f'[[dispute.split]]\nthings = ["{OFFICIALS}"]\nname = "voices"\n'
    split = f'[[dispute]]\nmatter = "{CLOSE}"\n{parts}{why}'
    assert names(split) == [f"{CLOSE} voices"]
    other = f'[[dispute.beside]]\nanswers = ["{{}}"]\n{why}'
    left = f'[[dispute]]\nmatter = "{CLOSE}"\n{other}'
    assert names(left.format("tense")) == []
    assert names(left.format("weak")) == [CLOSE]
    assert Register().matter(cases[0], matter_of(cases[0], folds)) == matter_of(cases[0], folds)


def test_families_have_words_in_every_language_and_share_no_answer() -> None:
    for name, family in families().items():
        assert family["question"].keys() == set(LANGUAGES), name
        for language in LANGUAGES:
            answers = [answer[language] for answer in family["answers"].values()]
            assert len(set(answers)) == len(answers), name


def run(store: Path, *arguments: str) -> str:
    """Standard output of a verb."""
    done = CliRunner().invoke(main, [*arguments, "--store", str(store)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.usefixtures("compared_once")
def test_verb_disputes(project_store: Path) -> None:
    english, persian = run(project_store, "disputes"), run(project_store, "disputes", "--language", "fa")
    assert english.count("?\n") == persian.count("؟\n") > 15
    rows = list(csv.DictReader(io.StringIO(run(project_store, "disputes", "--format", "csv"))))
    assert all(row["question_en"] and row["answer_fa"] and row["claims"] and row["shown"] for row in rows)
    data = json.loads(run(project_store, "disputes", "--format", "json"))
    assert len(data) == len({row["dispute"] for row in rows})
    assert all(len(each["positions"]) > 1 for each in data)
    turtle = ox.parse(run(project_store, "disputes", "--format", "turtle"), format=ox.RdfFormat.TURTLE)
    typed = [quad for quad in turtle if quad.object == ox.NamedNode(AX + "PointAtIssue")]
    assert len(typed) == len(data)


@pytest.mark.usefixtures("compared_once")
def test_verb_disputes_chooses(project_store: Path) -> None:
    every = json.loads(run(project_store, "disputes", "--format", "json"))
    some = json.loads(run(project_store, "disputes", "--of", "state/armenia", "--format", "json"))
    assert 0 < len(some) < len(every)
    done = CliRunner().invoke(main, ["disputes", "--of", "state/atlantis", "--store", str(project_store)])
    assert done.exit_code == 1
    assert "atlantis" in done.output


def test_a_dispute_is_about_what_its_sides_name_or_share(tiny: TinyCorpus) -> None:
    """With officials comes their state; what one side alone brings up is not what the dispute is about."""
    one, two = relation(OFFICIALS, "hostileTo", BETA), relation(ALPHA, "alliedWith", BETA)
    both, alone = ("event/war", "ax", "event/battle"), "place/isle"
    for claim in (one, two):
        claim["asserts"] = [*claim["asserts"], {"id": both[0], "concerns": both[2]}]  # type: ignore[misc]
    two["asserts"] = [*two["asserts"], {"id": both[0], "place": alone}]  # type: ignore[misc]
    dataset = build(tiny, one, two)
    claims = read_claim_graphs(dataset)
    folds = read_folds(dataset, {})
    (dispute,) = fold(find_cases(dataset, claims), folds, Register())
    about = {iri.removeprefix(BASE) for iri in things_of(dispute, claims, folds)}
    assert about == {OFFICIALS, ALPHA, BETA, both[0], both[2]}


def test_disputes_are_found_by_the_thing_behind_their_options(project: ox.Store) -> None:
    """Of the Caspian neither side of its dispute is the subject; the sea and its issue lead there."""
    claim = f"<{BASE}claim/iran-azerbaijan-paper/275>"
    found = set()
    for thing in ("place/caspian-sea", "issue/caspian-legal-regime", "state/azerbaijan"):
        asked = (
            f"SELECT ?d {{ ?d ax:thingAtIssue <{BASE}{thing}> ; a ax:Dispute ; ax:comparedClaim {claim} }}"
        )
        rows = project.query(asked, prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        found |= {(thing, row["d"].value) for row in rows}
    assert len(found) == 3
    assert len({dispute for _, dispute in found}) == 1


@pytest.mark.usefixtures("compared_once")
def test_verb_disputes_shows_clashes_and_corroborations(project_store: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(project_store, "disputes", "--clashes", "--format", "csv"))))
    assert {row["kind"] for row in rows} >= {"DeniedStatement", "StatementsInTension", "DivergingDates"}
    assert all(row["claims"] and row["holders"] and row["sources"] and row["sentence_fa"] for row in rows)
    text = run(project_store, "disputes", "--corroborations", "--format", "json")
    assert {row["kind"] for row in json.loads(text)} == {"Corroboration"}
    assert "RoleConflict" in run(project_store, "disputes", "--kind", "RoleConflict")


@pytest.mark.usefixtures("compared_once")
def test_the_former_name_still_works(project_store: Path) -> None:
    done = CliRunner().invoke(main, ["disagreements", "--format", "json", "--store", str(project_store)])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == json.loads(run(project_store, "disputes", "--format", "json"))
    assert "araxes disputes" in done.stderr


def test_query_of_the_readme_shows_disputes_whole(project_dataset: ox.Dataset) -> None:
    readme = (RULES.parents[1] / "README.md").read_text("utf-8")
    (query,) = re.findall(r"``` sparql\n(.*?)```", readme, re.DOTALL)
    store = ox.Store()
    store.extend(project_dataset)
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)
    assert len(list(results)) > 20

"""Where claims stand against each other, and where sources say the same.

What counts is declared in ``rules/*.rq``: each rule is a SPARQL query whose rows are pairs of
claims with the statement of each, headed by ``# kind:`` and ``# about:``. This module runs the rules
over the claims of a dataset (see :mod:`.rule_facts` for the ``w:`` facts they use) and
gathers the pairs into cases, one for each kind and proposition.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.namespaces import BASE, PREFIXES, local_name
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.dates import Bounds
from araxes.triples.derived.claim_graphs import ALWAYS, OWN_STANCES, ClaimGraph, Triple
from araxes.validation.disagreement.rule_facts import working_store
from araxes.validation.disagreement.set_aside import EXCEPTED, exceptions, repetitions, set_aside
from araxes.validation.disagreement.working import WORKING
from araxes.validation.headed_queries import read_headed_queries

RULES = Path(__file__).parent / "rules"
"""Folder of the rules."""

CORROBORATION = "Corroboration"
"""The kind of a case whose claims agree; every other kind is a disagreement."""

COEXISTING = frozenset(
    {
        "DifferingAnswers",
        "DifferingExtent",
        "DiscordantVoices",
        "OpposedPositions",
        "RivalExplanations",
        "RoleConflict",
        "WordAndDeed",
    }
)
"""Kinds whose statements may all be true, so that they stay bare in the default graph.

A dispute over roles puts them in question all the same (:mod:`.disputed_statements`).
"""

ABOUT_TIME = frozenset({"DivergingDates"})
"""Kinds that need no time in common, since it is the times that clash."""

OF_OTHERS = frozenset({"OpposedPositions"})
"""Kinds whose sides are taken by the actors in the statements, whoever tells of them."""

LEVELS = ("Weak", "Moderate", "Strong")
"""Strengths, the weakest first."""


@dataclass(frozen=True, order=True)
class Statement:
    """What the claims of one side state or deny.

    Attributes:
        triple: subject and object in N-Triples form, the property's bare IRI between them.
        denied: whether the claims deny it.
        degree: local name of the degree to which they make it, where it is the degrees that differ.
    """

    triple: Triple
    denied: bool = False
    degree: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule: its name, the kind of case it finds, what it is about, and its query."""

    name: str
    kind: str
    about: str
    query: str


@dataclass
class Case:
    """A disagreement or corroboration.

    Attributes:
        kind: local name of the kind in the ontology.
        key: the proposition, as a string that identifies it within the kind.
        sides: statement → IRIs of the claims that make or deny it.
        pairs: the pairs of claims that stand against or beside each other.
        strength: one of :data:`LEVELS`.
        overlap: the time for which dated claims of both sides hold together; open if there are none.
        dated: whether claims of both sides say themselves when they hold; if not, it is at most moderate.
        matter: IRI of what the case is about, where the rule names it: the issue, outcome, event or list.
    """

    kind: str
    key: str
    sides: dict[Statement, set[str]] = field(default_factory=dict)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    strength: str = LEVELS[0]
    overlap: Bounds = ALWAYS
    dated: bool = False
    matter: str = ""

    @property
    def agrees(self) -> bool:
        """Whether it is a corroboration."""
        return self.kind == CORROBORATION

    @property
    def iri(self) -> str:
        """Its IRI: the same as long as kind and proposition are the same."""
        digest = hashlib.sha256(f"{self.kind} {self.key}".encode()).hexdigest()[:16]
        if self.agrees:
            return f"{BASE}corroboration/{digest}"
        slug = re.sub(r"(?<!^)(?=[A-Z])", "-", self.kind).lower()
        return f"{BASE}disagreement/{slug}-{digest}"

    @property
    def claims(self) -> list[str]:
        """IRIs of all claims that take part, sorted."""
        return sorted(set().union(*self.sides.values()))


@cache
def rules(folder: Path = RULES) -> tuple[Rule, ...]:
    """All rules in order of name.

    Raises:
        FileNotFoundError: there is none (a broken installation).
        ValueError: a rule has no kind or says not what it is about.
    """
    return tuple(
        Rule(found.path.stem, found.header["kind"], found.header["about"], found.query)
        for found in read_headed_queries(folder, ("kind", "about"))
    )


def find_cases(dataset: ox.Dataset, claims: dict[str, ClaimGraph]) -> list[Case]:
    """Every disagreement and corroboration among the claims of a dataset, in order of IRI.

    Args:
        dataset: claim graphs, their descriptions and the ontology.
        claims: its claims by IRI.
    """
    words = vocabulary()
    store = working_store(dataset, claims, words)
    sure = _certainty(store)
    repeated = repetitions(dataset, claims)
    cases: dict[tuple[str, str], Case] = {}
    for kind, rows in _rows_by_kind(store, words).items():
        apart = [
            row
            for row in rows
            # No claim stands against itself: "from two to five" gives one thing two numbers.
            if row.pair[0] != row.pair[1]
            and not any(repeated.repeats(claim, said) for claim, said in row.said)
        ]
        excepted = exceptions((row.pair for row in apart if row.rule in EXCEPTED), claims)
        for row in apart:
            if row.rule not in EXCEPTED or not set_aside(row.pair, excepted, claims):
                case = cases.setdefault((kind, row.key), Case(kind, row.key, matter=row.matter))
                case.pairs.add(row.pair)
                for claim, statement in zip(row.pair, row.sides, strict=True):
                    case.sides.setdefault(statement, set()).add(claim)
    for case in cases.values():
        _weigh(case, claims, sure)
    return sorted(cases.values(), key=lambda case: case.iri)


@dataclass(frozen=True)
class _Row:
    """What a rule finds: two claims, the statement of each as compared and as said, and their matter."""

    rule: str
    key: str
    pair: tuple[str, str]
    sides: tuple[Statement, Statement]
    said: tuple[tuple[str, Triple], tuple[str, Triple]]
    matter: str


def _rows_by_kind(store: ox.Store, words: Vocabulary) -> dict[str, list[_Row]]:
    """The rows of all rules; two rules may find cases of one kind."""
    found: dict[str, list[_Row]] = defaultdict(list)
    for rule in rules():
        found[rule.kind].extend(_rows(store, rule, words))
    return found


def _rows(store: ox.Store, rule: Rule, words: Vocabulary) -> Iterator[_Row]:
    results = store.query(rule.query, prefixes={**PREFIXES, "w": WORKING})
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - rules are SELECT queries
    names = {variable.value for variable in results.variables}

    def given(row: ox.QuerySolution, name: str) -> str:
        return str(row[name].value) if name in names and row[name] is not None else ""

    for row in results:
        first = str(row["subject"]), row["property"].value, str(row["object"])
        second = str(row["other_subject"]), row["other_property"].value, str(row["other_object"])
        one = Statement(_plain(words, first), degree=local_name(given(row, "degree")))
        denied, degree = given(row, "denied") == "true", local_name(given(row, "other_degree"))
        two = Statement(_plain(words, second), denied, degree)
        key = given(row, "key") or " ".join(sorted({" ".join(one.triple), " ".join(two.triple)}))
        pair = row["claim"].value, row["against"].value
        said = (pair[0], first), (pair[1], second)
        yield _Row(rule.name, key, pair, (one, two), said, given(row, "matter"))


def _plain(words: Vocabulary, triple: Triple) -> Triple:
    """A statement; of a symmetric relation always the same one of its two directions."""
    subject, iri, value = triple
    declared = words.properties.get(local_name(iri))
    ends = [subject, value]
    if declared is not None and declared.symmetric:
        ends.sort()
    return ends[0], iri, ends[1]


def _certainty(store: ox.Store) -> dict[str, str]:
    results = store.query("SELECT ?c ?v { ?c ax:certainty ?v }", prefixes=PREFIXES)
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - it is a SELECT query
    return {row["c"].value: local_name(row["v"].value) for row in results}


def _weigh(case: Case, claims: dict[str, ClaimGraph], certainty: dict[str, str]) -> None:
    """Set strength (that of the firmest pair) and overlap (from the first dated day to the last)."""
    best = 0
    shared: list[Bounds] = []
    for one, two in case.pairs:
        first, second = claims[one], claims[two]
        dated = first.dated and second.dated and first.holds.meets(second.holds)
        if dated and case.kind not in ABOUT_TIME:
            shared.append(_common(first.holds, second.holds))
        best = max(best, _level(case, first, second, certainty, dated or case.kind in ABOUT_TIME))
    case.strength = LEVELS[best]
    case.dated = bool(shared) or case.kind in ABOUT_TIME
    firsts, lasts = [time.earliest for time in shared], [time.latest for time in shared]
    case.overlap = Bounds(
        min((day for day in firsts if day), default=None) if all(firsts) else None,
        max((day for day in lasts if day), default=None) if all(lasts) else None,
    )


def _common(one: Bounds, two: Bounds) -> Bounds:
    return Bounds(
        max((day for day in (one.earliest, two.earliest) if day), default=None),
        min((day for day in (one.latest, two.latest) if day), default=None),
    )


def _level(case: Case, one: ClaimGraph, two: ClaimGraph, certainty: dict[str, str], dated: bool) -> int:
    """2 less one for each mark of firmness that is missing; never below 0."""
    pair = (one, two)
    hedged = any(
        claim.modality == "Possible" or certainty.get(claim.iri) in {"ModerateCertainty", "LowCertainty"}
        for claim in pair
    )
    of_others = case.kind in OF_OTHERS and len({statement.triple[0] for statement in case.sides}) > 1
    one_voice = not of_others and bool(set(one.holders) & set(two.holders))
    reported = case.agrees and any(claim.stance not in OWN_STANCES for claim in pair)
    return max(0, 2 - sum((hedged, one_voice, not dated, reported)))

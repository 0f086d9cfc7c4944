"""Where claims stand against each other, and where sources say the same.

What counts is declared in ``rules/*.rq``: each rule is a SPARQL query whose rows are pairs of
claims with the statement of each, headed by ``# kind:`` and ``# about:``. This module runs the rules
over the claims of a dataset (see :mod:`.rule_facts` for the ``w:`` facts they use) and
gathers the pairs into cases, one for each kind and proposition.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.namespaces import BASE, PREFIXES, local_name
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.dates import Bounds
from araxes.triples.derived.claim_graphs import OWN_STANCES, ClaimGraph, Triple
from araxes.validation.disagreement.rule_facts import WORKING, working_store
from araxes.validation.headed_queries import read_headed_queries

RULES = Path(__file__).parent / "rules"
"""Folder of the rules."""

CORROBORATION = "Corroboration"
"""The kind of a case whose claims agree; every other kind is a disagreement."""

COEXISTING = frozenset({"RoleConflict", "WordAndDeed", "DiscordantVoices"})
"""Kinds whose statements may all be true, so that they stay bare in the default graph."""

LEVELS = ("Weak", "Moderate", "Strong")
"""Strengths, the weakest first."""


@dataclass(frozen=True, order=True)
class Statement:
    """What the claims of one side state or deny.

    Attributes:
        triple: subject and object in N-Triples form, the property's bare IRI between them.
        denied: whether the claims deny it.
    """

    triple: Triple
    denied: bool = False


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
        overlap: the time for which claims of both sides are said to hold.
    """

    kind: str
    key: str
    sides: dict[Statement, set[str]] = field(default_factory=dict)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    strength: str = LEVELS[0]
    overlap: Bounds = field(default_factory=lambda: Bounds(None, None))

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
    cases: dict[tuple[str, str], Case] = {}
    for rule in rules():
        for key, one, first, two, second in _rows(store, rule, words):
            case = cases.setdefault((rule.kind, key), Case(rule.kind, key))
            case.sides.setdefault(one, set()).add(first)
            case.sides.setdefault(two, set()).add(second)
            case.pairs.add((first, second))
    for case in cases.values():
        _weigh(case, claims, sure)
    return sorted(cases.values(), key=lambda case: case.iri)


def _rows(
    store: ox.Store, rule: Rule, words: Vocabulary
) -> Iterator[tuple[str, Statement, str, Statement, str]]:
    """Key, statement and claim of the one side, statement and claim of the other."""
    results = store.query(rule.query, prefixes={**PREFIXES, "w": WORKING})
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - rules are SELECT queries
    names = {variable.value for variable in results.variables}
    for row in results:
        denied = "denied" in names and row["denied"].value == "true"
        one = Statement(_plain(words, row["subject"], row["property"], row["object"]))
        two = Statement(
            _plain(words, row["other_subject"], row["other_property"], row["other_object"]), denied
        )
        key = (
            row["key"].value
            if "key" in names
            else " ".join(sorted({" ".join(one.triple), " ".join(two.triple)}))
        )
        yield key, one, row["claim"].value, two, row["against"].value


def _plain(words: Vocabulary, subject: object, predicate: object, value: object) -> Triple:
    """A statement; of a symmetric relation always the same one of its two directions."""
    iri = str(predicate)[1:-1]
    declared = words.properties.get(local_name(iri))
    ends = [str(subject), str(value)]
    if declared is not None and declared.symmetric:
        ends.sort()
    return ends[0], iri, ends[1]


def _certainty(store: ox.Store) -> dict[str, str]:
    results = store.query("SELECT ?c ?v { ?c ax:certainty ?v }", prefixes=PREFIXES)
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - it is a SELECT query
    return {row["c"].value: local_name(row["v"].value) for row in results}


def _weigh(case: Case, claims: dict[str, ClaimGraph], certainty: dict[str, str]) -> None:
    """Set strength (that of the firmest pair) and overlap (from the first day to the last)."""
    best, starts, ends = 0, [], []
    for one, two in case.pairs:
        first, second = claims[one], claims[two]
        best = max(best, _level(first, second, certainty, case.agrees))
        periods = (first.period, second.period)
        starts.append(max((p.earliest for p in periods if p.earliest), default=None))
        ends.append(min((p.latest for p in periods if p.latest), default=None))
    case.strength = LEVELS[best]
    known = [day for day in starts if day], [day for day in ends if day]
    whole = len(known[0]) == len(starts), len(known[1]) == len(ends)
    case.overlap = Bounds(
        min(known[0]) if whole[0] else None,
        max(known[1]) if whole[1] else None,
    )


def _level(one: ClaimGraph, two: ClaimGraph, certainty: dict[str, str], agrees: bool) -> int:
    """2 less one for each mark of firmness that is missing; never below 0."""
    pair = (one, two)
    hedged = any(
        claim.modality == "Possible" or certainty.get(claim.iri, "HighCertainty") != "HighCertainty"
        for claim in pair
    )
    one_voice = bool(set(one.holders) & set(two.holders))
    unsure_time = one.dated != two.dated
    reported = agrees and any(claim.stance not in OWN_STANCES for claim in pair)
    return max(0, 2 - sum((hedged, one_voice, unsure_time, reported)))

"""Where claims stand against each other, and where sources say the same.

What counts is declared in ``rules/*.rq`` (:mod:`.rule_files`). The facts of each source go to the matters
that they speak of (:mod:`.matter_keys`), matters are decided by themselves, in parts, wherever a runner does
it, and this module gathers the pairs that were found into cases, one for each kind and proposition. Gathering
is done once for all, since what a voice excepts from its own words on one matter holds on others, too.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, local_name
from araxes.triples.authoring.dates_and_calendars import Bounds
from araxes.triples.derived.claim_graphs import ALWAYS, OWN_STANCES, ClaimGraph
from araxes.triples.runners.runner import IN_PROCESS, Runner
from araxes.validation.disagreement.background import background_of
from araxes.validation.disagreement.rule_facts import claims_by_source, facts_of_source
from araxes.validation.disagreement.rule_rows import RulePair, Statement, rows_of_part
from araxes.validation.disagreement.set_aside import EXCEPTED, exceptions, repetitions, set_aside

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


def find_cases(dataset: ox.Dataset, claims: dict[str, ClaimGraph], runner: Runner = IN_PROCESS) -> list[Case]:
    """Every disagreement and corroboration among the claims of a dataset, in order of IRI.

    Args:
        dataset: claim graphs, their descriptions and the ontology.
        claims: its claims by IRI.
        runner: where matters are decided.
    """
    background = background_of(dataset, claims)
    rows = runner.by_matter(
        facts_of_source, rows_of_part, claims_by_source(dataset, claims), background, len(claims)
    )
    by_kind: dict[str, set[RulePair]] = defaultdict(set)
    for row in rows:
        by_kind[row.kind].add(row)
    repeated = repetitions(dataset, claims)
    cases: dict[tuple[str, str], Case] = {}
    for kind, found in by_kind.items():
        apart = [
            row
            for row in found
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
    sure = _certainty(dataset, claims)
    for case in cases.values():
        _weigh(case, claims, sure)
    return sorted(cases.values(), key=lambda case: case.iri)


def _certainty(dataset: ox.Dataset, claims: dict[str, ClaimGraph]) -> dict[str, str]:
    given = dataset.quads_for_predicate(ox.NamedNode(AX + "certainty"))
    found = ((str(quad.subject)[1:-1], str(quad.object)[1:-1]) for quad in given)
    return {claim: local_name(value) for claim, value in found if claim in claims}


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

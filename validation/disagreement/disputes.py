"""Disputes: clashes about one matter folded into one question with its positions.

Which clash belongs to which dispute follows from that clash alone (:mod:`.matters`) and from the register
(:mod:`.dispute_register`): so no claim that comes or goes changes the IRI of any other dispute.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from araxes.validation.disagreement.clashes import LEVELS, Case
from araxes.validation.disagreement.dispute_register import Decision, Register, answer_name, register
from araxes.validation.disagreement.folds import Folds, read_folds
from araxes.validation.disagreement.matters import Answer, Matter, answer_of, matter_of
from araxes.validation.disagreement.natures import SLIP, nature_of, natures
from araxes.validation.disagreement.points_at_issue import Kind
from araxes.validation.disagreement.rule_rows import Statement


@dataclass
class Position:
    """One answer to the question of a dispute.

    Attributes:
        name: what tells it from the other positions of the dispute; the same while claims come and go.
        answer: the answer, for its wording.
        wording: its wording by the register, in each language, or nothing.
        claims: IRIs of the claims that give it, each with the number of claims against which it stands.
        statements: what they state or deny.
    """

    name: str
    answer: Answer
    wording: dict[str, str] = field(default_factory=dict)
    claims: Counter[str] = field(default_factory=Counter)
    statements: set[Statement] = field(default_factory=set)


@dataclass
class Dispute:
    """One question on which claims of the corpus stand against each other.

    Attributes:
        matter: what it is about.
        clashes: the cases that were folded, in order of IRI.
        positions: by name.
        merged: keys of matters whose clashes are asked here by the register.
        nature: name of its nature (:mod:`.natures`), or nothing where positions simply exclude each other.
        kind: local name of its class below ``ax:PointAtIssue``.
        lowered: the strength that the register or its nature lets it have at most, or nothing.
    """

    matter: Matter
    clashes: list[Case] = field(default_factory=list)
    positions: dict[str, Position] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    lowered: str = ""
    nature: str = ""
    kind: Kind = "Dispute"

    @property
    def iri(self) -> str:
        """Its IRI, which follows from its matter alone."""
        return self.matter.iri

    @property
    def strength(self) -> str:
        """That of its firmest clash, unless the register or its nature lowers it; nothing raises it."""
        firmest = max((case.strength for case in self.clashes), key=LEVELS.index)
        return min(firmest, self.lowered or firmest, key=LEVELS.index)

    @property
    def kinds(self) -> list[str]:
        """The kinds of its clashes, the most frequent first."""
        kinds = [case.kind for case in self.clashes]
        return sorted(set(kinds), key=lambda kind: (-kinds.count(kind), kind))

    @property
    def claims(self) -> list[str]:
        """IRIs of all claims that take part, sorted."""
        return sorted({claim for position in self.positions.values() for claim in position.claims})

    def position_iri(self, position: Position) -> str:
        """The IRI of one of its positions."""
        return f"{self.iri}#{position.name}"


def find_disputes(quads: Iterable[ox.Quad], cases: Iterable[Case]) -> list[Dispute]:
    """The disputes of a dataset, in order of IRI.

    Args:
        quads: the dataset, whose default graph says which things belong together.
        cases: its disagreements; corroborations are left out.
    """
    known = register()
    return fold(cases, read_folds(quads, known.same), known)


def fold(cases: Iterable[Case], folds: Folds, known: Register) -> list[Dispute]:
    """Clashes folded into disputes, in order of IRI.

    Args:
        cases: disagreements; corroborations are left out.
        folds: which things belong together.
        known: what was decided by hand.
    """
    grouped: dict[Matter, list[tuple[Matter, Case]]] = defaultdict(list)
    for case in cases:
        if not case.agrees:
            own = matter_of(case, folds)
            matter = known.matter(case, own)
            if not beside(case, own, folds, known.entry(matter)):
                grouped[matter].append((own, case))
    disputes = [
        _dispute(matter, members, folds, known)
        for matter, members in grouped.items()
        if matter.key not in known.aside
    ]
    return sorted(disputes, key=lambda dispute: dispute.iri)


def beside(case: Case, own: Matter, folds: Folds, entry: Decision) -> bool:
    """Whether nothing of a clash is left when the register leaves out what answers another question.

    Args:
        case: a clash.
        own: its own matter.
        folds: which things belong together.
        entry: what the register says of the dispute under which it is asked.
    """
    left = asked(case, own, folds, entry)
    return len(left) < len(case.sides) and not any(
        one in left[first] and two in left[second]
        for one, two in case.pairs
        for first in left
        for second in left
        if first != second
    )


def asked(case: Case, own: Matter, folds: Folds, entry: Decision) -> dict[Statement, set[str]]:
    """The sides of a clash less those that give an answer, or name a thing, which the register leaves out.

    Args:
        case: a clash.
        own: its own matter.
        folds: which things belong together.
        entry: what the register says of the dispute under which it is asked.
    """
    return {
        statement: claims
        for statement, claims in case.sides.items()
        if not entry.apart & {part.strip("<>") for part in statement.triple}
        and not (entry.beside and entry.leaves_out(answer_name(answer_of(statement, case, own, folds))))
    }


def _dispute(matter: Matter, members: list[tuple[Matter, Case]], folds: Folds, known: Register) -> Dispute:
    entry = known.entry(matter)
    found = Dispute(matter, sorted((case for _, case in members), key=lambda case: case.iri))
    found.nature = entry.nature or nature_of(found.kinds)
    limits = [each for each in (entry.lowered, natures().get(found.nature, {}).get("at_most")) if each]
    found.lowered = LEVELS[0] if entry.contrast else min(limits, key=LEVELS.index, default="")
    if entry.contrast:
        found.kind = "Contrast"
    elif found.nature == SLIP:
        found.kind = "Inconsistency"
    found.merged = tuple(sorted({own.key for own, _ in members if known.leads.get(own.key) == matter.key}))
    for own, case in members:
        for statement, claims in asked(case, own, folds, entry).items():
            answer = answer_of(statement, case, own, folds)
            name, wording = entry.position(answer_name(answer)) or (_name(answer), {})
            position = found.positions.setdefault(name, Position(name, answer, wording))
            position.answer = min(position.answer, answer)
            for claim in claims:
                position.claims[claim] += sum(claim in pair for pair in case.pairs)
            position.statements.add(statement)
    return found


def _name(answer: Answer) -> str:
    """The name of a position: that of its answer, with a digest of what it names."""
    plain = f"{'not-' if answer.denied else ''}{answer.key}"
    if not answer.terms:
        return plain
    return f"{plain}-{hashlib.sha256(' '.join(answer.terms).encode()).hexdigest()[:8]}"

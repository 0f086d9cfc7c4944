"""What a clash is about: the question behind it, and the answer that each of its statements gives.

A *matter* is a family of properties (``matters.toml``) with the things that they are said of, after folding: an organ or
spokesman becomes its state, a part of a relationship the whole, a war the conflict around it, an effect the relationship that
it stands for. It depends on one clash, the records of things and the register alone, never on other claims: so the IRI of a
dispute stays while claims come and go.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, local_name
from araxes.triples.derived.tensions import contrasts
from araxes.validation.disagreement.clashes import Case, Statement

FAMILIES = Path(__file__).with_name("matters.toml")
"""The families of properties, with the wording of questions and answers."""

_ROLES = {"mediatesIn": "mediates", "isNeutralIn": "neutral", "respectsTerritorialIntegrityOf": "integrity"}
_FOLDING = {"organOf", "speaksFor", "componentOf", "subEventOf", "party", "excludes", "hasMember"}


@dataclass(frozen=True, order=True)
class Matter:
    """What a dispute is about.

    Attributes:
        family: name of a family of ``matters.toml``.
        about: what the question is asked of: IRIs, names of properties, or the digest of a figure's base.
    """

    family: str
    about: tuple[str, ...]

    @property
    def key(self) -> str:
        """The matter in one line, as the register writes it."""
        return " ".join((self.family, *(part.removeprefix(BASE) for part in self.about)))

    @property
    def iri(self) -> str:
        """The IRI of the dispute about it."""
        return f"{BASE}dispute/{self.family}-{hashlib.sha256(self.key.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, order=True)
class Answer:
    """What a statement answers.

    Attributes:
        key: name of an answer of the family, or of a position that the register words.
        terms: IRIs or literals in N-Triples form that its wording names.
        denied: whether it is the denial of that answer.
    """

    key: str
    terms: tuple[str, ...] = ()
    denied: bool = False


@dataclass(frozen=True)
class Folds:
    """What the records of things say about which of them belong together.

    Attributes:
        above: property → thing → what it leads to, IRIs in order.
        same: thing → the thing that stands for it, and whether its effects turn round.
    """

    above: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    same: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def thing(self, iri: str) -> str:
        """A thing, or what stands for it."""
        return self.same.get(iri, (iri, False))[0]

    def turned(self, iri: str) -> bool:
        """Whether what furthers a thing hinders what stands for it."""
        return self.same.get(iri, (iri, False))[1]

    def actor(self, iri: str) -> str:
        """The state for which an organ or spokesman stands, or the actor itself."""
        found = self.thing(iri)
        return self._top(self._top(found, "organOf"), "speaksFor")

    def whole(self, iri: str) -> str:
        """The relationship of which another is a part, or the thing itself."""
        found = self.thing(iri)
        return self._top(found, "componentOf") if "/relationship/" in found else found

    def conflict(self, iri: str) -> str:
        """The event around an event, or the event itself."""
        return self.thing(self._top(self.thing(iri), "subEventOf"))

    def exclusive(self, iris: Iterable[str]) -> str:
        """The name of the set of things that exclude each other: its first member."""
        found: set[str] = set()
        agenda = list(iris)
        while agenda:
            each = agenda.pop()
            if each not in found:
                found.add(each)
                agenda += self.above.get("excludes", {}).get(each, ())
        return min(found)

    def parties(self, relationship: str) -> tuple[str, ...]:
        """The actors between which a relationship holds."""
        given = self.above.get("party", {}).get(self.whole(relationship), ())
        return tuple(sorted({self.actor(each) for each in given}))

    def _top(self, iri: str, name: str) -> str:
        seen = {iri}
        while ups := [up for up in self.above.get(name, {}).get(iri, ()) if up not in seen]:
            iri = ups[0]
            seen.add(iri)
        return iri


def read_folds(quads: Iterable[ox.Quad], same: dict[str, tuple[str, bool]]) -> Folds:
    """Read from the default graph what belongs together.

    Args:
        quads: a dataset.
        same: what the register lets stand for what.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        name = quad.predicate.value.removeprefix(AX)
        if name in _FOLDING and isinstance(quad.graph_name, ox.DefaultGraph):
            one, two = _bare(str(quad.subject)), _bare(str(quad.object))
            found[name][one].add(two)
            if name == "excludes":
                found[name][two].add(one)
    ordered = {
        name: {one: tuple(sorted(others)) for one, others in pairs.items()} for name, pairs in found.items()
    }
    return Folds(ordered, same)


@cache
def families() -> dict[str, dict[str, Any]]:
    """The families by name, in the order of the file."""
    return tomllib.loads(FAMILIES.read_text("utf-8"))


def matter_of(case: Case, folds: Folds) -> Matter:
    """The matter of a disagreement; it depends on nothing else.

    Args:
        case: a disagreement.
        folds: what the records of things say.
    """
    one = min(case.sides)
    subject, prop, value = _parts(one)
    match case.kind:
        case "DivergingDates":
            return Matter("date", (folds.thing(subject),))
        case "DivergingValues":
            return Matter("figure", (subject, case.key[:16]))
        case "RoleConflict":
            return Matter("role", (folds.actor(subject), folds.conflict(_event(case, value))))
        case "RivalExplanations":
            return Matter("explanation", (folds.whole(_outcome(case)),))
        case "WordAndDeed":
            return _pledge(case, folds)
    names = {local_name(statement.triple[1]) for statement in case.sides}
    for family, wording in families().items():
        if names <= _properties(family) and wording.get("ends"):
            return Matter(family, _ends(wording["ends"], subject, value, folds))
    if "relationshipQuality" in names or _is_quality(value):
        return Matter("relations", _ends("pair", subject, value, folds))
    if names <= _signs().keys():
        return _effect(case, folds)
    return _account(case, prop, folds)


def answer_of(statement: Statement, matter: Matter, folds: Folds) -> Answer:
    """What a statement answers to the question of its matter."""
    subject, prop, value = _parts(statement)
    match matter.family:
        case "date" | "figure":
            return Answer({"date": "date", "figure": "value"}[matter.family], (statement.triple[2],))
        case "role":
            key = _ROLES.get(prop, "backs")
            return Answer(key, (_node(folds.actor(value)),) if key in {"backs", "integrity"} else ())
        case "explanation":
            return Answer("cause", (_node(folds.thing(subject)),))
        case "pledge":
            return Answer("word" if statement.denied or prop == "rejects" else "deed")
        case "effect":
            sign = (_signs().get(prop, "+") == "+") != folds.turned(value)
            keys = ("none", "harmless") if statement.denied else ("furthers", "harms")
            return Answer(keys[0] if sign else keys[1])
        case "consequence":
            return Answer("brings", (_node(value),))
        case "account":
            chosen = subject if matter.about[0] == "of" else value
            return Answer("is", (_node(chosen) if "/" in chosen else chosen,))
        case "statement":
            return Answer("no" if statement.denied else "yes")
    for key, wording in families().get(matter.family, {}).get("answers", {}).items():
        if prop in wording.get("properties", ()) or local_name(value) in wording.get("things", ()):
            terms = (_node(folds.actor(subject)),) if "{0}" in wording["en"] else ()
            return Answer(key, terms, statement.denied)
    return Answer("states", statement.triple, statement.denied)


def _effect(case: Case, folds: Folds) -> Matter:
    """Of causal statements: their cause with the one effect, or with the effects that exclude each other."""
    causes = sorted({_parts(each)[0] for each in case.sides})
    effects = sorted({folds.whole(_parts(each)[2]) for each in case.sides})
    cause = folds.thing(causes[0])
    if len(effects) == 1:
        return Matter("effect", (cause, effects[0]))
    return Matter("consequence", (cause, folds.exclusive(effects)))


def _account(case: Case, prop: str, folds: Folds) -> Matter:
    """Of statements that are given in place of each other, or of which one is denied."""
    denied = [each for each in case.sides if each.denied]
    if denied:
        subject, prop, value = _parts(min(denied))
        return Matter("statement", (folds.thing(subject), prop, folds.thing(value)))
    subjects = sorted({folds.thing(_parts(each)[0]) for each in case.sides})
    values = sorted({folds.thing(_parts(each)[2]) for each in case.sides})
    if len(subjects) > 1 and len(values) == 1:
        return Matter("account", ("of", values[0], prop, folds.exclusive(subjects)))
    return Matter("account", ("is", subjects[0], prop, folds.exclusive(values)))


def _pledge(case: Case, folds: Folds) -> Matter:
    """Of what was ruled out: who ruled it out, and what it was, whoever would profit by it."""
    for statement in sorted(case.sides):
        subject, prop, value = _parts(statement)
        if prop == "rejects":
            return Matter("pledge", (folds.actor(subject), folds.thing(value)))
        if statement.denied:
            return Matter("pledge", (folds.actor(subject), prop))
    subject, prop, value = _parts(min(case.sides))
    return Matter("pledge", (folds.actor(subject), prop))


def _outcome(case: Case) -> str:
    """What the statements of rival explanations have in common as their effect."""
    values = [{_parts(each)[2]} for each in case.sides]
    common = set.intersection(*values) or set.union(*values)
    return min(common)


def _event(case: Case, value: str) -> str:
    found = [part for part in case.key.split() if "/event/" in part]
    return found[0] if found else value


def _ends(kind: str, subject: str, value: str, folds: Folds) -> tuple[str, ...]:
    if kind == "object":
        return (folds.whole(value),)
    if kind == "subject":
        return (folds.actor(subject),)
    if kind == "directed":
        return folds.actor(subject), folds.actor(value)
    if _is_quality(value):
        return folds.parties(subject) or (folds.whole(subject),)
    return tuple(sorted((folds.actor(subject), folds.actor(value))))


def _is_quality(value: str) -> bool:
    return value.startswith(AX)


@cache
def _properties(family: str) -> frozenset[str]:
    answers = families()[family].get("answers", {}).values()
    return frozenset(name for answer in answers for name in answer.get("properties", ()))


@cache
def _signs() -> dict[str, str]:
    """The sign of each causal property."""
    signed = {name for pair in contrasts().causal for name in pair}
    return {name: "+" if name in contrasts().furthering else "-" for name in signed}


def _parts(statement: Statement) -> tuple[str, str, str]:
    """Bare subject, local name of the property, bare object."""
    subject, predicate, value = statement.triple
    return _bare(subject), local_name(predicate), _bare(value)


def _bare(node: str) -> str:
    return re.sub(r"^<(.*)>$", r"\1", node)


def _node(iri: str) -> str:
    return f"<{iri}>" if iri.startswith("http") else iri

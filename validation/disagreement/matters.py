"""What a clash is about: the question behind it, and the answer that each of its statements gives.

A *matter* is a family of properties (``matters.toml``) with the things that they are said of, after folding
(:mod:`.folds`). It depends on one clash, the records of things and the register alone, never on other claims:
so the IRI of a dispute stays while claims come and go.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.namespaces import AX, BASE, local_name
from araxes.triples.derived.tensions import account_of, contrasts
from araxes.validation.disagreement.clashes import Case
from araxes.validation.disagreement.folds import Folds, bare
from araxes.validation.disagreement.rule_rows import Statement

FAMILIES = Path(__file__).with_name("matters.toml")
"""The families of properties, with the wording of questions and answers."""

_ROLES = {
    "mediatesIn": "mediates",
    "isNeutralIn": "neutral",
    "respectsTerritorialIntegrityOf": "integrity",
    **dict.fromkeys(("supports", "sidesWith", "aids"), "backs"),
}


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


_AGAINST = frozenset({"concernedAbout", "perceivesThreatFrom"})

_Answerer = Callable[[Statement, Matter, Folds], Answer]


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
    by_kind = _BY_KIND.get(case.kind)
    if by_kind:
        return by_kind(case, folds)
    subject, _, value = _parts(min(case.sides))
    names = {local_name(statement.triple[1]) for statement in case.sides}
    if _alternatives(case, folds):
        return _account(case, folds)
    for family, wording in families().items():
        if names <= _properties(family) and wording.get("ends"):
            return Matter(family, _ends(wording["ends"], subject, value, folds))
    if "relationshipQuality" in names:
        return Matter("relations", _ends("pair", subject, value, folds))
    return _effect(case, folds) if names <= causal_signs().keys() else _account(case, folds)


def answer_of(statement: Statement, case: Case, matter: Matter, folds: Folds) -> Answer:
    """What a statement of a clash answers to the question of the clash's own matter."""
    if matter.family == "agents":
        return _agents_answer(statement, case)
    by_family = _BY_FAMILY.get(matter.family)
    if by_family:
        return by_family(statement, matter, folds)
    subject, prop, value = _parts(statement)
    for key, wording in families().get(matter.family, {}).get("answers", {}).items():
        if prop in wording.get("properties", ()) or local_name(value) in wording.get("things", ()):
            terms = (_node(folds.actor(subject)),) if "{0}" in wording["en"] else ()
            return Answer(key, terms, statement.denied)
    return Answer("states", statement.triple, statement.denied)


def _alternatives(case: Case, folds: Folds) -> bool:
    """Whether the statements give things that exclude each other to one matter."""
    ends = [_parts(each) for each in case.sides if not each.denied]
    values = {value for _, _, value in ends}
    exclusive = len(values) > 1 and all(map(folds.excluding, values))
    return (
        exclusive
        and len({subject for subject, _, _ in ends}) == 1
        and not {p for _, p, _ in ends} & causal_signs().keys()
    )


def _date(case: Case, folds: Folds) -> Matter:
    return Matter("date", (folds.thing(_parts(min(case.sides))[0]),))


def _figure(case: Case, _: Folds) -> Matter:
    return Matter("figure", (_parts(min(case.sides))[0], case.key[:16]))


def _role(case: Case, folds: Folds) -> Matter:
    """Of roles in a conflict: the actor and the conflict, which the rule names in this order."""
    subject, _, value = _parts(min(case.sides))
    named = [part for part in case.key.split() if "/" in part]
    events = [part for part in named if "/event/" in part]
    actors = [part for part in named if "/event/" not in part]
    actor = actors[0] if actors and events else subject
    return Matter("role", (folds.actor(actor), folds.conflict(events[0] if events else value)))


def _explanation(case: Case, folds: Folds) -> Matter:
    """Of rival explanations: what they explain; or, of causes and effects exchanged, these."""
    if case.key.startswith("order of "):
        return Matter("order", tuple(sorted(folds.whole(end) for end in case.key.split()[2:])))
    return Matter("explanation", (folds.whole(case.matter),))


def _positions(case: Case, folds: Folds) -> Matter:
    """Of opposed positions: the options that exclude each other, or the one thing favoured and rejected."""
    names = {_parts(each)[1] for each in case.sides}
    if names == {"perceivesThreatFrom"}:
        return Matter("threat", tuple(sorted({folds.actor(_parts(each)[0]) for each in case.sides})))
    if "relationshipQuality" in names:
        return Matter("outlook", (folds.whole(case.matter),))
    values = sorted({folds.thing(_parts(each)[2]) for each in case.sides})
    if len(values) > 1 and (names & _AGAINST or not folds.excluding(values[0])):
        return Matter("stance", (folds.whole(case.matter),))
    if names & _AGAINST:
        return Matter("stance", (folds.whole(values[0]),))
    if folds.excluding(values[0]):
        return Matter("option", (folds.exclusive(values),))
    return Matter("stance", (folds.whole(values[0]),))


def _question(case: Case, folds: Folds) -> Matter:
    """Of answers that a curator read: the options, if they exclude each other, or else their issue."""
    options = sorted({folds.thing(_parts(each)[0]) for each in case.sides})
    if all(map(folds.excluding, options)) and len({folds.exclusive([each]) for each in options}) == 1:
        return Matter("option", (folds.exclusive(options),))
    return Matter("question", (folds.whole(case.matter),))


def _extent(case: Case, folds: Folds) -> Matter:
    """Of differing extent: a statement made to two degrees, an event done alone or not, a thing listed."""
    one = min(case.sides)
    subject, prop, value = _parts(one)
    if prop == "relationshipQuality":
        return Matter("relations", _ends("pair", subject, value, folds))
    if any(each.degree for each in case.sides):
        return Matter("extent", (folds.thing(subject), prop, folds.thing(value)))
    return Matter("agents" if prop in {"actor", "participant"} else "list", (folds.thing(case.matter),))


def _pledge(case: Case, folds: Folds) -> Matter:
    """Of what was ruled out: who ruled it out, and what it was, whoever would profit by it."""
    for statement in sorted(case.sides):
        subject, prop, value = _parts(statement)
        if prop == "declares":
            return Matter(
                "account", ("is", case.matter, "pursuesPolicy", folds.exclusive([folds.thing(value)]))
            )
        if statement.denied or prop == "rejects":
            how = () if prop in {"rejects", "enables"} else (prop,)  # to rule out and not to permit an action
            return Matter("pledge", (folds.actor(subject), *how, folds.thing(value)))
    subject, prop, _ = _parts(min(case.sides))
    return Matter("pledge", (folds.actor(subject), prop))


def _effect(case: Case, folds: Folds) -> Matter:
    """Of causal statements: their cause with the one effect, or with the effects that exclude each other."""
    causes = sorted({_parts(each)[0] for each in case.sides})
    effects = sorted({folds.whole(_parts(each)[2]) for each in case.sides})
    cause = folds.thing(causes[0])
    if len(effects) == 1:
        return Matter("effect", (cause, effects[0]))
    return Matter("consequence", (cause, folds.exclusive(effects)))


def _account(case: Case, folds: Folds) -> Matter:
    """Of statements that are given in place of each other, or of which one is denied."""
    prop = _parts(min(case.sides))[1]
    denied = [each for each in case.sides if each.denied]
    if denied:
        subject, prop, value = _parts(min(denied))
        return Matter("statement", (folds.thing(subject), prop, folds.thing(value)))
    subjects = sorted({folds.thing(_parts(each)[0]) for each in case.sides})
    values = sorted({folds.thing(_parts(each)[2]) for each in case.sides})
    if len(subjects) > 1 and len(values) == 1:
        return Matter("account", ("of", values[0], prop, folds.exclusive(subjects)))
    prop = "pursuesPolicy" if account_of(prop) == "course" else prop
    return Matter("account", ("is", folds.actor(subjects[0]), prop, folds.exclusive(values)))


def _ends(kind: str, subject: str, value: str, folds: Folds) -> tuple[str, ...]:
    if kind == "object":
        return (folds.whole(value),)
    if kind == "subject":
        return (folds.actor(subject),)
    if kind == "directed":
        return folds.actor(subject), folds.actor(value)
    if value.startswith(AX):  # a quality of a relationship
        return folds.parties(subject) or (folds.whole(subject),)
    return tuple(sorted((folds.actor(subject), folds.actor(value))))


def _literal(key: str) -> _Answerer:
    return lambda statement, _matter, _folds: Answer(key, (statement.triple[2],))


def _role_answer(statement: Statement, matter: Matter, folds: Folds) -> Answer:
    subject, prop, value = _parts(statement)
    key = _ROLES.get(prop, "near")
    if key in {"mediates", "neutral"}:
        return Answer(key)
    ends = folds.actor(subject), folds.actor(value)
    return Answer(key, (_node(ends[0] if ends[1] == matter.about[0] else ends[1]),))


def _cause_answer(statement: Statement, _matter: Matter, folds: Folds) -> Answer:
    subject, prop, value = _parts(statement)
    return Answer("cause", (_node(folds.thing(value if prop == "explanans" else subject)),))


def _pledge_answer(statement: Statement, _matter: Matter, _folds: Folds) -> Answer:
    return Answer("word" if statement.denied or _parts(statement)[1] == "rejects" else "deed")


def _effect_answer(statement: Statement, _matter: Matter, folds: Folds) -> Answer:
    _, prop, value = _parts(statement)
    furthers = (causal_signs().get(prop, "+") == "+") != folds.turned(value)
    keys = ("none", "harmless") if statement.denied else ("furthers", "harms")
    return Answer(keys[0] if furthers else keys[1])


def _consequence_answer(statement: Statement, _matter: Matter, _folds: Folds) -> Answer:
    return Answer("brings", (_node(_parts(statement)[2]),))


def _account_answer(statement: Statement, matter: Matter, _folds: Folds) -> Answer:
    subject, _, value = _parts(statement)
    return Answer("is", (_node(subject if matter.about[0] == "of" else value),))


def _extent_answer(statement: Statement, _matter: Matter, _folds: Folds) -> Answer:
    return Answer("degree", (_node(AX + statement.degree),))


def _list_answer(statement: Statement, matter: Matter, folds: Folds) -> Answer:
    subject, _, value = _parts(statement)
    return Answer("includes", (_node(folds.thing(subject if folds.thing(value) in matter.about else value)),))


def _option_answer(statement: Statement, _matter: Matter, folds: Folds) -> Answer:
    subject, prop, value = _parts(statement)
    if prop == "respondsTo":
        return _read_answer(statement, _matter, folds)
    against = (prop == "rejects") != statement.denied
    return Answer("against" if against else "for", (_node(folds.thing(value)), _node(folds.actor(subject))))


def _read_answer(statement: Statement, _matter: Matter, folds: Folds) -> Answer:
    """What a curator reads."""
    return Answer("read", (_node(folds.thing(_parts(statement)[0])),))


def _agents_answer(statement: Statement, case: Case) -> Answer:
    """Alone is who stands first in the pairs of the rule."""
    alone = {one for one, _ in case.pairs}
    if case.sides[statement] & alone:
        return Answer("alone", (statement.triple[2],))
    return Answer("jointly")


def _threat_answer(statement: Statement, _matter: Matter, folds: Folds) -> Answer:
    return Answer("threatened", (_node(folds.actor(_parts(statement)[0])),))


def _order_answer(statement: Statement, _matter: Matter, folds: Folds) -> Answer:
    """What a statement lets come second: the effect, or whoever balances."""
    subject, prop, value = _parts(statement)
    return Answer("second", (_node(folds.whole(subject if prop == "balancesAgainst" else value)),))


def _outlook_answer(statement: Statement, _matter: Matter, _folds: Folds) -> Answer:
    return Answer("stays" if statement.denied else "grows")


def _statement_answer(statement: Statement, _matter: Matter, _folds: Folds) -> Answer:
    return Answer("no" if statement.denied else "yes")


@per_ontology
def _properties(family: str) -> frozenset[str]:
    answers = families()[family].get("answers", {}).values()
    return frozenset(name for answer in answers for name in answer.get("properties", ()))


@per_ontology
def causal_signs() -> dict[str, str]:
    """The sign of each causal property."""
    signed = {name for pair in contrasts().causal for name in pair}
    return {name: "+" if name in contrasts().furthering else "-" for name in signed}


def _parts(statement: Statement) -> tuple[str, str, str]:
    """Bare subject, local name of the property, bare object."""
    subject, predicate, value = statement.triple
    return bare(subject), local_name(predicate), bare(value)


def _node(iri: str) -> str:
    return f"<{iri}>" if iri.startswith("http") else iri


_BY_KIND: dict[str, Callable[[Case, Folds], Matter]] = {
    "DivergingDates": _date,
    "DivergingValues": _figure,
    "RoleConflict": _role,
    "RivalExplanations": _explanation,
    "OpposedPositions": _positions,
    "DifferingAnswers": _question,
    "DifferingExtent": _extent,
    "WordAndDeed": _pledge,
}
_BY_FAMILY: dict[str, _Answerer] = {
    "date": _literal("date"),
    "figure": _literal("value"),
    "role": _role_answer,
    "explanation": _cause_answer,
    "pledge": _pledge_answer,
    "effect": _effect_answer,
    "consequence": _consequence_answer,
    "account": _account_answer,
    "statement": _statement_answer,
    "extent": _extent_answer,
    "list": _list_answer,
    "option": _option_answer,
    "question": _read_answer,
    "threat": _threat_answer,
    "outlook": _outlook_answer,
    "order": _order_answer,
}

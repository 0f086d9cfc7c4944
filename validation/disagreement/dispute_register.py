"""The register of disputes: what was merged, split or worded by hand, with date and reason.

It lies in ``dispute_register.toml``. A dispute that is not in it is folded and worded by the families alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from araxes.ontology.namespaces import BASE
from araxes.triples.labels import plain_value
from araxes.validation.disagreement.clashes import LEVELS, Case
from araxes.validation.disagreement.matters import Answer, Matter
from araxes.validation.disagreement.natures import natures

REGISTER = Path(__file__).with_name("dispute_register.toml")
"""The register that is shipped."""


@dataclass(frozen=True)
class Decision:
    """What the register says of one dispute.

    Attributes:
        question: in each language, or nothing.
        settles: what would settle it, in each language, or nothing.
        positions: names of answers → name of the position and its wording.
        merged: keys of the matters that are asked under this one.
        beside: names of answers to another question: clashes with one of them stay without a dispute.
        apart: things of another question: clashes of statements that name one of them stay without a dispute.
        lowered: the strength that it has at most, or nothing.
        lowered_because: why, in each language.
        nature: its nature (:mod:`.natures`), or nothing where its clashes tell it.
        contrast: why its answers shut each other out in nothing, in each language; or nothing, if they do.
    """

    question: dict[str, str] = field(default_factory=dict)
    settles: dict[str, str] = field(default_factory=dict)
    positions: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    lowered: str = ""
    lowered_because: dict[str, str] = field(default_factory=dict)
    nature: str = ""
    contrast: dict[str, str] = field(default_factory=dict)

    def position(self, name: str) -> tuple[str, dict[str, str]] | None:
        """The position of an answer by its name, or by its name without whose it is, if there is one."""
        return self.positions.get(name) or self.positions.get(name.rpartition(" ")[0])

    def leaves_out(self, name: str) -> bool:
        """Whether an answer, by its name or by its name without whose it is, answers another question."""
        return bool(self.beside & {name, name.rpartition(" ")[0]})


@dataclass(frozen=True)
class Register:
    """All that was decided by hand.

    Attributes:
        same: thing → the thing that stands for it in disputes, and whether its effects turn round.
        entries: key of a matter → what is said of its dispute.
        leads: key of a merged matter → key of the matter under which it is asked.
        splits: key of a matter → the things whose clashes are taken out of it, with the new name.
        aside: keys of matters that readers found to be no dispute.
    """

    same: dict[str, tuple[str, bool]] = field(default_factory=dict)
    entries: dict[str, Decision] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    splits: dict[str, tuple[tuple[frozenset[str], str], ...]] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()

    def matter(self, case: Case, own: Matter) -> Matter:
        """The matter under which a clash is asked: its own, a split off part of it, or that of a merger."""
        for things, name in self.splits.get(own.key, ()):
            if any(part.strip("<>") in things for each in case.sides for part in each.triple):
                own = Matter(own.family, (*own.about, name))
                break
        lead = self.leads.get(own.key)
        return matter_named(lead) if lead else own

    def entry(self, matter: Matter) -> Decision:
        """What is said of a dispute."""
        return self.entries.get(matter.key, Decision())


def matter_named(key: str) -> Matter:
    """A matter by its key.

    >>> matter_named("relations state/alpha state/beta").about[0]
    'https://w3id.org/araxes/state/alpha'
    """
    family, *about = key.split()
    return Matter(family, tuple(BASE + part if "/" in part else part for part in about))


def answer_name(answer: Answer) -> str:
    """An answer as the register names it.

    >>> answer_name(Answer("backs", ("<https://w3id.org/araxes/state/alpha>",), denied=True))
    'not backs state/alpha'
    """
    terms = (
        term[1:-1].removeprefix(BASE) if term.startswith("<") else plain_value(term) for term in answer.terms
    )
    return " ".join((*(("not",) if answer.denied else ()), answer.key, *terms))


@cache
def register(path: Path = REGISTER) -> Register:
    """The register as it is on disk."""
    return read_register(path.read_text("utf-8"))


def read_register(text: str) -> Register:
    """Read a register.

    Raises:
        ValueError: it is no TOML, a key is missing, or a matter is merged twice.
    """
    written = tomllib.loads(text)
    try:
        same = {
            BASE + each["thing"]: (BASE + each["stands_for"], bool(each.get("turned", False)))
            for each in _reasoned(written.get("same", ()))
        }
        disputes = written.get("dispute", ())
        entries = {each["matter"]: _entry(each) for each in disputes}
        splits = {each["matter"]: _splits(each) for each in disputes if "split" in each}
        aside = frozenset(each["matter"] for each in _reasoned(written.get("set_aside", ())))
    except KeyError as error:
        raise ValueError(f"an entry of the register of disputes lacks {error}: add it") from error
    leads: dict[str, str] = {}
    for lead, entry in entries.items():
        for key in entry.merged:
            if key in leads or key in entries:
                raise ValueError(f"{key!r} is merged and has an entry, or is merged twice: keep one of them")
            leads[key] = lead
    return Register(same, entries, leads, splits, aside)


def _entry(written: dict[str, Any]) -> Decision:
    positions = {}
    for each in written.get("position", ()):
        for name in each["answers"]:
            positions[name] = (each["name"], {"en": each["en"], "fa": each["fa"]})
    beside = _reasoned(written.get("beside", ()))
    return Decision(
        written.get("question", {}),
        written.get("settles", {}),
        positions,
        tuple(each["matter"] for each in _reasoned(written.get("merged", ()))),
        frozenset(name for each in beside for name in each.get("answers", ())),
        frozenset(BASE + thing for each in beside for thing in each.get("things", ())),
        *_lowered(written),
        _nature(written),
        _contrast(written),
    )


def _lowered(written: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The strength to which a dispute is lowered, and why.

    Raises:
        ValueError: it is no strength below the firmest.
    """
    if "lowered" not in written:
        return "", {}
    (decided,) = _reasoned([written["lowered"]])
    if decided["strength"] not in LEVELS[:-1]:
        named, known = written["matter"], ", ".join(LEVELS[:-1])
        raise ValueError(f"{named!r} is lowered to {decided['strength']!r}: name one of {known}")
    return decided["strength"], decided["reason"]


def _contrast(written: dict[str, Any]) -> dict[str, str]:
    """Why the answers of a dispute are but a contrast, or nothing.

    Raises:
        KeyError: the decision has no date, or no reason.
    """
    reason: dict[str, str] = {}
    for decided in _reasoned([written["contrast"]] if "contrast" in written else ()):
        reason = decided["reason"]
    return reason


def _nature(written: dict[str, Any]) -> str:
    """The nature of a dispute.

    Raises:
        ValueError: there is none of that name.
    """
    name: str = written.get("nature", "")
    if name and name not in natures():
        raise ValueError(f"{written['matter']!r} is of nature {name!r}: name one of {', '.join(natures())}")
    return name


def _splits(written: dict[str, Any]) -> tuple[tuple[frozenset[str], str], ...]:
    return tuple(
        (frozenset(BASE + thing for thing in each["things"]), each["name"])
        for each in _reasoned(written["split"])
    )


def _reasoned(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Decisions, each of which has its date and its reason.

    Raises:
        KeyError: one has not.
    """
    return [each for each in entries if each["date"] and each["reason"]]

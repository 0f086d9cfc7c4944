"""What checks and shapes find: one type for all of it, and the error that names every finding of a run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import BASE

SEVERITIES = ("violation", "warning", "info")
"""Severities, the gravest first; only violations stop publication."""

FOLLOWS = "follows"
"""Severity of what only follows from another finding: never told, but its record is left out."""

DATASET = Path("dataset")
"""What stands for the file of a finding that comes from no file."""

_LONGEST = 60
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, order=True)
class Place:
    """Where something was found.

    Attributes:
        path: the file.
        line: 1-based line, 0 for the file as a whole.
    """

    path: Path
    line: int = 0

    def __str__(self) -> str:
        """File and line in the form that editors and terminals make clickable."""
        return f"{shown(self.path)}:{self.line}" if self.line else shown(self.path)


@dataclass(frozen=True, order=True)
class Finding:
    """What is wrong, where, and what to do about it.

    Attributes:
        place: file and line.
        subject: id of the claim, entity or source concerned, or empty.
        message: what is wrong.
        remedy: what to do about it.
        severity: one of :data:`SEVERITIES`, or :data:`FOLLOWS`.
        shape: IRI of the shape or name of the rule; empty where a file is not written as it should be.
        focus: IRI of the node that the shape looked at.
        path: IRI of the property concerned, or empty.
        value: the offending value in N-Triples form, or empty.
        component: IRI of the SHACL constraint component; empty for a rule.
    """

    place: Place
    subject: str
    message: str
    remedy: str
    severity: str = "violation"
    shape: str = ""
    focus: str = ""
    path: str = ""
    value: str = ""
    component: str = ""

    @property
    def file(self) -> str:
        """The file, as a user in this folder would type it."""
        return shown(self.place.path)

    def __str__(self) -> str:
        """One line.

        >>> print(Finding(Place(Path("a.yaml"), 3), "claim/x/1", "no holder", "add one"))
        a.yaml:3: [claim/x/1] no holder → add one
        """
        subject = f" [{self.subject}]" if self.subject else ""
        return visible(f"{self.place}:{subject} {self.message} → {self.remedy}")


def shape_finding(shape: str, focus: str, path: str, value: str, text: str) -> Finding:
    """A violation that a shape, a rule or the audit found in data, not yet traced to a file.

    Args:
        shape: IRI of the shape or name of the rule.
        focus: IRI of the node that was looked at.
        path: IRI of the property concerned, or empty.
        value: the offending value in N-Triples form, or empty.
        text: what is wrong, a colon and what to do.
    """
    message, _, remedy = text.partition(": ")
    place, subject = Place(DATASET), focus.removeprefix(BASE)
    remedy = remedy or "correct the data; see triples/AUTHORING.md"
    return Finding(place, subject, message, remedy, shape=shape, focus=focus, path=path, value=value)


def shown(path: Path) -> str:
    """A path as a user in this folder would type it; bytes that are no UTF-8 become U+FFFD."""
    here = Path.cwd()
    name = str(path.relative_to(here) if path.is_relative_to(here) else path)
    return os.fsencode(name).decode("utf-8", "replace")


def visible(text: str) -> str:
    r"""A text on one line in which every character can be seen and every format can carry it.

    Control characters, marks of direction and the like become escapes; the joiners that Persian spelling
    needs stay.

    >>> print(visible("a\x01b"))
    a\x01b
    """
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() or one in _JOINERS else one.encode("unicode_escape").decode() for one in text
    )


def quoted(value: object) -> str:
    """A value in a message: as it is written, cut where it is long.

    >>> quoted("x" * 100)[-4:]
    'xxx…'
    """
    text = repr(value[: 2 * _LONGEST] if isinstance(value, str) else value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "…"


def told(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that only follow from others."""
    return [finding for finding in findings if finding.severity != FOLLOWS]


class CorpusError(InputError):
    """The annotated sources or entities cannot be built; ``problems`` lists all that is wrong."""


def corpus_error(findings: Iterable[Finding], then: str = "") -> CorpusError:
    """All findings of a run as one error, in order of file and line.

    Args:
        findings: the findings, each with its own remedy.
        then: what to do besides; nothing by default.
    """
    ordered = tuple(str(finding) for finding in sorted(set(told(findings))))
    count = f"{len(ordered)} problem{'s' if len(ordered) != 1 else ''} in the input"
    return CorpusError("\n".join([count, *ordered]), then, ordered)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy that names the nearest known words.

    >>> did_you_mean("recognises", ["recognizes", "opposes"], "see the ontology")
    "did you mean 'recognizes'?"
    """
    near = near_words(word, known)
    if not near:
        return otherwise
    return "did you mean " + " or ".join(repr(match) for match in near) + "?"


def near_words(word: str, known: Iterable[str]) -> list[str]:
    """The known words that resemble a word, the nearest first.

    >>> near_words("holdr", ["holder", "modality"])
    ['holder']
    """
    return get_close_matches(word[: 2 * _LONGEST], list(known), n=3, cutoff=0.72)

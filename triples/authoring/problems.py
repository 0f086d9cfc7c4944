"""One shape for everything that can be wrong with an input file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from araxes.ontology.errors import InputError


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, where, and what to do.

    Attributes:
        path: the file.
        line: 1-based line, 0 for the file as a whole.
        subject: id of the claim, entity or source concerned, or empty.
        message: what is wrong.
        remedy: what to do about it.
    """

    path: Path
    line: int
    subject: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """One line, in the form that editors and terminals make clickable.

        >>> print(Problem(Path("a.yaml"), 3, "claim/x/1", "no holder", "add one"))
        a.yaml:3: [claim/x/1] no holder → add one
        """
        where = f"{shown(self.path)}:{self.line}" if self.line else shown(self.path)
        subject = f" [{self.subject}]" if self.subject else ""
        return f"{where}:{subject} {self.message} → {self.remedy}"


def shown(path: Path) -> str:
    """A path as a user in this folder would type it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


class CorpusError(InputError):
    """The annotated sources or entities cannot be built; ``problems`` lists all that is wrong."""


def corpus_error(problems: Iterable[Problem]) -> CorpusError:
    """All problems of a run as one error, in order of file and line."""
    ordered = tuple(str(problem) for problem in sorted(set(problems)))
    count = f"{len(ordered)} problem{'s' if len(ordered) != 1 else ''} in the input"
    return CorpusError(
        "\n".join([count, *ordered]),
        "correct the places named above and build again; the store that was there keeps serving",
        ordered,
    )


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy that names the nearest known words.

    >>> did_you_mean("recognises", ["recognizes", "opposes"], "see the ontology")
    "did you mean 'recognizes'?"
    """
    near = get_close_matches(word, list(known), n=3, cutoff=0.72)
    if not near:
        return otherwise
    return "did you mean " + " or ".join(repr(match) for match in near) + "?"

"""Which modules of corpora are worked with beside our own, and what is kept for each set of them.

Servers and evaluators need this without an RDF library; :mod:`araxes.ontology.own_modules` reads modules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import TypeVar

from araxes.ontology.namespaces import AX, ONTOLOGY

_Cached = TypeVar("_Cached", bound=Callable[..., object])


@dataclass(frozen=True)
class OwnModule:
    """The module of a corpus.

    Attributes:
        name: by which pages know it, made of its namespace.
        space: namespace of its terms; the IRI of the module is the same without the slash.
        terms: local names of the terms that it declares.
        working: what it says as N-Triples, its terms under our namespace.
        files: the files that it was read from; none for one that was found in a dataset.
    """

    name: str
    space: str
    terms: frozenset[str]
    working: str
    files: tuple[Path, ...] = ()

    @property
    def homes(self) -> dict[str, str]:
        """The IRIs under which its terms and itself are worked with → their own."""
        terms = {AX + name: self.space + name for name in self.terms}
        return {**terms, f"{ONTOLOGY}/module/{self.name}": self.space[:-1]}


def space_of(namespace: str) -> str:
    """The namespace of the terms that the corpus of a namespace declares."""
    return f"{namespace}ontology/"


_in_use: tuple[OwnModule, ...] = ()


def per_ontology(function: _Cached) -> _Cached:
    """Keep what a function makes of the ontology, for each set of modules that was in use."""
    kept = cache(lambda _modules, *arguments: function(*arguments))

    @wraps(function)
    def of_ontology(*arguments: object) -> object:
        return kept(_in_use, *arguments)

    return of_ontology  # type: ignore[return-value]


def use_modules(modules: Iterable[OwnModule] = ()) -> None:
    """From now on the ontology of this process is ours with these modules.

    One run of a verb is about one set of corpora, so this is told once, before anything is read.
    """
    global _in_use  # noqa: PLW0603 - the ontology of a process, as the files on disk are
    _in_use = tuple(modules)


def modules_in_use() -> tuple[OwnModule, ...]:
    """The modules that are in use beside ours."""
    return _in_use


def homes_of_terms() -> dict[str, str]:
    """The IRIs under which modules in use and their terms are worked with → their own."""
    return {working: own for module in _in_use for working, own in module.homes.items()}

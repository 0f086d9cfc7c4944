"""The rules of disagreement.

Each is a SPARQL query in ``rules/*.rq`` whose rows are pairs of claims with the statement of each, headed by
``# kind:`` and ``# about:``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from araxes.ontology.namespaces import PREFIXES, RDF
from araxes.triples.authoring.headed_queries import read_headed_queries

RULES = Path(__file__).parent / "rules"
"""Folder of the rules."""


@dataclass(frozen=True)
class Rule:
    """One rule: its name, the kind of case it finds, what it is about, and its query."""

    name: str
    kind: str
    about: str
    query: str


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


@cache
def terms_asked() -> frozenset[str]:
    """IRIs of all terms that a rule names: nothing else of a record can decide what it finds.

    >>> RDF + "type" in terms_asked()
    True
    """
    named = {match for rule in rules() for match in re.findall(r"\b(\w+):(\w+)", rule.query)}
    return frozenset(
        {RDF + "type", *(PREFIXES[prefix] + name for prefix, name in named if prefix in PREFIXES)}
    )

"""What the rules find among the claims of one part of a corpus.

They are asked of a store that holds what all parts share (:mod:`.background`) and the facts of the claims of
one part (:mod:`.rule_facts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from araxes.ontology.namespaces import PREFIXES, local_name
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.derived.claim_graphs import Triple
from araxes.validation.disagreement.background import Background
from araxes.validation.disagreement.rule_facts import ClaimFacts
from araxes.validation.disagreement.rule_files import Rule, rules
from araxes.validation.disagreement.working import WORKING


@dataclass(frozen=True, order=True)
class Statement:
    """What the claims of one side state or deny.

    Attributes:
        triple: subject and object in N-Triples form, the property's bare IRI between them.
        denied: whether the claims deny it.
        degree: local name of the degree to which they make it, where it is the degrees that differ.
    """

    triple: Triple
    denied: bool = False
    degree: str = ""


@dataclass(frozen=True)
class RulePair:
    """What a rule finds: two claims, the statement of each as compared and as said, and their matter."""

    rule: str
    kind: str
    key: str
    pair: tuple[str, str]
    sides: tuple[Statement, Statement]
    said: tuple[tuple[str, Triple], tuple[str, Triple]]
    matter: str


def rows_of_part(background: Background, facts: list[ClaimFacts]) -> Iterator[RulePair]:
    """What the rules find among the claims of a part; a matter on which one claim speaks is none."""
    claims = Counter(key for each in facts for key in each.matters)
    store = ox.Store()
    together = [each for each in facts if any(claims[key] > 1 for key in each.matters)]
    if not together:
        return
    for quads in (background.quads, b"".join(each.quads for each in together)):
        store.bulk_load(input=quads, format=ox.RdfFormat.N_QUADS)
    words = vocabulary()
    for rule in rules():
        yield from _rows(store, rule, words)


def _rows(store: ox.Store, rule: Rule, words: Vocabulary) -> Iterator[RulePair]:
    results = store.query(rule.query, prefixes={**PREFIXES, "w": WORKING})
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - rules are SELECT queries
    names = {variable.value for variable in results.variables}

    def given(row: ox.QuerySolution, name: str) -> str:
        return str(row[name].value) if name in names and row[name] is not None else ""

    for row in results:
        first = str(row["subject"]), row["property"].value, str(row["object"])
        second = str(row["other_subject"]), row["other_property"].value, str(row["other_object"])
        one = Statement(_plain(words, first), degree=local_name(given(row, "degree")))
        denied, degree = given(row, "denied") == "true", local_name(given(row, "other_degree"))
        two = Statement(_plain(words, second), denied, degree)
        key = given(row, "key") or " ".join(sorted({" ".join(one.triple), " ".join(two.triple)}))
        pair = row["claim"].value, row["against"].value
        said = (pair[0], first), (pair[1], second)
        yield RulePair(rule.name, rule.kind, key, pair, (one, two), said, given(row, "matter"))


def _plain(words: Vocabulary, triple: Triple) -> Triple:
    """A statement; of a symmetric relation always the same one of its two directions."""
    subject, iri, value = triple
    declared = words.properties.get(local_name(iri))
    ends = [subject, value]
    if declared is not None and declared.symmetric:
        ends.sort()
    return ends[0], iri, ends[1]

"""Which competency question uses which terms of the ontology.

A question *serves* a term in one of two ways:

1. It **names** the term: the term's IRI stands in the query, in a triple, a path, VALUES, BIND or a filter.
   Comments and declarations of prefixes do not count.
2. It **reaches** the term and its expected answer **shows** it: a cell of the answer is the term's IRI or
   its label. A class or property is reached by a path ``rdfs:subClassOf*`` or ``rdfs:subPropertyOf*`` (also
   with ``+``, or as the last step of a sequence) whose upper end is a term above it, given directly
   or through VALUES, BIND, ``=`` or IN. A controlled individual is reached where the query names one of its
   classes, or a property that has one as range.

So ``?s ?p ?o`` serves nothing, and a question about all events serves the kinds that its answer tells apart.

``python -m araxes.validation.question_terms`` writes what it finds into ``questions/terms.tsv``, one line for
each question, so that nobody has to parse the queries in order to show which questions a term serves.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path as FilePath

from rdflib import RDFS, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from araxes.ontology.namespaces import AX, local_name
from araxes.ontology.reference import entries_by_name
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.headed_queries import text_of
from araxes.validation.questions import QUESTIONS, Question, read_questions

_HIERARCHIES = (RDFS.subClassOf, RDFS.subPropertyOf)


TOO_DEEP = "too much stands within each other, or one after the other"
"""What is said of a query that rdflib comes to no end of."""

REPAIR = "python -m araxes.validation.question_terms"
"""The command that renews the table."""

TABLE = QUESTIONS / "terms.tsv"
"""Each question with the terms that it names and those that its answer shows."""


@dataclass(frozen=True)
class ServedTerms:
    """The terms that a question serves, by local name.

    Attributes:
        named: terms that stand in the query.
        shown: further terms that it reaches and its expected answer shows.
    """

    named: frozenset[str]
    shown: frozenset[str]

    @property
    def terms(self) -> frozenset[str]:
        """All of them."""
        return self.named | self.shown


def served(question: Question) -> ServedTerms:
    """The terms that a question serves.

    Raises:
        ValueError: rdflib cannot parse the query.
    """
    algebra = _algebra(question.query, question.name)
    named = _named(algebra)
    return ServedTerms(named, (_reached(algebra, named, vocabulary()) & _shown(question)) - named)


def table_text(questions: Iterable[Question]) -> str:
    """The table of questions and terms.

    Raises:
        ValueError: rdflib cannot parse a query.
    """
    rows = ["question\tnames\tshows"]
    for question in questions:
        found = served(question)
        rows.append("\t".join((question.name, " ".join(sorted(found.named)), " ".join(sorted(found.shown)))))
    return "\n".join(rows) + "\n"


def terms_served(question: Question) -> frozenset[str]:
    """The terms that a question serves: as the table beside it has it, or worked out.

    Raises:
        ValueError: rdflib cannot parse the query.
    """
    listed = _table_of(question.path.with_name(TABLE.name)).get(question.path.stem)
    return served(question).terms if listed is None else listed


@cache
def _table_of(path: FilePath) -> dict[str, frozenset[str]]:
    """Each question of a table with its terms; nothing where there is no table."""
    lines = text_of(path).splitlines()[1:] if path.is_file() else []
    rows = (line.split("\t") for line in lines)
    return {name: frozenset(" ".join(terms).split()) for name, *terms in rows}


@cache
def questions_by_term() -> dict[str, tuple[Question, ...]]:
    """Each term that questions serve, by local name, with those questions, as the table has it."""
    found: dict[str, tuple[Question, ...]] = {}
    table = _table_of(TABLE)
    for question in read_questions():
        for term in table.get(question.name, ()):
            found[term] = (*found.get(term, ()), question)
    return found


def named_terms(query: str) -> frozenset[str]:
    """Local names of the terms that a query names.

    Raises:
        ValueError: rdflib cannot parse the query.

    >>> sorted(named_terms("PREFIX ax: <https://w3id.org/araxes/ontology/> "
    ...                    "SELECT * { ?s ax:actor|^ax:leads ?o } # ax:State"))
    ['actor', 'leads']
    """
    return _named(_algebra(query))


def reached_terms(query: str) -> frozenset[str]:
    """Local names of the terms that a query reaches from those it names.

    Raises:
        ValueError: rdflib cannot parse the query.
    """
    algebra = _algebra(query)
    return _reached(algebra, _named(algebra), vocabulary())


def unknown_terms(query: str) -> frozenset[str]:
    """Names in the ontology's namespace that a query uses and no module declares.

    Raises:
        ValueError: rdflib cannot parse the query.
    """
    return frozenset(_names(_algebra(query)) - entries_by_name().keys())


@lru_cache(maxsize=256)
def _algebra(query: str, name: str = "query") -> object:
    try:
        return prepareQuery(query).algebra
    except RecursionError:
        raise ValueError(f"{name}: {TOO_DEEP}: ask a simpler question") from None
    except Exception as error:  # rdflib raises what its parser, and the checks after it, happen to raise
        raise ValueError(f"{name}: rdflib cannot read the query: {error}") from error


def _named(algebra: object) -> frozenset[str]:
    return frozenset(_names(algebra) & entries_by_name().keys())


def _names(algebra: object) -> set[str]:
    return {local_name(part) for part in _parts(algebra) if isinstance(part, URIRef) and part.startswith(AX)}


def _parts(node: object) -> Iterator[object]:
    """Everything in a query's algebra, inner nodes before what they hold."""
    yield node
    if isinstance(node, CompValue | dict):
        inner: Iterable[object] = [*node.keys(), *node.values()]
    elif isinstance(node, list | tuple | set | frozenset):
        inner = node
    elif isinstance(node, Path):
        inner = _steps(node)
    else:
        return
    for each in inner:
        yield from _parts(each)


def _steps(path: Path) -> list[object]:
    if isinstance(path, SequencePath | AlternativePath | NegatedPath):
        return list(path.args)
    if isinstance(path, MulPath):
        return [path.path]
    return [path.arg] if isinstance(path, InvPath) else []


def _reached(algebra: object, named: frozenset[str], words: Vocabulary) -> frozenset[str]:
    tops = _tops(algebra)
    kinds = set(named)
    for name in named & words.properties.keys():
        kinds |= words.properties[name].range
    return frozenset(
        {name for name, above in words.classes.items() if above & tops}
        | {name for name in words.properties if words.superproperties(name) & tops}
        | {name for name, classes in words.individuals.items() if classes & kinds}
    )


def _tops(algebra: object) -> set[str]:
    """Local names of the terms from which the query goes down a hierarchy."""
    constants = _constants(algebra)
    tops: set[str] = set()
    for part in _parts(algebra):
        if isinstance(part, tuple) and len(part) == 3 and _climbs(part[1]):
            upper = part[2]
            tops |= constants.get(upper, set()) if isinstance(upper, Variable) else {str(upper)}
    return {local_name(iri) for iri in tops if iri.startswith(AX)}


def _climbs(predicate: object) -> bool:
    last = predicate.args[-1] if isinstance(predicate, SequencePath) else predicate
    return isinstance(last, MulPath) and last.mod in ("*", "+") and last.path in _HIERARCHIES


def _constants(algebra: object) -> dict[Variable, set[str]]:
    """The IRIs that VALUES, BIND, ``=`` and IN give to each variable."""
    found: dict[Variable, set[str]] = {}

    def give(variable: object, values: object) -> None:
        if isinstance(variable, Variable):
            iris = values if isinstance(values, list) else [values]
            found.setdefault(variable, set()).update(str(iri) for iri in iris if isinstance(iri, URIRef))

    for part in _parts(algebra):
        if not isinstance(part, CompValue):
            continue
        if part.name == "values":
            for row in part.res:
                for variable, value in row.items():
                    give(variable, value)
        elif part.name == "Extend":
            give(part.var, part.expr)
        elif part.name == "RelationalExpression" and part.op in ("=", "IN"):
            give(part.expr, part.other)
    return found


def _shown(question: Question) -> frozenset[str]:
    """Local names of the terms whose IRI or label is a cell of the expected answer."""
    cells = {cell for row in csv.reader(question.expected[1:]) for cell in row}
    return frozenset(
        name
        for name, entry in entries_by_name().items()
        if not cells.isdisjoint({entry.iri, *entry.label.values()})
    )


if __name__ == "__main__":
    write_whole(TABLE, table_text(read_questions()))
    sys.stdout.write("terms.tsv renewed\n")

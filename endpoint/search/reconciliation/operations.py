"""What the Reconciliation Service API 0.2 answers: one call from an operation and its arguments to JSON data.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. No request, no store, no
input or output: :mod:`araxes.endpoint.search.reconciliation.requests` checks what arrives, and whoever holds
an index calls :func:`perform`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypedDict

from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.reconciliation.candidates import match_batch
from araxes.endpoint.search.reconciliation.property_values import extend, preview, propose
from araxes.endpoint.search.reconciliation.requests import (
    Extension,
    Query,
    parse_batch,
    parse_extension,
)
from araxes.endpoint.search.reconciliation.suggestions import (
    suggest_entities,
    suggest_properties,
    suggest_types,
)

Operation = Literal[
    "match", "suggest-entity", "suggest-type", "suggest-property", "extend", "propose", "preview"
]


Version = Literal["0.2", "1.0-draft"]
"""Of the API; what the draft answers is in :mod:`araxes.endpoint.search.reconciliation.draft_operations`."""


class Arguments(TypedDict, total=False):
    """What an operation needs, as plain JSON data.

    Attributes:
        queries: the checked batch ("match").
        extension: the checked ids and properties ("extend").
        text: the prefix ("suggest-…"), the class ("propose"), the id ("preview").
        start: suggestions to leave out ("suggest-entity").
        most: properties at most ("propose").
    """

    queries: dict[str, Query]
    extension: Extension
    text: str
    start: int
    most: int


_OPERATIONS: Mapping[Operation, Callable[[Index, Arguments], Mapping[str, object]]] = {
    "match": lambda index, given: match_batch(index, given["queries"]),
    "suggest-entity": lambda index, given: {"result": suggest_entities(index, given["text"], given["start"])},
    "suggest-type": lambda index, given: {"result": suggest_types(index, given["text"])},
    "suggest-property": lambda index, given: {"result": suggest_properties(index, given["text"])},
    "extend": lambda index, given: extend(index, given["extension"]),
    "propose": lambda index, given: {
        "type": given["text"],
        "limit": given["most"],
        "properties": propose(index, given["text"], given["most"]),
    },
    "preview": lambda index, given: preview(index, given["text"]),
}


def perform(index: Index, operation: Operation, arguments: Arguments) -> Mapping[str, object]:
    """Carry out an operation.

    Args:
        index: of the dataset that is served.
        operation: its name.
        arguments: those that it needs, checked.

    Returns:
        The answer, which JSON can carry.

    Raises:
        HttpProblem: 400, a property is unknown; 404, there is no such entity.
    """
    return _OPERATIONS[operation](index, arguments)


def perform_text(
    index: Index, operation: Operation, text: str, start: int, most: int
) -> Mapping[str, object]:
    """Check what a client sent, and carry out the operation.

    Args:
        index: of the dataset that is served.
        operation: its name.
        text: of the field: JSON for "match" and "extend"; else the prefix, the class or the id.
        start: suggestions to leave out.
        most: properties at most.

    Returns:
        The answer, which JSON can carry.

    Raises:
        HttpProblem: 400 and 413, something about the text is wrong; 404, there is no such entity.
    """
    if operation == "match":
        return perform(index, operation, {"queries": parse_batch(text)})
    if operation == "extend":
        return perform(index, operation, {"extension": parse_extension(text)})
    return perform(index, operation, {"text": text, "start": start, "most": most})

"""What the draft of the Reconciliation Service API 1.0 answers: one call from an operation to JSON data.

https://reconciliation-api.github.io/specs/1.0-draft/. No request, no store, no input or output:
:mod:`.draft_requests` checks what arrives, and whoever holds an index calls
:func:`perform_draft`. Previews are those of version 0.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.reconciliation.draft_candidates import match_queries
from araxes.endpoint.search.reconciliation.draft_requests import parse_columns, parse_query_batch
from araxes.endpoint.search.reconciliation.draft_suggestions import (
    draft_entities,
    draft_properties,
    draft_types,
)
from araxes.endpoint.search.reconciliation.draft_texts import Texts
from araxes.endpoint.search.reconciliation.draft_values import extend_table, propose_properties
from araxes.endpoint.search.reconciliation.operations import Operation
from araxes.endpoint.search.reconciliation.property_values import preview


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What a client sent.

    Attributes:
        text: unchecked: the body of "match" and "extend"; else the prefix, the class or the id.
        start: suggestions to leave out.
        most: suggestions or properties at most; 0 for as many as usual.
        languages: in which names are wanted, the preferred first.
    """

    text: str
    start: int
    most: int
    languages: tuple[str, ...]


_OPERATIONS: Mapping[Operation, Callable[[Index, DraftRequest, Texts], Mapping[str, object]]] = {
    "match": lambda index, asked, texts: match_queries(index, parse_query_batch(asked.text), texts),
    "suggest-entity": lambda index, asked, texts: {
        "result": draft_entities(index, asked.text, asked.start, asked.most, texts)
    },
    "suggest-type": lambda index, asked, texts: {
        "result": draft_types(index, asked.text, asked.start, asked.most, texts)
    },
    "suggest-property": lambda index, asked, texts: {
        "result": draft_properties(index, asked.text, asked.start, asked.most, texts)
    },
    "extend": lambda index, asked, texts: extend_table(index, parse_columns(asked.text), texts),
    "propose": lambda index, asked, texts: propose_properties(index, asked.text, asked.most, texts),
    "preview": lambda index, asked, _: preview(index, asked.text),
}


def perform_draft(index: Index, operation: Operation, asked: DraftRequest) -> Mapping[str, object]:
    """Check what a client sent, and carry out the operation.

    Args:
        index: of the dataset that is served.
        operation: its name.
        asked: what was sent.

    Returns:
        The answer, which JSON can carry.

    Raises:
        HttpProblem: 400 and 413, something about the request is wrong; 404, there is no such entity.
    """
    return _OPERATIONS[operation](index, asked, Texts(index, asked.languages))

"""Types that a claim gives to an entity, against those of the entity's record."""

from __future__ import annotations

from collections.abc import Iterator

from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import as_list
from araxes.triples.authoring.findings import Finding
from araxes.validation.gate.wording.worded_claim import WordedClaim


def other_type(worded: WordedClaim) -> Iterator[Finding]:
    """A type that is neither one of the record's nor above or below one of them."""
    for index, statement in enumerate(worded.statements):
        record = worded.records.get(str(statement.get("id")))
        if record is None or "type" not in statement:
            continue
        own = [str(kind) for kind in as_list(record.data["type"])]
        for kind in map(str, as_list(statement["type"])):
            if not any(_one_line(kind, other) for other in own):
                message = f"{record.id} is a {kind} here, and a {' and '.join(own)} in its record"
                remedy = "give the type of the record, or correct the record"
                yield worded.finding("type-differs", message, remedy, "asserts", index, "type")


def _one_line(one: str, other: str) -> bool:
    """Whether two classes are the same, or one is above the other."""
    above = vocabulary().classes
    return one in above.get(other, ()) or other in above.get(one, ())

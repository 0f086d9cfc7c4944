"""Links laid before a person: what each joins, on what evidence; and the answers written into the table.

Answers are ``reviewer_id`` and ``reviewer_agreement`` of SSSOM 1.1 (1 agrees, -1 disagrees, 0 cannot tell).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from araxes.triples.authoring.corpus import Corpus, as_list
from araxes.triples.wikidata.sssom_tables import COLUMNS, REVIEW_COLUMNS, MappingRow, MappingTable

AGREEMENT = {"y": "1.0", "n": "-1.0", "u": "0.0"}
"""What a person may answer, and what it is in the table."""


def open_links(tables: Iterable[MappingTable], every: bool) -> list[MappingRow]:
    """The rows that join two things, those that somebody has looked at only if all are wanted."""
    rows = [row for table in tables for row in table.rows if row.found]
    return [row for row in rows if every or not row["reviewer_id"]]


def card(row: MappingRow, corpus: Corpus) -> str:
    """A link as a person needs it to decide: both sides with names, class and description; evidence."""
    data = next((each.data for each in corpus.entities if f"araxes:{each.id}" == row["subject_id"]), {})
    names = [
        f"{language}: {' / '.join(map(str, as_list(text)))}"
        for key in ("label", "altLabel")
        for language, text in _mapping(data.get(key)).items()
    ]
    told = [
        f"{row['subject_id']}  “{row['subject_label']}”  {' '.join(map(str, as_list(data.get('type', []))))}",
        *names,
        *(str(text) for text in _mapping(data.get("description")).values()),
        f"{row['predicate_id']}  {row['object_id']}  “{row['object_label']}”"
        + (f"  confidence {row['confidence']}" if row["confidence"] else ""),
        *(f"- {each.strip()}" for each in row["evidence"].split(" ; ")),
    ]
    if row["comment"]:
        told.append(f"comment: {row['comment']}")
    if row["reviewer_id"]:
        told.append(f"seen by {row['reviewer_id']}: {row['reviewer_agreement']}")
    return "\n    ".join(told)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def reviewed(text: str, answers: Mapping[int, tuple[str, str]]) -> str:
    """A table's text with the answers in it, all else as it was.

    Args:
        text: the table.
        answers: line → (reviewer's CURIE, answer of :data:`AGREEMENT`).
    """
    lines = text.splitlines()
    header = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    width = len(COLUMNS)
    for number in range(header, len(lines)):
        cells = lines[number].split("\t")
        if len(cells) == width:
            cells += REVIEW_COLUMNS if number == header else ("", "", "")
        if number + 1 in answers:
            reviewer, answer = answers[number + 1]
            cells[width : width + 2] = [reviewer, AGREEMENT[answer]]
        lines[number] = "\t".join(cells)
    return "\n".join(lines) + "\n"

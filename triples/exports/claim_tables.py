"""Tables of the claims and their passages with fixed columns, for pandas, R and spreadsheets.

CSV follows RFC 4180 in UTF-8; a cell that could hold several values holds them separated by a space
(IRIs, statements) or by ``; `` (labels).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import IO

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, OA, RDFS, local_name
from araxes.ontology.oxigraph_terms import PARAPHRASE
from araxes.triples.derived.claim_graphs import read_claim_graphs
from araxes.triples.labels import Description

CLAIM_COLUMNS = (
    "claim",
    "source",
    "source_file",
    "kind",
    "modality",
    "holder",
    "holder_label",
    "author_stance",
    "certainty",
    "polarity",
    "period_edtf",
    "period_basis",
    "paraphrase_en",
    "paraphrase_fa",
    "statements",
)
"""Columns of the table of claims; paraphrases in further languages have further columns."""

PASSAGE_COLUMNS = ("claim", "source_file", "source_sha256", "start", "end", "slice_sha256")
"""Columns of the table of passages; ``start`` and ``end`` count code points, end exclusive."""


def claim_columns(dataset: ox.Dataset) -> tuple[str, ...]:
    """The columns of :func:`claim_rows`: one for paraphrases in each language that there is."""
    further = [f"paraphrase_{tag}" for tag in _further(dataset)]
    return (*CLAIM_COLUMNS[:-1], *further, CLAIM_COLUMNS[-1])


def _further(dataset: ox.Dataset) -> list[str]:
    """The languages of paraphrases beside those of the pages."""
    found = {
        quad.object.language
        for quad in dataset
        if quad.predicate == PARAPHRASE and isinstance(quad.object, ox.Literal) and quad.object.language
    }
    return sorted(found - set(LANGUAGES))


def claim_rows(dataset: ox.Dataset) -> Iterator[dict[str, str]]:
    """One row for each claim, in order of IRI."""
    about, languages = Description(dataset), (*LANGUAGES, *_further(dataset))
    for iri, claim in read_claim_graphs(dataset).items():
        labels = [
            about.one(holder, RDFS + "label", "en") or about.one(holder, RDFS + "label") or holder
            for holder in claim.holders
        ]
        yield {
            "claim": iri,
            "source": claim.source,
            "source_file": _file_name(about, claim.source),
            "kind": claim.kind,
            "modality": claim.modality,
            "holder": " ".join(claim.holders),
            "holder_label": "; ".join(labels),
            "author_stance": claim.stance,
            "certainty": local_name(about.one(iri, AX + "certainty")),
            "polarity": local_name(about.one(iri, AX + "polarity")),
            "period_edtf": about.one(iri, AX + "period"),
            "period_basis": local_name(about.one(iri, AX + "periodBasis")),
            **{f"paraphrase_{tag}": about.one(iri, AX + "paraphrase", tag) for tag in languages},
            "statements": " ".join(
                f"{quad.subject} {quad.predicate} {quad.object} ." for quad in claim.quads
            ),
        }


def passage_rows(dataset: ox.Dataset) -> Iterator[dict[str, str]]:
    """One row for each passage, in order of claim and place."""
    about = Description(dataset)
    for iri, claim in read_claim_graphs(dataset).items():
        text = about.one(claim.source, AX + "sourceText")
        rows = []
        for passage in about.all(iri, AX + "passage"):
            selector = about.one(passage, OA + "hasSelector")
            rows.append(
                {
                    "claim": iri,
                    "source_file": about.one(text, AX + "fileName"),
                    "source_sha256": about.one(text, AX + "sha256"),
                    "start": about.one(selector, OA + "start"),
                    "end": about.one(selector, OA + "end"),
                    "slice_sha256": about.one(passage, AX + "sha256"),
                }
            )
        yield from sorted(rows, key=lambda row: (int(row["start"]), int(row["end"])))


def write_table(
    rows: Iterable[dict[str, str]], columns: Iterable[str], out: IO[str], delimiter: str = ","
) -> int:
    """Write rows under a header line; the number of rows is returned."""
    writer = csv.DictWriter(out, list(columns), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count


def _file_name(about: Description, source: str) -> str:
    return about.one(about.one(source, AX + "sourceText"), AX + "fileName")


def claim_id(iri: str) -> str:
    """The id of a claim as its YAML file has it.

    >>> claim_id("https://w3id.org/araxes/claim/irna-2019/012")
    'claim/irna-2019/012'
    """
    return iri.removeprefix(BASE)

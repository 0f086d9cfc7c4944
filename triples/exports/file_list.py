"""The files that the dataset is offered as, listed without what makes them: the service reads it, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from araxes.ontology.languages import LANGUAGES
from araxes.triples.exports.table_columns import tables

GZIP = ".gz"
"""What the name of a compressed file adds."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file.

    Attributes:
        name: of the file.
        media_type: of its content.
        group: key of the group that it is listed in.
        title: what it holds, by language.
        table: name of the table that it is, if it is one that is described.
    """

    name: str
    media_type: str
    group: str
    title: Mapping[str, str]
    table: str = ""


def _titled(*texts: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, texts, strict=True))


def _table(name: str) -> DataFile:
    table = tables()[name]
    return DataFile(f"{name}.csv", "text/csv", "tables", table.title, name)


_RDF = (
    DataFile(
        "araxes.trig",
        "application/trig",
        "dataset",
        _titled("The dataset (TriG)", "مجموعه‌داده (TriG)"),
    ),
    DataFile(
        "araxes.nq",
        "application/n-quads",
        "dataset",
        _titled("The dataset (canonical N-Quads)", "مجموعه‌داده (N-Quads متعارف)"),
    ),
    DataFile(
        "ontology.ttl",
        "text/turtle",
        "ontology",
        _titled("The ontology in one file (Turtle)", "هستان‌شناسی در یک پرونده (Turtle)"),
    ),
    DataFile(
        "protege.owl",
        "application/rdf+xml",
        "ontology",
        _titled(
            "For Protégé: claims as individuals, without passages and disputes",
            "برای Protégé: ادعاها به شکل فرد، بدون گذرها و اختلاف‌ها",
        ),
    ),
    DataFile(
        "protege-claims-as-annotations.owl",
        "application/rdf+xml",
        "ontology",
        _titled(
            "For Protégé: claims as annotations of what they state",
            "برای Protégé: ادعاها به شکل یادداشتِ آنچه بیان می‌کنند",
        ),
    ),
    DataFile(
        "protege-with-disputes.owl",
        "application/rdf+xml",
        "ontology",
        _titled(
            "For Protégé, with disputes",
            "برای Protégé، با اختلاف‌ها",
        ),
    ),
    DataFile(
        "protege-with-passages.owl",
        "application/rdf+xml",
        "ontology",
        _titled(
            "For Protégé, with passages and disputes: all that the dataset holds",
            "برای Protégé، با گذرها و اختلاف‌ها: همهٔ مجموعه‌داده",
        ),
    ),
)

_OTHERS = (
    DataFile(
        "mappings.sssom.tsv",
        "text/tab-separated-values",
        "tables",
        _titled(
            "Links to Wikidata and other authority files (SSSOM)", "پیوندها به ویکی‌داده و دیگران (SSSOM)"
        ),
    ),
    DataFile(
        "actors.graphml",
        "application/graphml+xml",
        "graphs",
        _titled(
            "Relations between actors, weighted by claims (GraphML)",
            "رابطه‌های کنشگران، با وزن ادعاها (GraphML)",
        ),
    ),
    DataFile(
        "actors.gexf",
        "application/gexf+xml",
        "graphs",
        _titled(
            "Relations between actors, weighted by claims (GEXF, for Gephi)",
            "رابطه‌های کنشگران، با وزن ادعاها (GEXF برای Gephi)",
        ),
    ),
    DataFile(
        "dictionary.csv",
        "text/csv",
        "about",
        _titled("Data dictionary: every column of every table", "واژه‌نامهٔ داده: همهٔ ستون‌های همهٔ جدول‌ها"),
    ),
)

FILES: Mapping[str, DataFile] = {
    file.name: file for file in (*_RDF, *(_table(name) for name in tables()), *_OTHERS)
}
"""Every file by name, in the order in which they are listed."""

"""What a YAML file is, wherever it lies: an annotated source, entities, a draft or a mapping of a table."""

from __future__ import annotations

from typing import Any

from araxes.triples.authoring.findings import Finding
from araxes.triples.authoring.yaml_lines import Document

_WHAT = {
    "source": "an annotated source",
    "entities": "a list of entities",
    "draft": "a draft, whose quotes are no passages yet",
    "mapping": "a mapping of a table",
}


def kind_of_file(data: Any) -> str:
    """``source``, ``entities``, ``draft`` or ``mapping``; empty for what is none of them.

    >>> kind_of_file({"source": "source/x", "claims": [{"quote": "…"}]})
    'draft'
    """
    if isinstance(data, list):
        records = [each for each in data if isinstance(each, dict)]
        return "entities" if records and all({"id", "refines"} & each.keys() for each in records) else ""
    if not isinstance(data, dict):
        return ""
    claims = data.get("claims")
    drafted = [each for each in claims if isinstance(each, dict)] if isinstance(claims, list) else []
    if "table" in data:
        return "mapping"
    if any("quote" in each for each in drafted) or {"names", "text"} & data.keys():
        return "draft"
    return "source" if "source" in data else ""


def of_another_kind(document: Document, *wanted: str) -> Finding | None:
    """What is wrong with a file that is of another kind than it is read as; nothing if it is of a wanted one.

    Args:
        document: the file.
        wanted: kinds that it may be of.
    """
    kind = kind_of_file(document.data)
    if not kind or kind in wanted:
        return None
    name = document.path.name
    makes = "--write` makes claims of it in sources/"
    remedy = {
        "source": "keep it in sources/; `araxes validate` checks it",
        "entities": "keep it in entities/",
        "draft": f"keep it beside corpus.toml: `araxes draft {name} {makes}",
        "mapping": f"keep it beside corpus.toml: `araxes table {name} {makes}",
    }[kind]
    return document.finding(f"is {_WHAT[kind]}", remedy)

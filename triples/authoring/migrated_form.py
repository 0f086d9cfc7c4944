"""What the migration takes for granted of a file, checked first: lists of records, claims of statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from araxes.triples.authoring.corpus import as_list
from araxes.triples.authoring.findings import Finding
from araxes.triples.authoring.yaml_lines import Document, Key


def form_findings(document: Document, *, entities: bool) -> Iterator[Finding]:
    """Where a file has not the form of one of entities, or of an annotated source.

    Args:
        document: the file.
        entities: whether it is to be one of entities.
    """
    if entities:
        yield from _records(document, document.data, (), "entity")
        return
    if not isinstance(document.data, dict):
        yield document.finding("is no mapping", "write `source:`, `curation:` and `claims:`")
        return
    yield from _head(document, document.data.get("source"))
    claims = document.data.get("claims", [])
    yield from _records(document, claims, ("claims",), "claim")
    for place, claim in enumerate(claims if isinstance(claims, list) else []):
        if isinstance(claim, dict):
            yield from _statements(document, claim, ("claims", place))


def _head(document: Document, source: Any) -> Iterator[Finding]:
    if not isinstance(source, str | dict):
        yield document.finding("names no source", "begin with its description, or its id", ("source",))
        return
    voice = source.get("sourceAuthor", {"id": ""}) if isinstance(source, dict) else {"id": ""}
    key: Key = ("source", "sourceAuthor")
    if not isinstance(voice, dict):
        yield document.finding("sourceAuthor is no mapping", "write it with its keys below", key)
    elif not isinstance(voice.get("id"), str):
        yield document.finding("sourceAuthor has no id", "write `id: source/…#author`", key)


def _records(document: Document, found: Any, key: Key, kind: str) -> Iterator[Finding]:
    if not isinstance(found, list):
        remedy = f"write a list with one `- id: …` for each {kind}"
        yield document.finding(f"holds no list of {kind} records", remedy, key)
        return
    for place, each in enumerate(found):
        if not isinstance(each, dict):
            remedy = "write it as `- id: …` with its keys below"
            yield document.finding(f"{kind} number {place + 1} is no mapping", remedy, (*key, place))
        else:
            named = isinstance(each.get("id"), str) or (kind == "entity" and "refines" in each)
            if not named:
                yield document.finding(f"{kind} number {place + 1} has no id", "give it one", (*key, place))
            yield from _terms(document, each, (*key, place))


def _statements(document: Document, claim: dict[str, Any], key: Key) -> Iterator[Finding]:
    statements = claim.get("asserts")
    if not isinstance(statements, list):
        message = "asserts is no list"
        yield document.finding(message, "write a list of statements", (*key, "asserts"), str(claim.get("id")))
        return
    for place, each in enumerate(statements):
        where: Key = (*key, "asserts", place)
        if not isinstance(each, dict):
            yield document.finding(f"statement number {place + 1} is no mapping", "write its keys", where)
            continue
        yield from _terms(document, each, where)
        if each.get("type") == "Denial" and not {"subject", "property"} <= each.keys():
            yield document.finding("a Denial lacks subject or property", "write both", where)


def _terms(document: Document, node: dict[str, Any], key: Key) -> Iterator[Finding]:
    """Where a word or a list of words is needed and something else stands."""
    for name in ("type", "property", "ploverType", "id", "filledBy"):
        if not all(isinstance(each, str) for each in as_list(node.get(name, ""))):
            yield document.finding(f"{name} is no word", "write a word, or a list of words", (*key, name))

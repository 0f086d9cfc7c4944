"""What a claim's statements and its stance must be for each other, within one claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.findings import Finding, quoted

LOCAL_ID = re.compile(r"#[\w.-]+")
"""The id of a node local to a claim."""


def stance_findings(claim: Record) -> Iterator[Finding]:
    """The author takes a stance to the views of others, and speaks his own views in his own voice."""
    holders = as_list(claim.data["holder"])
    if any(str(each).startswith("source/") and "#" not in str(each) for each in holders):
        return  # that a source holds no view is told
    own = holders == [f"{claim.source}#author"]
    stance = claim.data.get("authorStance")
    if not own and stance is None:
        remedy = "add `authorStance:` Endorses, Reports or Disputes"
        yield claim.finding("a view of somebody else has no author's stance", remedy, "holder")
    if own and stance not in {None, "OwnVoice"}:
        remedy = "leave authorStance out, or name the real holder"
        yield claim.finding(f"the author cannot be said to hold and {stance} a view", remedy, "authorStance")
    if not own and stance == "OwnVoice":
        remedy = "write Endorses, Reports or Disputes"
        yield claim.finding("the view of somebody else is not the author's own voice", remedy, "authorStance")


def denial_findings(claim: Record) -> Iterator[Finding]:
    """A claim whose modality is Denied denies something, and no other does."""
    denials = sum(item.get("type") == "Denial" for item in claim.data["asserts"])
    if claim.data["modality"] == "Denied" and not denials:
        remedy = "write `{type: Denial, subject: …, property: …, object: …}`"
        yield claim.finding("modality is Denied but nothing is denied", remedy, "asserts")
    if claim.data["modality"] != "Denied" and denials:
        remedy = "set `modality: Denied`, and put what is affirmed into a claim of its own"
        yield claim.finding("something is denied but modality is not Denied", remedy, "modality")


def object_or_value_findings(claim: Record, words: Vocabulary) -> Iterator[Finding]:
    """Statements that are named by a node say things with `object`, and numbers and texts with `value`."""
    for index, item in enumerate(claim.data["asserts"]):
        declared = words.properties.get(str(item.get("property", "")))
        if declared and declared.kind == "object" and "value" in item:
            message = f"the values of {declared.name} are things, and `value` says a number or text"
            yield claim.finding(message, f"write `object: {item['value']}`", "asserts", index, "value")
        elif declared and declared.kind == "data" and "object" in item:
            message = f"the values of {declared.name} are numbers or texts, and `object` says a thing"
            yield claim.finding(message, f"write `value: {item['object']}`", "asserts", index, "object")


def repeated_findings(claim: Record) -> Iterator[Finding]:
    """A statement that stands twice was hardly meant so: the second is probably not as it should be."""
    seen: list[object] = []
    for index, item in enumerate(claim.data["asserts"]):
        if item in seen:
            remedy = "leave it out, or correct what should be different in it"
            yield claim.finding("the statement stands twice", remedy, "asserts", index)
        seen.append(item)


def repeated_claims(claims: Iterable[Record]) -> Iterator[Finding]:
    """Warnings of claims that say what another says of the same passage, by the same holder."""
    said = ("asserts", "passage", "holder", "modality", "period", "degree", "condition", "accordingTo")
    first: dict[str, Record] = {}
    for claim in claims:
        key = repr([claim.source, *(claim.data.get(each) for each in said)])
        earlier = first.setdefault(key, claim)
        if earlier is not claim:
            message = f"says what {earlier.id} says, of the same passage"
            found = claim.finding(message, "leave one of them out, or say what is different in it")
            yield replace(found, severity="warning", shape="claim-repeated")


def self_findings(claim: Record) -> Iterator[Finding]:
    """Denials of a relation of a thing to itself, deeds to oneself, and values that a list names twice."""
    for index, item in enumerate(claim.data["asserts"]):
        if item.get("type") == "Denial" and item.get("subject") == item.get("object", ""):
            message = f"{item['subject']} is denied a relation to itself"
            yield claim.finding(message, "correct the subject or the object", "asserts", index, "object")
        if "actor" in item and item["actor"] == item.get("recipient"):
            message = f"{quoted(item['actor'])} is both who does it and whom it is done to"
            yield claim.finding(message, "correct `actor` or `recipient`", "asserts", index, "recipient")
        for key, values in item.items():
            twice = [each for place, each in enumerate(as_list(values)) if each in as_list(values)[:place]]
            if twice:
                message = f"{key} names {quoted(twice[0])} twice"
                yield claim.finding(message, "name each once, or correct one", "asserts", index, key)


def qualification_findings(claim: Record) -> Iterator[Finding]:
    """A qualification names a statement of the claim, affirmed or denied, or one of its subjects."""
    statements = claim.data["asserts"]
    named: set[tuple[str, ...]] = set()
    for item in statements:
        if item.get("type") == "Denial":
            value = str(item.get("object", item.get("value")))
            named |= {(item["subject"],), (item["subject"], item["property"], value)}
        elif "id" in item:
            named.add((item["id"],))
            named |= {(item["id"], key, str(v)) for key, value in item.items() for v in as_list(value)}
    for index, item in enumerate(statements):
        if item.get("type") != "Qualification":
            continue
        value = item.get("object", item.get("value"))
        parts = (item["subject"], item["property"], str(value)) if "property" in item else (item["subject"],)
        if parts not in named:
            remedy = "name subject, property and object of a statement as it stands in the claim"
            yield claim.finding("the qualification names no statement of the claim", remedy, "asserts", index)
        if not item.keys() & {"degree", "condition", "accordingTo", "modality", "manner"}:
            remedy = "add `degree:`, `condition:`, `accordingTo:`, `modality:` or `manner:`"
            yield claim.finding("the qualification says nothing", remedy, "asserts", index)


def local_node_findings(
    claim: Record, statement: dict[str, Any], where: tuple[str | int, ...]
) -> Iterator[Finding]:
    """A node local to a claim has a type and a name that no other node of the graph can have."""
    name = statement.get("id", "")
    if not name.startswith("#"):
        return
    if "type" not in statement:
        yield claim.finding(f"the local node {name} has no type", "add `type:`", *where)
    if not LOCAL_ID.fullmatch(name) or name == "#inferred":
        message = f"a local node cannot be called {quoted(name)}"
        yield claim.finding(message, "write # and letters, digits, hyphens; #inferred is taken", *where, "id")

"""Drafts: YAML in which quotes stand for offsets and names for ids; otherwise as an annotated source.

.. code-block:: yaml

    source: source/fraser-2025      # the source; or its description, as at the head of an annotated source
    text: fraser-2025.txt           # its text: beside the draft, or among the originals
    language: en                    # of names and of paraphrases without a language
    names:                          # what names of the draft mean, where it is not certain
      Minsk Group: organization/osce-minsk-group
      Middle Corridor: {type: TransportRoute, label: {en: "Middle Corridor", fa: "دالان میانی"}}
    claims:
    - quote: "words of the text"    # or {text, occurrence, within}, or a list
      paraphrase: {en: "…", fa: "…"}
      asserts:
      - [Armenia, recognizes, Azerbaijan]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from araxes.ontology.spelling import plain
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.corpus import Record, as_list, in_corpus, source_id
from araxes.triples.authoring.corpus_layers import Layers
from araxes.triples.authoring.findings import Finding, did_you_mean, quoted
from araxes.triples.authoring.json_schema import claim_schema
from araxes.triples.authoring.kinds_of_files import of_another_kind
from araxes.triples.authoring.language_tags import LANGUAGE_TAG, better_tag
from araxes.triples.authoring.yaml_lines import Document, Key, read_document

DRAFT_KEYS = ("source", "curation", "text", "language", "names", "claims")
"""Keys of a draft."""

_TIMES = ("date", "dateSolarHijri", "year", "time", "when")

QUOTE_KEYS = ("quote", "occurrence", "within", "understood")
"""Keys of a drafted claim that an annotated one does not have."""


@dataclass(frozen=True)
class Quoted:
    """A quote of a claim.

    Attributes:
        text: the words.
        occurrence: which of several places, from 1.
        within: a longer stretch in which it is looked for.
        key: where it stands in the draft.
    """

    text: str
    occurrence: int | None
    within: str
    key: Key


@dataclass(frozen=True)
class DraftedItem:
    """A claim as the draft has it.

    Attributes:
        number: its place in the draft, from 1.
        data: its mapping.
        quotes: what it quotes.
        key: its path in the draft.
    """

    number: int
    data: dict[str, Any]
    quotes: tuple[Quoted, ...]
    key: Key


@dataclass
class Draft:
    """A draft as it was read.

    Attributes:
        document: the file.
        source: id of the source.
        text: name of the text's file, or empty.
        language: of names and of paraphrases without one; empty where the draft does not say.
        names: name → what the draft says of it.
        items: the claims.
        findings: what is wrong with its form.
    """

    document: Document
    source: str
    text: str
    language: str
    names: dict[str, Any] = field(default_factory=dict)
    items: list[DraftedItem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def head(self) -> Record | None:
        """The description of the source, if the draft begins with it."""
        data = self.document.data.get("source")
        return Record("source", data, self.document, ("source",)) if isinstance(data, dict) else None


def read_draft(path: Path, words: Vocabulary, layers: Layers) -> tuple[Draft | None, list[Finding]]:
    """Read a draft.

    Args:
        path: the file.
        words: the vocabulary, for the keys of a claim.
        layers: the corpora; the draft is one of the uppermost.

    Returns:
        The draft, or ``None`` if it cannot be read as one; and what is wrong, unless it is of single claims.
    """
    document, findings = read_document(path)
    if document is None:
        return None, findings
    document = in_corpus(document, layers.top, layers)
    data = document.data
    if (other := of_another_kind(document, "draft", "source")) is not None:
        return None, [*findings, other]
    if not isinstance(data, dict) or "claims" not in data:
        remedy = "write `source:` and `claims:`; `araxes draft --guide` shows a draft"
        return None, [*findings, document.finding("is no draft", remedy)]
    findings += _unknown(document, data, DRAFT_KEYS, (), "a draft")
    named = source_id(data)
    if not named:
        remedy = "write `source: source/…`, the id of what is read (lower-case letters, digits, hyphens)"
        findings.append(document.finding("names no source", remedy, ("source",)))
    language = data.get("language")
    better = better_tag(language) if isinstance(language, str) else ""
    if language is not None and (
        better or not (isinstance(language, str) and LANGUAGE_TAG.fullmatch(language))
    ):
        remedy = f"write {better}" if better else "write its BCP 47 tag, such as en or fa"
        findings.append(document.finding(f"language: {quoted(language)} is no tag", remedy, ("language",)))
    names = data.get("names") or {}
    if not isinstance(names, dict):
        findings.append(document.finding("`names` is no mapping", "write `name: id` below it", ("names",)))
        names = {}
    draft = Draft(document, named, str(data.get("text") or ""), str(data.get("language") or ""), names)
    draft.items = list(_items(draft, words))
    draft.findings = findings + draft.findings
    return draft, []


def _items(draft: Draft, words: Vocabulary) -> Iterator[DraftedItem]:
    document, claims = draft.document, draft.document.data["claims"]
    if not isinstance(claims, list):
        remedy = "write one `- quote: …` for each claim"
        draft.findings.append(document.finding("`claims` is no list", remedy, ("claims",)))
        return
    known = (*QUOTE_KEYS, *claim_schema(words)["properties"])
    for index, data in enumerate(claims):
        key: Key = ("claims", index)
        if not isinstance(data, dict):
            remedy = "write it as `- quote: …` with its keys below"
            draft.findings.append(document.finding(f"claim {index + 1} is no mapping", remedy, key))
            continue
        subject = name_of(data, index + 1)
        draft.findings += _unknown(document, data, known, key, "a drafted claim", subject)
        yield DraftedItem(index + 1, data, tuple(_quotes(draft, data, key, subject)), key)


def name_of(data: dict[str, Any], number: int) -> str:
    """What a claim of a draft is called in findings: its id, else its place."""
    written = data.get("id")
    return written if isinstance(written, str) else f"claim {number} of the draft"


def _quotes(draft: Draft, data: dict[str, Any], key: Key, subject: str) -> Iterator[Quoted]:
    listed = as_list(data["quote"]) if "quote" in data else []
    for place, each in enumerate(listed):
        here: Key = (*key, "quote", place) if isinstance(data["quote"], list) else (*key, "quote")
        given = each if isinstance(each, dict) else {"text": each}
        if len(listed) == 1:
            given = {name: data[name] for name in ("occurrence", "within") if name in data} | given
        draft.findings += _unknown(
            draft.document, given, ("text", "occurrence", "within"), here, "a quote", subject
        )
        occurrence = given.get("occurrence")
        if occurrence is not None and (not isinstance(occurrence, int) or isinstance(occurrence, bool)):
            message = f"occurrence: {quoted(occurrence)} is no number"
            draft.findings.append(draft.document.finding(message, "write 1, 2, …", here, subject))
            occurrence = None
        yield Quoted(str(given.get("text") or ""), occurrence, str(given.get("within") or ""), here)


def _unknown(
    document: Document, data: dict[str, Any], known: tuple[str, ...], key: Key, of: str, subject: str = ""
) -> Iterator[Finding]:
    for name in data:
        if name not in known:
            remedy = did_you_mean(name, known, f"the keys of {of} are {', '.join(known)}")
            if name in _TIMES and "period" in known:
                remedy = "say with `period:` when it holds, or with `date:` in a statement when something was"
            yield document.finding(f"unknown key {quoted(name)}", remedy, (*key, name), subject)


def explained(names: dict[str, Any]) -> dict[str, Any]:
    """The names of a draft as they are compared, each with what the draft says of it."""
    return {plain(str(name)): said for name, said in names.items()}

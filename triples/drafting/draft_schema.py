"""JSON Schema of drafts: for editors, and for language models that are held to a schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.json_schema import claim_schema, entity_schema, members, statement_properties

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT, "minProperties": 1}]}
_NODE_KEYS = ("id", "type", "label", "subject", "object", "value", "manner", "amongWhich")


def draft_schema(words: Vocabulary, properties: Iterable[str] | None = None) -> Schema:
    """The schema of a draft.

    Args:
        words: the vocabulary.
        properties: the only properties that statements may have; all by default.
    """
    chosen = sorted(statement_properties(words) if properties is None else properties)
    one_or_more = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
    quote: Schema = {
        "description": "words of the text, exactly; … where words are left out",
        "anyOf": [_TEXT, _quote(), {"type": "array", "items": {"anyOf": [_TEXT, _quote()]}, "minItems": 1}],
    }
    known = claim_schema(words)["properties"]
    own: Schema = {
        "quote": quote,
        "occurrence": {"type": "integer", "minimum": 1, "description": "which of several places"},
        "within": {**_TEXT, "description": "a longer stretch of the text that has the quote once"},
        "understood": {
            "description": "names and years that the quote leaves to the context",
            "type": "array",
            "items": {"type": ["string", "integer"]},
        },
        "holder": {**one_or_more, "description": "who holds it, if not the author"},
        "paraphrase": {**_TEXTS, "description": "one sentence in your own words, by language"},
        "asserts": {"type": "array", "minItems": 1, "items": _statement(words, chosen)},
    }
    plain_keys = ("id", "type", "authorStance", "modality", "certainty", "polarity", "period", "periodBasis")
    kept = {
        name: known[name]
        for name in (*plain_keys, "degree", "condition", "accordingTo", "cites", "arguedFrom")
    }
    claim = {
        "type": "object",
        "properties": {**own, **kept},
        "required": ["quote", "paraphrase", "asserts"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A draft of Araxes",
        "type": "object",
        "properties": {
            "source": {"description": "id of the source, source/…", "type": ["string", "object"]},
            "text": {**_TEXT, "description": "name of the file of the text"},
            "language": {**_TEXT, "description": "BCP 47 tag of names and paraphrases"},
            "curation": {"type": "array"},
            "names": {"type": "object", "additionalProperties": _name(words)},
            "claims": {"type": "array", "items": claim},
        },
        "required": ["source", "claims"],
        "additionalProperties": False,
    }


def _quote() -> Schema:
    return {
        "type": "object",
        "properties": {"text": _TEXT, "occurrence": {"type": "integer", "minimum": 1}, "within": _TEXT},
        "required": ["text"],
        "additionalProperties": False,
    }


def _name(words: Vocabulary) -> Schema:
    return {
        "description": "the id of what the name means; or its class and labels, if it is new",
        "anyOf": [
            _TEXT,
            {
                "type": "object",
                "properties": {
                    "type": {"enum": sorted(words.classes.keys() - words.follows_only)},
                    "id": entity_schema(words)["properties"]["id"],
                    "label": _TEXTS,
                    "altLabel": {"type": "object"},
                    "definition": _TEXTS,
                    "unlike": {"type": "array", "items": _TEXT},
                },
                "required": ["type"],
            },
        ],
    }


def _statement(words: Vocabulary, properties: list[str]) -> Schema:
    triple: Schema = {
        "description": "subject, property, object; further objects may follow",
        "type": "array",
        "prefixItems": [_TEXT, {"enum": properties}],
        "minItems": 3,
    }
    node: Schema = {
        "description": "a node with properties; Denial and Qualification name a statement",
        "type": "object",
        "properties": {
            **{key: {} for key in _NODE_KEYS},
            "property": {"enum": properties},
            "degree": {"enum": members(words, "Degree")},
            **{key: {} for key in properties},
        },
        "additionalProperties": False,
    }
    return {"anyOf": [triple, node]}

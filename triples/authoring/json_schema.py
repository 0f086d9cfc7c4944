"""JSON Schema of the YAML files, made from the ontology: for editors, and for the first check."""

from __future__ import annotations

from typing import Any

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.vocabulary import Vocabulary

Schema = dict[str, Any]

Languages = tuple[tuple[str, ...], tuple[str, ...]]
"""Tags of the languages in which texts must be, and of those in which they may be besides."""

DEFAULT: Languages = (LANGUAGES, ())
"""Languages where no corpus says otherwise."""

_TEXT: Schema = {"type": "string", "minLength": 1}
_PART: Schema = {"type": "string", "pattern": "^source/[a-z0-9-]+#[a-z0-9-]+$"}
_FILE_NAME: Schema = {"type": "string", "pattern": r"^[^/\\]+$"}
_LANGUAGE_TAG: Schema = {"pattern": "^[a-z]{2,3}(-[A-Za-z]{1,8})?$"}
_DATE: Schema = {"type": ["string", "integer"], "description": 'EDTF, such as "1991-12-25" or "1993~"'}
_BOTH: Schema = {"description": "A text in each language of the corpus."}
_LABEL: Schema = {"description": "A label in each language of the corpus; further ones may stand beside."}
_TITLE: Schema = {
    "type": "object",
    "additionalProperties": _TEXT,
    "propertyNames": _LANGUAGE_TAG,
    "minProperties": 1,
}
_ALT: Schema = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": _TEXT, "minItems": 1},
    "propertyNames": _LANGUAGE_TAG,
}
_SPAN: Schema = {
    "type": "object",
    "properties": {
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "row": {"type": "integer", "minimum": 1},
    },
    "required": ["start", "end", "sha256"],
    "additionalProperties": False,
}


def in_languages(schema: Any, languages: Languages) -> Any:
    """A schema with its texts in the languages of a corpus."""
    required, also = languages
    if schema is _BOTH or schema is _LABEL:
        texts: Schema = {
            **schema,
            "type": "object",
            "properties": dict.fromkeys((*required, *also), _TEXT),
            "required": list(required),
        }
        other: Schema = {"additionalProperties": _TEXT, "propertyNames": _LANGUAGE_TAG}
        return texts | (other if schema is _LABEL else {"additionalProperties": False})
    if isinstance(schema, dict):
        return {key: in_languages(value, languages) for key, value in schema.items()}
    if isinstance(schema, list):
        return [in_languages(value, languages) for value in schema]
    return schema


def _one_or_more(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def _value_schema(vocabulary: Vocabulary, name: str) -> Schema:
    declared = vocabulary.properties[name]
    if name == "ploverType":
        return _one_or_more({"enum": sorted(vocabulary.scheme_values)})
    if declared.values:
        return _one_or_more({"enum": sorted(declared.values)})
    if name in {"date", "period"}:
        return _DATE
    if declared.kind == "object":
        return _one_or_more(_TEXT)
    if declared.kind == "annotation":
        return _BOTH
    kind = {"integer": ["integer"], "decimal": ["number"]}.get(
        _datatype(declared.range), ["string", "integer"]
    )
    return _one_or_more({"type": kind})


def _datatype(ranges: frozenset[str]) -> str:
    return next(iter(ranges)).rpartition("#")[2] if ranges else "string"


_MADE_BY_BUILD = {"contentDigest", "earliest", "latest", "ofSubject", "ofProperty", "ofObject", "ofValue"}
_NOT_IN_STATEMENTS = {
    "source",
    "holder",
    "modality",
    "authorStance",
    "certainty",
    "polarity",
    "curator",
    "passage",
    "arguedFrom",
    "readAs",
    "paraphrase",
    "period",
    "periodBasis",
    "horizon",
    "correction",
    "inTensionWith",
    "degree",
    "amongWhich",
    "manner",
    "condition",
    "accordingTo",
    "mentionedAs",
    "sourceText",
    "sourceAuthor",
    "sha256",
    "guideline",
    "readingOf",
    "fileName",
    "characterCount",
}


def statement_properties(vocabulary: Vocabulary) -> Schema:
    """The properties that a statement may have, each with the schema of its values."""
    return {
        name: _value_schema(vocabulary, name)
        for name in sorted(vocabulary.properties)
        if name not in _MADE_BY_BUILD | _NOT_IN_STATEMENTS | vocabulary.follows_only
    }


def _types(vocabulary: Vocabulary) -> list[str]:
    """Classes that an author gives to things."""
    return sorted(vocabulary.classes.keys() - vocabulary.follows_only)


def members(vocabulary: Vocabulary, parent: str) -> list[str]:
    """The controlled individuals of a class, in order of name."""
    return sorted(name for name, kinds in vocabulary.individuals.items() if parent in kinds)


def statement_schema(vocabulary: Vocabulary) -> Schema:
    """One item of ``asserts``: a node with properties, a denial, or a reference to a statement."""
    node = {
        "type": "object",
        "properties": {
            "id": _TEXT,
            "type": _one_or_more({"enum": _types(vocabulary)}),
            "label": _BOTH,
            **statement_properties(vocabulary),
            "degree": _one_or_more({"enum": members(vocabulary, "Degree")}),
            "amongWhich": _one_or_more(_TEXT),
        },
        "additionalProperties": False,
    }
    denial = {
        "type": "object",
        "properties": {
            "id": _TEXT,
            "type": {"const": "Denial"},
            "subject": _TEXT,
            "property": {"enum": sorted(statement_properties(vocabulary))},
            "object": _TEXT,
            "value": {"type": ["string", "integer", "number"]},
        },
        "required": ["type", "subject", "property"],
        "oneOf": [{"required": ["object"]}, {"required": ["value"]}],
        "additionalProperties": False,
    }
    reference = _reference_schema(vocabulary)
    kinds = {"Denial": denial, "Qualification": reference, "MentionedStatement": reference}
    schema: Schema = node
    for kind, chosen in kinds.items():
        is_kind = {"properties": {"type": {"const": kind}}, "required": ["type"]}
        schema = {"if": is_kind, "then": chosen, "else": schema}
    return {"type": "object", **schema}


def _reference_schema(vocabulary: Vocabulary) -> Schema:
    """A statement that is qualified or mentioned, named as in a denial; also a node, by `subject` alone."""
    return {
        "type": "object",
        "properties": {
            "id": _TEXT,
            "type": {"enum": ["MentionedStatement", "Qualification"]},
            "subject": _TEXT,
            "property": {"enum": sorted(statement_properties(vocabulary))},
            "object": _TEXT,
            "value": {"type": ["string", "integer", "number"]},
            "amongWhich": _one_or_more(_TEXT),
            "manner": _BOTH,
            "modality": {"enum": members(vocabulary, "Modality")},
            "mentionedAs": {"enum": members(vocabulary, "Modality")},
            **_qualifiers(vocabulary),
        },
        "required": ["type", "subject"],
        "dependentRequired": {"object": ["property"], "value": ["property"]},
        "additionalProperties": False,
    }


def _qualifiers(vocabulary: Vocabulary) -> Schema:
    """Keys that a claim and a qualification have in common."""
    return {
        "degree": _one_or_more({"enum": members(vocabulary, "Degree")}),
        "condition": _one_or_more(_TEXT),
        "accordingTo": _one_or_more(_TEXT),
    }


def claim_schema(vocabulary: Vocabulary) -> Schema:
    """One claim."""
    correction = {
        "type": "object",
        "properties": {"printedForm": _TEXT, "correctedForm": _TEXT, "curatorNote": _BOTH},
        "required": ["printedForm", "correctedForm"],
        "additionalProperties": False,
    }
    kinds = sorted(n for n in _types(vocabulary) if "Claim" in vocabulary.classes[n] and n != "Claim")
    return {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^claim/[a-z0-9-]+/[0-9a-z-]+$"},
            "type": {"enum": kinds},
            "holder": _one_or_more(_TEXT),
            "authorStance": {"enum": members(vocabulary, "Stance")},
            "modality": {"enum": members(vocabulary, "Modality")},
            "certainty": {"enum": members(vocabulary, "Certainty")},
            "polarity": {"enum": members(vocabulary, "Polarity")},
            "cites": _one_or_more(_TEXT),
            "arguedFrom": _one_or_more(_TEXT),
            "readAs": _one_or_more(_TEXT),
            **_qualifiers(vocabulary),
            "period": _DATE,
            "periodBasis": {"enum": members(vocabulary, "PeriodBasis")},
            "correction": _one_or_more(correction),
            "curatorNote": _BOTH,
            "paraphrase": _BOTH,
            "passage": _one_or_more(_SPAN),
            "asserts": {"type": "array", "items": statement_schema(vocabulary), "minItems": 1},
        },
        "required": ["id", "type", "holder", "modality", "paraphrase", "passage", "asserts"],
        "additionalProperties": False,
    }


def entity_schema(vocabulary: Vocabulary) -> Schema:
    """One entity of ``triples/corpus/entities``."""
    return {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z-]+/[a-z0-9-]+$"},
            "type": _one_or_more({"enum": _types(vocabulary)}),
            "label": _LABEL,
            "altLabel": _ALT,
            "definition": _BOTH,
            **statement_properties(vocabulary),
        },
        "required": ["id", "type", "label"],
        "additionalProperties": False,
    }


def refinement_schema(vocabulary: Vocabulary) -> Schema:
    """What one corpus adds to an entity that one below it describes."""
    whole = entity_schema(vocabulary)
    of_whole = whole["properties"]
    texts = {
        "type": "object",
        "additionalProperties": _TEXT,
        "propertyNames": _LANGUAGE_TAG,
        "minProperties": 1,
    }
    return {
        "type": "object",
        "properties": {
            "refines": _TEXT,
            **{key: schema for key, schema in of_whole.items() if key not in {"id", "type"}},
            "label": texts,
            "definition": texts,
        },
        "required": ["refines"],
        "minProperties": 2,
        "additionalProperties": False,
    }


def source_schema(vocabulary: Vocabulary) -> Schema:
    """The description of a source at the head of its file."""
    text = {
        "type": "object",
        "properties": {
            "id": _PART,
            "type": {"const": "SourceText"},
            "fileName": _FILE_NAME,
            "sha256": _SPAN["properties"]["sha256"],
            "characterCount": {"type": "integer", "minimum": 1},
        },
        "required": ["id", "type", "fileName", "sha256", "characterCount"],
        "additionalProperties": False,
    }
    author = {
        "type": "object",
        "properties": {
            "id": _PART, "type": {"const": "Authorship"}, "label": _LABEL, "author": _one_or_more(_TEXT)
        },
        "required": ["id", "type", "label"],
        "additionalProperties": False,
    }  # fmt: skip
    kinds = sorted(n for n in _types(vocabulary) if "Work" in vocabulary.classes[n])
    return {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^source/[a-z0-9-]+$"},
            "type": {"enum": kinds},
            "label": _LABEL,
            "title": {"anyOf": [_one_or_more(_TEXT), _TITLE]},
            "horizon": _DATE,
            "language": _TEXT,
            "date": _DATE,
            "doi": {"type": "string", "pattern": r"^10\.[0-9.]+/\S+$"},
            "url": {"type": "string", "pattern": r"^https?://[^\s<>\"{}|\\^`]+$"},
            "accessDate": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "bibliographicCitation": _TEXT,
            "dateSolarHijri": _value_schema(vocabulary, "dateSolarHijri"),
            **{name: _value_schema(vocabulary, name) for name in ("journal", "volume", "issue", "pages")},
            "curatorNote": _BOTH,
            "sourceText": text,
            "sourceAuthor": author,
        },
        "required": ["id", "type", "label", "language", "sourceText", "sourceAuthor"],
        "additionalProperties": False,
    }


def curation_schema() -> Schema:
    """One reading of a source."""
    return {
        "type": "object",
        "properties": {
            "id": _PART, "type": {"const": "Curation"}, "label": _LABEL, "curator": _one_or_more(_TEXT),
            "date": _DATE, "guideline": _TEXT, "curatorNote": _BOTH,
        },
        "required": ["id", "type", "label", "curator", "date", "guideline"],
        "additionalProperties": False,
    }  # fmt: skip


def source_file_schema(vocabulary: Vocabulary, languages: Languages = DEFAULT) -> Schema:
    """A whole source file, for editors."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An annotated source of Araxes",
        "type": "object",
        "properties": {
            "source": {"anyOf": [_TEXT, source_schema(vocabulary)]},
            "curation": {"type": "array", "items": curation_schema()},
            "claims": {"type": "array", "items": claim_schema(vocabulary)},
        },
        "required": ["source", "claims"],
        "additionalProperties": False,
    }
    return dict(in_languages(schema, languages))


def entity_file_schema(vocabulary: Vocabulary, languages: Languages = DEFAULT) -> Schema:
    """A whole entity file, for editors."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Entities of Araxes",
        "type": "array",
        "items": {"anyOf": [entity_schema(vocabulary), refinement_schema(vocabulary)]},
    }
    return dict(in_languages(schema, languages))

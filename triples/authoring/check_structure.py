"""First check of the YAML files: their structure against the JSON Schema, in words for authors."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import Corpus, Record
from araxes.triples.authoring.entity_names import likely_terms
from araxes.triples.authoring.findings import Finding, did_you_mean, near_words, quoted
from araxes.triples.authoring.json_schema import (
    DEFAULT,
    Languages,
    claim_schema,
    curation_schema,
    entity_schema,
    in_languages,
    refinement_schema,
    source_schema,
)
from araxes.triples.authoring.language_tags import LANGUAGE_TAG, better_tag

_SEE = "see triples/AUTHORING.md"


def _is_integer(_: object, value: object) -> bool:
    """JSON Schema takes 5.0 for an integer; Python cannot count characters with it."""
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(_: object, value: object) -> bool:
    """YAML has infinity, which is no decimal."""
    return _is_integer(None, value) or (isinstance(value, float) and math.isfinite(value))


def _pattern(_: object, pattern: str, value: object, __: object) -> Iterator[ValidationError]:
    """In Python ``$`` also matches before a line break at the end."""
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield ValidationError(f"{quoted(value)} does not have the form {pattern}")


def _min_length(_: object, least: int, value: object, __: object) -> Iterator[ValidationError]:
    """A text of white space alone is blank, too."""
    if isinstance(value, str) and len(value.strip()) < least:
        yield ValidationError(f"{quoted(value)} is blank")


_Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {"pattern": _pattern, "minLength": _min_length},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"integer": _is_integer, "number": _is_number}
    ),
)


@per_ontology
def _validators(languages: Languages) -> dict[str, Any]:
    words = vocabulary()
    schemas = {
        "claim": claim_schema(words),
        "entity": entity_schema(words),
        "refinement": refinement_schema(words),
        "source": source_schema(words),
        "curation": curation_schema(),
    }
    return {kind: _Validator(in_languages(schema, languages)) for kind, schema in schemas.items()}


def languages_of(record: Record) -> Languages:
    """The languages of the corpus that a record is of."""
    folder = record.document.folder
    return (folder.languages, folder.also) if folder else DEFAULT


def structure_findings(corpus: Corpus) -> Iterator[Finding]:
    """Every record that does not follow its schema, each error at its own line."""
    for record in corpus.records():
        for error in _validators(languages_of(record))[record.kind].iter_errors(record.data):
            for leaf in _leaves(error):
                if not _told(record, leaf):
                    yield from _explain(record, leaf)


def _told(record: Record, error: ValidationError) -> bool:
    """Whether reading the file has already found what is wrong with the value itself."""
    of_keys = error.validator in {"additionalProperties", "required"}
    return not of_keys and (*record.key, *error.absolute_path) in record.document.flawed


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The errors that an author can act upon, below ``anyOf`` and ``if``."""
    if error.validator in {"anyOf", "oneOf"} and error.context:
        shape = type(error.instance)
        branch = [inner.schema_path[0] for inner in error.context]
        wanted = max(branch) if shape is list else min(branch)
        for inner in error.context:
            if inner.schema_path[0] == wanted:
                yield from _leaves(inner)
        if not any(inner.schema_path[0] == wanted for inner in error.context):
            yield error
    elif error.context:
        for inner in error.context:
            yield from _leaves(inner)
    else:
        yield error


def _explain(record: Record, error: ValidationError) -> Iterator[Finding]:
    path = list(error.absolute_path)
    explain = {
        "additionalProperties": _unknown_key,
        "required": _missing_key,
        "enum": _not_in_list,
        "const": _not_in_list,
    }.get(str(error.validator))
    if explain:
        for message, remedy, inner in explain(error):
            yield record.finding(message, remedy, *path, *inner)
        return
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), record.kind)
    if error.validator == "oneOf" and not isinstance(error.instance, dict):
        return  # that it is no mapping is said already
    languages = languages_of(record)[0]
    by_language = isinstance(error.schema, dict) and error.schema.get("required") == list(languages)
    if error.validator == "type" and by_language and isinstance(error.instance, str):
        text = error.instance.replace('"', "'")
        shown = ", ".join(f'{tag}: "{text if tag == languages[0] else "…"}"' for tag in languages)
        yield record.finding(f"{name}: {quoted(error.instance)} has no language", f"write {{{shown}}}", *path)
        return
    if error.validator == "type" and error.instance is None:
        yield record.finding(
            f"{name} is blank", "give it a value; text that begins with # goes in quotes", *path
        )
        return
    yield record.finding(_what(error, name), _remedy(error, name, record), *path)


_WRITE = {
    "doi": 'write the DOI alone, such as "10.22081/psq.2024.68456.2871"',
    "url": "write the whole address, with https://",
    "sha256": "write 64 small hexadecimal digits, as `sha256sum` or, of a passage, `araxes locate` gives",
    "fileName": "write the name of the file alone, without its folder",
    "accessDate": 'write the day, such as "2024-06-02"',
    "start": "count characters from 0 on; `araxes locate` gives start, end and digest",
    "end": "write where the passage ends, after its start; `araxes locate` gives start, end and digest",
    "characterCount": "write how many characters the text has, as a number",
}
"""Key → how its value is written."""

_IDS = {
    "entity": "write a kind and a name of small letters, digits and hyphens, such as place/old-harbour",
    "source": "write source/ and small letters, digits and hyphens, with #text, #author where it is a part",
    "curation": "write the id of the source and #reading-1, #reading-2 …",
    "claim": "write claim/, what follows source/ in its source's id, and a number: claim/miller-2024/001",
}
"""Kind of a record → how ids of it and of its parts are written."""


_IN_DIGITS = "write the number in full with digits, without quotes and words: 5000000"
_OF_TYPE = {
    "number": _IN_DIGITS,
    "integer": _IN_DIGITS,
    "array": "write a list: begin each item with `- `",
}
"""Type that is wanted → what to write."""

_LEFT_BLANK = {
    "minLength": "write it, or leave the key out",
    "minItems": "name one at least, or leave the key out",
}


def _remedy(error: ValidationError, name: str, record: Record) -> str:
    """What to write instead of a value that is not as its schema says."""
    languages = languages_of(record)[0]
    if name == "id" and error.validator == "pattern" and "asserts" not in error.absolute_path:
        return _IDS.get(record.kind, _SEE)
    wanted = error.validator_value[0] if isinstance(error.validator_value, list) else error.validator_value
    if error.validator == "type" and wanted == "object" and name in ("label", "definition", "paraphrase"):
        return "write {" + ", ".join(f'{tag}: "…"' for tag in languages) + "}"
    if error.validator == "type" and name == "altLabel":
        return f'write {{{languages[0]}: ["…"]}}'
    if error.validator == "type" and wanted in _OF_TYPE:
        return _OF_TYPE[wanted]
    if error.validator in _LEFT_BLANK:
        return _LEFT_BLANK[str(error.validator)]
    return _WRITE.get(name, _SEE) if error.validator in ("pattern", "minimum", "type") else _SEE


def _what(error: ValidationError, name: str) -> str:
    """What is wrong with a value, in words."""
    value, wanted = quoted(error.instance), error.validator_value
    listed = " or ".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)
    return {
        "type": f"{name}: {value} is of the wrong type, expected {listed}",
        "pattern": f"{name}: {value} does not have the form {listed}",
        "minLength": f"{name} is blank",
        "minItems": f"{name} is an empty list",
        "minimum": f"{name}: {value} is less than {listed}",
        "oneOf": f"{name}: a denial has either `object` or `value`",
        "anyOf": f"{name}: {value} is neither one value nor a list of values",
    }.get(str(error.validator), f"{name}: {error.message[:200]}")


def _unknown_key(error: ValidationError) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    inner = (
        isinstance(error.absolute_path and error.absolute_path[-1], int) and "asserts" in error.absolute_path
    )
    what = "property" if inner else "key"
    for key in _mapping(error):
        if key not in known:
            if number := _split_number(error, key):
                yield number[0], number[1], (key,)
                continue
            remedy = _successor(key) or (
                _near_property(key, known) if inner else did_you_mean(key, known, _SEE)
            )
            if better := better_tag(key):
                remedy = f"the tag of that language is {better}: write it"
            elif LANGUAGE_TAG.fullmatch(key) and all(map(LANGUAGE_TAG.fullmatch, known)) and known:
                remedy = f"write {', '.join(known)}, or name {key} in corpus.toml under `languages` or `also`"
            yield f"unknown {what} {quoted(key)}", remedy, (key,)


def _near_property(key: str, known: Iterable[str]) -> str:
    found = likely_terms(key, known)
    if not found:
        return (
            "use a property of the ontology: `araxes serve` shows all at /ontology; a new one is a module's"
        )
    return f"did you mean {' or '.join(map(repr, found))}?"


def _split_number(error: ValidationError, key: str) -> tuple[str, str] | None:
    """What to say of a number with commas, which YAML reads as a number and keys without a value."""
    data = _mapping(error)
    if not re.fullmatch(r"\d{3}(\.\d+)?", key) or data.get(key) is not None:
        return None
    names = list(data)
    first = next((n for n in reversed(names[: names.index(key)]) if not re.fullmatch(r"\d{3}", n)), "")
    parts = (
        [str(data.get(first, "")), *names[names.index(first) + 1 : names.index(key) + 1]] if first else [key]
    )
    message = f"{first}: {','.join(parts)} is read as {parts[0]} and a key {key}"
    return message, f"write {''.join(parts)}, without commas; text with a comma goes in quotes"


def _missing_key(error: ValidationError) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    others = [key for key in _mapping(error) if key not in known]
    told = isinstance(error.schema, dict) and error.schema.get("additionalProperties") is False
    for key in _required(error):
        if key in _mapping(error):
            continue
        if written := next((other for other in others if better_tag(other) == key), ""):
            if not told:
                yield f"{key} is missing", f"the tag of {quoted(written)} is {key}: write it", (written,)
        elif not told or not any(near_words(other, [key]) for other in others):
            yield f"{key} is missing", f"add `{key}:`; {_SEE}", ()


def _not_in_list(error: ValidationError) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    known = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    name = next((str(part) for part in reversed(error.absolute_path) if isinstance(part, str)), "value")
    listed = ", ".join(map(str, known)) if len(known) <= 20 else "a class of the ontology"
    near = likely_terms(str(error.instance), map(str, known))
    remedy = _successor(str(error.instance)) or (
        f"did you mean {' or '.join(map(repr, near))}?" if near else f"use {listed}"
    )
    yield f"{name}: unknown value {quoted(error.instance)}", remedy, ()


def _successor(name: str) -> str:
    """What to do about a term of the ontology that is not written, or not any more; empty for others."""
    words = vocabulary()
    if name in words.successors and name not in words.properties:
        return f"since version 0.2 it is {words.successors[name]}: run `araxes migrate`"
    if name in ("partOf", "hasPart"):
        return "say which part: territorialPartOf, subgroupOf, subEventOf, componentOf or memberOf"
    if name in words.follows_only:
        return "nobody writes it: it follows from what is said with other terms"
    return ""


def _required(error: ValidationError) -> list[str]:
    return error.validator_value if isinstance(error.validator_value, list) else []


def _mapping(error: ValidationError) -> dict[str, Any]:
    """The mapping that the error is about."""
    return error.instance if isinstance(error.instance, dict) else {}

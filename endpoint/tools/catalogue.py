"""The tools that there are: what each takes and gives, in the words of a language, and what answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from mcp_types import Tool, ToolAnnotations

from araxes.endpoint.search.text.query_words import LONGEST_QUERY
from araxes.endpoint.tools import citing, finding
from araxes.endpoint.tools.about_entity import entity
from araxes.endpoint.tools.answers import ToolAnswer, ToolError
from araxes.endpoint.tools.asking import Asker
from araxes.endpoint.tools.comparing import PARTS, compare
from araxes.endpoint.tools.output_schemas import OUTPUTS
from araxes.endpoint.tools.passage_check import verify_passage
from araxes.endpoint.tools.positions import positions
from araxes.endpoint.tools.queries import sparql
from araxes.endpoint.tools.single_claim import claim
from araxes.endpoint.tools.terms import vocabulary
from araxes.endpoint.tools.words import words
from araxes.ontology.languages import LANGUAGES
from araxes.triples.originals.quote_digests import LONGEST_QUOTATION

Schema = dict[str, Any]

LONGEST_SPARQL = 20_000
"""Code points of a query."""

_LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool.

    Attributes:
        name: what it is called by.
        arguments: its own arguments, each a JSON Schema without a description.
        required: those that must be there.
        answers: what answers a call whose arguments fit; raises HttpProblem and ToolError.
        paged: whether it takes a cursor.
    """

    name: str
    arguments: dict[str, Schema]
    required: tuple[str, ...]
    answers: Callable[[Asker, dict[str, Any]], ToolAnswer]
    paged: bool = True

    @property
    def input_schema(self) -> Schema:
        """What it takes, as JSON Schema 2020-12, in English."""
        return self.described_input(LANGUAGES[0])

    def described_input(self, language: str) -> Schema:
        """The same with descriptions in a language."""
        own, shared = _own(self.name, language)["arguments"], _own("shared", language)["arguments"]
        properties = {name: {**schema, "description": own[name]} for name, schema in self.arguments.items()}
        properties["language"] = {
            "type": "string",
            "enum": list(LANGUAGES),
            "default": language,
            "description": shared["language"],
        }
        if self.paged:
            properties["cursor"] = {"type": "string", "maxLength": 40, "description": shared["cursor"]}
        return {
            "type": "object",
            "properties": properties,
            "required": list(self.required),
            "additionalProperties": False,
        }


def _text(longest: int) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": longest}


_NAME = _text(_LONGEST_NAME)

TOOLS: dict[str, ToolSpec] = {
    spec.name: spec
    for spec in (
        ToolSpec(
            "find",
            {"text": _text(LONGEST_QUERY), "kind": {"type": "string", "enum": list(finding.KINDS)}},
            ("text",),
            finding.find,
        ),
        ToolSpec("entity", {"entity": _NAME}, ("entity",), entity),
        ToolSpec(
            "positions",
            {"question": _text(LONGEST_QUERY), "entity": _NAME, "and_entity": _NAME, "held_by": _NAME},
            (),
            positions,
        ),
        ToolSpec(
            "compare",
            {"first": _NAME, "second": _NAME, "part": {"type": "string", "enum": list(PARTS)}},
            ("first", "second"),
            compare,
        ),
        ToolSpec("claim", {"claim": _NAME}, ("claim",), claim, paged=False),
        ToolSpec(
            "verify_passage",
            {"claim": _NAME, "text": _text(LONGEST_QUOTATION)},
            ("claim", "text"),
            verify_passage,
            paged=False,
        ),
        ToolSpec(
            "cite",
            {
                "what": _NAME,
                "style": {"type": "string", "enum": list(citing.STYLES)},
                "format": {"type": "string", "enum": list(citing.FORMATS)},
            },
            ("what",),
            citing.cite,
            paged=False,
        ),
        ToolSpec("sparql", {"query": _text(LONGEST_SPARQL)}, ("query",), sparql),
        ToolSpec("vocabulary", {"term": _text(_LONGEST_NAME)}, ("term",), vocabulary),
    )
}
"""Every tool, in the order in which they are listed. None has an effect."""

_MOST_SHOWN = 160


def listed(language: str) -> list[Tool]:
    """The tools with descriptions in a language, as the protocol lists them."""
    return [
        Tool(
            name=spec.name,
            title=_own(spec.name, language)["title"],
            description=_own(spec.name, language)["description"],
            input_schema=spec.described_input(language),
            output_schema=OUTPUTS[spec.name],
            annotations=ToolAnnotations(
                read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
            ),
        )
        for spec in TOOLS.values()
    ]


def checked(spec: ToolSpec, arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a call, those that are null left out.

    Raises:
        ToolError: they do not fit.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    for error in _validator(spec.name).iter_errors(given):
        where = ".".join(map(str, error.absolute_path)) or spec.name
        raise ToolError("arguments", where=where[:_MOST_SHOWN], what=_explained(error))
    return given


def _explained(error: Any) -> str:
    """What is wrong, without repeating what may be long."""
    if error.validator == "maxLength":
        return f"at most {error.validator_value} characters"
    if error.validator == "additionalProperties":
        known = ", ".join(error.schema["properties"])
        return f"unknown argument; there are {known}"
    return str(error.message)[:_MOST_SHOWN]


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(TOOLS[name].input_schema)


def _own(name: str, language: str) -> dict[str, Any]:
    found: dict[str, Any] = words(language)["tools"][name]
    return found

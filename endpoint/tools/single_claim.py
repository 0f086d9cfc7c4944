"""``claim``: one claim whole: its statements, passages with digests, and what stands against it."""

from __future__ import annotations

from typing import Any, TypedDict

from araxes.endpoint.tools.answers import ToolAnswer, ToolError, said
from araxes.endpoint.tools.asking import Asker, iri_of, node
from araxes.endpoint.tools.records import claims, disputes
from araxes.endpoint.tools.resolving import meant
from araxes.endpoint.tools.shown import claim_lines, dispute_lines, notice

MOST_STATEMENTS = 30
"""Statements of a claim that are given."""

_CLAIM = "claim/"


class StatementMade(TypedDict):
    """A statement in words, and its three parts: IRIs, or values."""

    says: str
    subject: str
    property: str
    object: str


class DigestedPassage(TypedDict):
    """A passage with the SHA-256 of exactly these characters of the text."""

    text: str
    file: str
    start: int
    end: int
    sha256: str


def claim_iri(asker: Asker, given: str) -> str:
    """The IRI of the claim that a caller names.

    Raises:
        ToolError: there is no such claim.
    """
    whole = given.startswith((_CLAIM, "http:", "https:", "claim:", "<", "/"))
    thing = meant(asker, given if whole else _CLAIM + given)
    if not thing.iri.startswith(iri_of(_CLAIM)):
        near = " ".join(each["iri"] for each in thing.candidates if each["iri"].startswith(iri_of(_CLAIM)))
        raise ToolError("no_claim", what=given[:80], near=near or "find")
    return thing.iri.partition("#")[0]


def claim(asker: Asker, given: dict[str, Any]) -> ToolAnswer:
    """ToolAnswer.

    Raises:
        HttpProblem: the dataset could not be asked.
        ToolError: there is no such claim.
    """
    iri = claim_iri(asker, given["claim"])
    records = claims(asker, [iri])
    if not records:
        raise ToolError("no_claim", what=given["claim"][:80], near="find")
    (record,) = records
    whole = disputes(asker, record["disputes"])
    against = claims(
        asker,
        list(
            dict.fromkeys(
                each
                for one in whole
                for position in one["positions"]
                for each in position["claims"]
                if each != iri
            )
        ),
    )
    stated, places, agreeing = _statements(asker, iri), _places(asker, iri), _agreeing(asker, iri)
    language = asker.language
    lines = claim_lines(record, language)
    lines += [said(language, "statements")] + [f"- {each['says']}" for each in stated]
    lines += [said(language, "places")]
    lines += [
        f"- <{each['text']}> ({each['file']}) {each['start']}–{each['end']} sha256 {each['sha256']}"
        for each in places
    ]
    known = {each["iri"]: each for each in (record, *against)}
    lines += [line for each in whole for line in dispute_lines(each, known, language)]
    lines += [said(language, "agreeing", iris=" ".join(f"<{each}>" for each in agreeing))] if agreeing else []
    return ToolAnswer(
        notice(len(whole), whole, language),
        lines,
        {
            "found": True,
            "disputed": bool(whole),
            "claim": record,
            "statements": stated,
            "places": places,
            "disputes": whole,
            "further_claims": against,
            "agreeing_claims": agreeing,
        },
    )


def _statements(asker: Asker, iri: str) -> list[StatementMade]:
    rows = asker.rows(
        f"""SELECT ?s ?p ?o {{ GRAPH {node(iri)} {{ ?s ?p ?o }} }}
          ORDER BY (STRSTARTS(STR(?s), "{iri}")) ?s ?p ?o LIMIT {MOST_STATEMENTS}"""
    )
    called = asker.labels(row[part] for row in rows for part in ("s", "p", "o"))
    return [
        {
            "says": sentence(
                _short(called.get(row["s"], row["s"]), iri),
                called.get(row["p"], row["p"]),
                _short(called.get(row["o"], row["o"]), iri),
                asker.language,
            ),
            "subject": row["s"],
            "property": row["p"],
            "object": row["o"],
        }
        for row in rows
    ]


def _short(name: str, claim_iri: str) -> str:
    """A local node of a claim by the end of its IRI."""
    return name.removeprefix(claim_iri) if name.startswith(claim_iri + "#") else name


def sentence(one: str, relation: str, two: str, language: str) -> str:
    """A statement in words; the label of a property may hold the place of the object as ``…``."""
    if relation.endswith("#type"):
        return said(language, "is_a", one=one, two=two)
    return f"{one} {relation.replace('…', two)}" if "…" in relation else f"{one} – {relation}: {two}"


def _places(asker: Asker, iri: str) -> list[DigestedPassage]:
    rows = asker.rows(
        f"""SELECT ?text ?file ?start ?end ?sha256 {{ {node(iri)} ax:passage ?passage .
          ?passage oa:hasSource ?text ; ax:sha256 ?sha256 ; oa:hasSelector ?place .
          ?place oa:start ?start ; oa:end ?end . OPTIONAL {{ ?text ax:fileName ?file }} }}
          ORDER BY ?text ?start"""
    )
    return [
        {
            "text": row["text"],
            "file": row.get("file", ""),
            "start": int(row["start"]),
            "end": int(row["end"]),
            "sha256": row["sha256"],
        }
        for row in rows
    ]


def _agreeing(asker: Asker, iri: str) -> list[str]:
    """Claims that say the same, by comparison."""
    rows = asker.rows(
        f"""SELECT DISTINCT ?claim {{ ?case a ax:Corroboration ; ax:comparedClaim {node(iri)}, ?claim
          FILTER (?claim != {node(iri)}) }} ORDER BY ?claim LIMIT 10"""
    )
    return [row["claim"] for row in rows]

"""What the tools give, as JSON Schema 2020-12: the same parts everywhere, so that readers learn them once."""

from __future__ import annotations

from typing import Any

from araxes.endpoint.tools.relation_claims import MANNERS

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_YES: Schema = {"type": "boolean"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


_NAMED = _object(iri=_TEXT, name=_TEXT)
_PASSAGE = _object(text=_TEXT, start=_COUNT, end=_COUNT)
_CLAIM = _object(
    iri=_TEXT,
    says=_TEXT,
    holders=_many(_NAMED),
    source=_NAMED,
    stance=_TEXT,
    certainty=_TEXT,
    modality=_TEXT,
    time=_TEXT,
    period=_TEXT,
    passages=_many(_PASSAGE),
    disputes=_TEXTS,
)
_POSITION = _object(
    iri=_TEXT,
    answer=_TEXT,
    holders=_many(_NAMED),
    holder_count=_COUNT,
    sources=_many(_NAMED),
    claims=_TEXTS,
    claim_count=_COUNT,
)
_DISPUTE = _object(iri=_TEXT, question=_TEXT, strength=_TEXT, would_settle=_TEXT, positions=_many(_POSITION))
_STATEMENT = _object(says=_TEXT, subject=_TEXT, property=_TEXT, object=_TEXT)
_CLAIMS = {"claims": _many(_CLAIM), "further_claims": _many(_CLAIM)}
_PAGED: Schema = {"total": _COUNT, "next_cursor": {"type": ["string", "null"]}}
_RELATION: Schema = {
    **_object(
        says=_TEXT,
        property=_NAMED,
        things=_many(_NAMED),
        side={"type": "string", "enum": ["subject", "object", "either"]},
    ),
    "description": "The relation that the question was read to ask for, and of what.",
}
_ANSWERED: Schema = {
    "type": "boolean",
    "description": "Whether claims say anything on that relation; false: no source says, and the claims "
    "given are about the things otherwise. Absent where the question was not read as one relation.",
}
_ANSWERING: Schema = {
    **_many(
        _object(
            claim=_TEXT,
            manner={"type": "string", "enum": list(MANNERS)},
            subject=_TEXT,
            property=_TEXT,
            object=_TEXT,
        )
    ),
    "description": "What claims of this page say on that relation; other claims are merely similar in words.",
}
_WORDS = {"words": _TEXTS, "all_words_found": _YES, "words_in_no_claim": _TEXTS}


def _output(**properties: Schema) -> Schema:
    """What an answer may hold; where nothing is found or meant, it holds less."""
    common = {
        "notice": _TEXT,
        "found": _YES,
        "disputed": _YES,
        "disputes": _many(_DISPUTE),
        "candidates": _many(_NAMED),
    }
    return {
        "type": "object",
        "properties": {**common, **properties},
        "required": ["notice", "found", "disputed"],
        "additionalProperties": False,
    }


OUTPUTS: dict[str, Schema] = {
    "find": _output(
        hits=_many(_object(iri=_TEXT, kind=_TEXT, title=_TEXT, note=_TEXT, mentions=_COUNT)),
        totals={"type": "object", "additionalProperties": _COUNT},
        all_words_found=_YES,
        nearest=_many(_NAMED),
        next_cursor=_PAGED["next_cursor"],
    ),
    "entity": _output(
        iri=_TEXT,
        name=_TEXT,
        types=_many(_NAMED),
        names=_TEXTS,
        links=_TEXTS,
        facts=_many({**_STATEMENT, "properties": {**_STATEMENT["properties"], "claim": _TEXT}}),
        claim_count=_COUNT,
        claims_by_source=_many(_object(source=_NAMED, claims=_COUNT)),
        dispute_count=_COUNT,
        further_disputes=_TEXTS,
        next_cursor=_PAGED["next_cursor"],
    ),
    "positions": _output(
        dispute_count=_COUNT,
        answered=_ANSWERED,
        relation=_RELATION,
        answering=_ANSWERING,
        **_CLAIMS,
        **_PAGED,
        **_WORDS,
    ),
    "compare": _output(
        parties=_many(_NAMED),
        part=_TEXT,
        counts=_object(disagree=_COUNT, agree=_COUNT, first_claims=_COUNT, second_claims=_COUNT),
        dispute_count=_COUNT,
        agreements=_many(_object(iri=_TEXT, says=_TEXT, claims=_TEXTS, voices=_COUNT, origins=_COUNT)),
        **_CLAIMS,
        **_PAGED,
    ),
    "claim": _output(
        claim=_CLAIM,
        statements=_many(_STATEMENT),
        places=_many(_object(text=_TEXT, file=_TEXT, start=_COUNT, end=_COUNT, sha256=_TEXT)),
        further_claims=_many(_CLAIM),
        agreeing_claims=_TEXTS,
    ),
    "verify_passage": _output(
        claim_iri=_TEXT,
        verdict={"type": "string", "enum": ["found", "found-altered", "cannot-tell"]},
        passages=_many(
            _object(
                text=_TEXT,
                start=_COUNT,
                end=_COUNT,
                sha256=_TEXT,
                verdict=_TEXT,
                changes=_TEXTS,
                whole=_YES,
                shape=_TEXT,
            )
        ),
    ),
    "cite": _output(
        iri=_TEXT,
        style=_TEXT,
        in_text=_many(_object(says=_TEXT, reference=_TEXT)),
        references=_TEXTS,
        entry=_TEXT,
    ),
    "sparql": _output(columns=_TEXTS, rows=_many(_TEXTS), hints=_TEXTS, next_cursor=_PAGED["next_cursor"]),
    "vocabulary": _output(
        terms=_many(
            _object(
                iri=_TEXT,
                label=_TEXT,
                kind=_TEXT,
                definition=_TEXT,
                example=_TEXT,
                links={"type": "object", "additionalProperties": _TEXTS},
                claims=_COUNT,
            )
        ),
        **_PAGED,
    ),
}
"""Tool → what it gives."""

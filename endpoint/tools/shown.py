"""Claims and disputes as lines of text, in the language of the call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from araxes.endpoint.tools.answers import said
from araxes.endpoint.tools.records import Claim, DisputeRecord, PassagePlace, PositionTaken, ThingCalled

_MOST_QUESTIONS = 3
_COMMA = {"en": ", ", "fa": "، "}
_SEMICOLON = {"en": "; ", "fa": "؛ "}


def notice(total: int, disputes: Iterable[DisputeRecord], language: str) -> str:
    """The first line of an answer: on how many questions the sources disagree, and which come first."""
    questions = [
        f"“{each['question']}”" if language == "en" else f"«{each['question']}»" for each in disputes
    ]
    if not total:
        return said(language, "undisputed")
    shown = _SEMICOLON[language].join(questions[:_MOST_QUESTIONS])
    more = said(language, "and_more") if total > min(len(questions), _MOST_QUESTIONS) else ""
    return said(language, "disputed" if total > 1 else "disputed_once", number=total, questions=shown + more)


def names(things: Iterable[ThingCalled], language: str) -> str:
    """Things with their IRIs, in a row."""
    return _COMMA[language].join(f"{each['name']} <{each['iri']}>" for each in things)


def place(passages: Iterable[PassagePlace], language: str) -> str:
    """Where passages stand, text by text."""
    texts: dict[str, list[str]] = {}
    for each in passages:
        texts.setdefault(each["text"], []).append(f"{each['start']}–{each['end']}")
    comma = _COMMA[language]
    return comma.join(f"{comma.join(places)} <{text}>" for text, places in texts.items())


def claim_lines(claim: Claim, language: str, indent: str = "") -> list[str]:
    """A claim in two lines: what it says; who says it where, how and of what time, with all IRIs."""
    manner = _COMMA[language].join(filter(None, (claim["stance"], claim["modality"], claim["certainty"])))
    source = claim["source"]
    # Whoever writes in a source is named after it.
    own = all(holder["iri"].startswith(source["iri"] + "#") for holder in claim["holders"])
    parts = [
        said(language, "holder", names=names(claim["holders"], language)),
        said(language, "source", name=f"<{source['iri']}>" if own else names([source], language)),
        manner,
        claim["time"] or said(language, "no_time"),
        said(language, "passage", places=place(claim["passages"], language)) if claim["passages"] else "",
    ]
    return [
        f"{indent}- {claim['says']} <{claim['iri']}>",
        f"{indent}  {_SEMICOLON[language].join(filter(None, parts))}",
    ]


def dispute_lines(dispute: DisputeRecord, known: Mapping[str, Claim], language: str) -> list[str]:
    """A dispute with every position, and those of its claims that are known."""
    lines = [
        said(
            language,
            "dispute",
            question=dispute["question"],
            kind=dispute["kind"],
            strength=dispute["strength"],
            iri=dispute["iri"],
        )
    ]
    for number, position in enumerate(dispute["positions"], 1):
        lines += _position_lines(number, position, known, language)
    if dispute["would_settle"]:
        lines.append(said(language, "would_settle", what=dispute["would_settle"]))
    return lines


def _position_lines(
    number: int, position: PositionTaken, known: Mapping[str, Claim], language: str
) -> list[str]:
    lines = [
        said(
            language,
            "position",
            number=number,
            answer=position["answer"],
            holders=_holders(position, language),
            claims=position["claim_count"],
        )
    ]
    for iri in position["claims"]:
        if iri in known:
            lines += claim_lines(known[iri], language, "  ")
    return lines


def _holders(position: PositionTaken, language: str) -> str:
    rest = position["holder_count"] - len(position["holders"])
    shown = names(position["holders"], language)
    return shown + (said(language, "more_holders", number=rest) if rest else "")

"""Scores: both sides there, nothing reconciled that nobody reconciled, every citation verified."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from araxes.validation.benchmark.gold import BenchmarkQuestion, GoldPosition


@dataclass(frozen=True, slots=True)
class AnswerPosition:
    """One answer that a system gives to a question.

    Attributes:
        text: in its words.
        claims: IRIs that it cites for it.
        quotations: claim → what it says is a passage of that claim.
    """

    text: str
    claims: tuple[str, ...]
    quotations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SystemAnswer:
    """What a system answers.

    Attributes:
        id: of the question.
        language: in which it was asked.
        positions: the answers that it gives, apart from each other.
        no_source: whether it says that no source says anything.
        verdict: which answer it calls the right one, or how it brings them together; empty if neither.
    """

    id: str
    language: str
    positions: tuple[AnswerPosition, ...]
    no_source: bool = False
    verdict: str = ""

    @classmethod
    def from_json(cls, line: str) -> SystemAnswer:
        """The answer on a line of JSON.

        Raises:
            ValueError: it has another form.
        """
        try:
            data: dict[str, Any] = json.loads(line)
            positions = tuple(
                AnswerPosition(
                    str(each.get("answer", "")),
                    tuple(cited["claim"] for cited in each.get("citations", ())),
                    {
                        cited["claim"]: cited["quotation"]
                        for cited in each.get("citations", ())
                        if cited.get("quotation")
                    },
                )
                for each in data.get("positions", ())
            )
            said = bool(data.get("no_source", False)), str(data.get("verdict") or "")
            return cls(data["id"], data["language"], positions, *said)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no answer in the form of the benchmark: {error!r}") from error

    def to_json(self) -> str:
        """As a line of JSON."""
        positions = [
            {
                "answer": each.text,
                "citations": [
                    {
                        "claim": claim,
                        **({"quotation": each.quotations[claim]} if claim in each.quotations else {}),
                    }
                    for claim in each.claims
                ],
            }
            for each in self.positions
        ]
        told = {"id": self.id, "language": self.language, "positions": positions}
        return json.dumps({**told, "no_source": self.no_source, "verdict": self.verdict}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Verified:
    """What citations are held against.

    Attributes:
        exists: whether a claim of that IRI is in the dataset.
        quoted: whether a text is a passage of the claim (its digest is that of the text).
    """

    exists: Callable[[str], bool]
    quoted: Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Score:
    """How one answer did.

    Attributes:
        sides: whether at least two sides of a contested question are there, each as an answer of its own.
        covered: share of the gold's positions of which some claim is cited.
        reconciled: whether it brings together or decides what the claims leave contested.
        citations: how many there are.
        verified: how many of them verify.
        relevant: how many of them belong to the gold.
        silent: whether it says that no source says anything, and cites none.
    """

    sides: bool
    covered: float
    reconciled: bool
    citations: int
    verified: int
    relevant: int
    silent: bool


def scored(question: BenchmarkQuestion, answer: SystemAnswer, verified: Verified) -> Score:
    """The score of an answer.

    A position of the gold is covered when one of its claims is cited. An answer reconciles when one of its
    positions cites claims of several gold positions that no single one of them holds, or when it gives
    a verdict on a contested question.
    """
    gold = question.positions
    cited = [claim for position in answer.positions for claim in position.claims]
    all_gold = {claim for position in gold for claim in position.claims}
    covered = [position for position in gold if any(claim in position.claims for claim in cited)]
    merged = any(_merges(position, gold, all_gold) for position in answer.positions)
    checks = [
        verified.exists(claim)
        and (claim not in position.quotations or verified.quoted(claim, position.quotations[claim]))
        for position in answer.positions
        for claim in position.claims
    ]
    return Score(
        sides=question.contested and _sides(answer, gold) > 1,
        covered=len(covered) / len(gold) if gold else 1.0,
        reconciled=question.contested and (merged or bool(answer.verdict)),
        citations=len(cited),
        verified=sum(checks),
        relevant=sum(claim in all_gold for claim in cited),
        silent=answer.no_source and not cited,
    )


def _merges(position: AnswerPosition, gold: tuple[GoldPosition, ...], all_gold: set[str]) -> bool:
    claims = set(position.claims) & all_gold
    return bool(claims) and not any(claims <= set(each.claims) for each in gold)


def _sides(answer: SystemAnswer, gold: tuple[GoldPosition, ...]) -> int:
    """How many gold positions have an answer that cites them and no other position's claims alone."""
    shown = set()
    for position in answer.positions:
        for place, each in enumerate(gold):
            others = {claim for other in gold if other is not each for claim in other.claims}
            own = set(each.claims) - others
            if own & set(position.claims) and not set(position.claims) & (others - set(each.claims)):
                shown.add(place)
    return len(shown)


def summary(pairs: Iterable[tuple[BenchmarkQuestion, Score]]) -> dict[str, float]:
    """Shares over many questions: of contested and plain ones, of silent ones, of citations."""
    found = list(pairs)
    contested = [score for question, score in found if question.contested]
    plain = [score for question, score in found if question.positions and not question.contested]
    silent = [score for question, score in found if not question.positions]
    citations = sum(score.citations for _, score in found)

    def share(values: Iterable[float], of: int) -> float:
        return round(sum(values) / of, 3) if of else 0.0

    return {
        "contested": len(contested),
        "both sides": share((score.sides for score in contested), len(contested)),
        "contested positions": share((score.covered for score in contested), len(contested)),
        "invented reconciliation": share((score.reconciled for score in contested), len(contested)),
        "uncontested": len(plain),
        "uncontested answers": share((score.covered for score in plain), len(plain)),
        "silent": len(silent),
        "silence kept": share((score.silent for score in silent), len(silent)),
        "citations": citations,
        "citations that verify": share((score.verified for _, score in found), citations),
        "citations to the point": share((score.relevant for _, score in found), citations),
    }

"""Answers to questions that ask for one relation: the claims that say it, or that no source does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from araxes.endpoint.tools.answers import ToolAnswer, said
from araxes.endpoint.tools.asked_relation import SoughtRelation, among, broader, relation_of
from araxes.endpoint.tools.asking import Asker, iri_of
from araxes.endpoint.tools.claim_pages import PAGE, Slice, mentions, page, slice_of
from araxes.endpoint.tools.records import ThingCalled, disputes_of
from araxes.endpoint.tools.relation_claims import (
    SaidOnRelation,
    claims_saying,
    in_order,
    is_recorded,
    is_said_for,
)
from araxes.endpoint.tools.single_claim import sentence


class RelationAsked(TypedDict):
    """A relation as it was read in a question.

    Attributes:
        says: in words, with "…" for what is asked.
        property: the relation.
        things: the entities that the question names.
        side: where the first of them stands: subject, object or either.
    """

    says: str
    property: ThingCalled
    things: list[ThingCalled]
    side: str


def on_relation(asker: Asker, question: str, start: int) -> ToolAnswer | None:
    """The answer, if a question certainly asks for one relation of one entity or two, and silence is certain
    where no claim says anything on it; else nothing.

    Args:
        asker: asks.
        question: in words.
        start: claims before the page.

    Raises:
        HttpProblem: the dataset could not be asked.
    """
    asked = asker.asked(question)
    relation = relation_of(asker, asked) if asked["relations"] else None
    if relation is None:
        return None
    found = claims_saying(asker, relation)
    if found:
        return _answered(asker, question, relation, found, start)
    if asked["held"] or is_recorded(asker, relation) or is_said_for(asker, relation):
        return None
    return None if _is_akin_said(asker, relation, asked["akin"]) else _silent(asker, relation, start)


def _is_akin_said(asker: Asker, relation: SoughtRelation, akin: Sequence[str]) -> bool:
    """Whether claims say something of the things that is called the same and more: "perceives threat from".

    Then somebody who asks "Who threatens Iran?" may mean that.
    """
    iris = [iri_of(each) for each in akin]
    return bool(iris) and bool(claims_saying(asker, among(asker, relation, iris, "either")))


def _answered(
    asker: Asker, question: str, relation: SoughtRelation, found: Sequence[SaidOnRelation], start: int
) -> ToolAnswer:
    """The claims that say it, then a few that are merely similar."""
    own = in_order(found)
    hits = [hit for group in asker.search(question, "claim")["groups"] for hit in group["hits"]]
    every = list(dict.fromkeys([*own, *(iri_of(hit["path"]) for hit in hits)]))
    here = every[start : start + PAGE]
    touched = disputes_of(asker, dict.fromkeys([*own, *here]))
    disputes = list(dict.fromkeys(iri for claim in (*own, *here) for iri in touched.get(claim, [])))
    answer = page(asker, Slice(here, start, len(every), disputes, similar=max(0, len(own) - start)))
    shown = [each for each in found if each["claim"] in here]
    told = said(asker.language, "answered", number=len(own), what=relation.in_words(asker.language))
    answer.lines = [told, *_said_lines(asker, shown), *answer.lines]
    answer.data |= {"answered": True, "relation": _asked(relation, asker.language), "answering": shown}
    return answer


def _said_lines(asker: Asker, shown: Sequence[SaidOnRelation]) -> list[str]:
    """What each claim says on it, and in which manner."""
    called = asker.labels(each[part] for each in shown for part in ("subject", "property", "object"))

    def name(each: str) -> str:
        return called.get(each, each)

    return [
        said(
            asker.language,
            f"manner_{each['manner']}",
            says=sentence(
                name(each["subject"]), name(each["property"]), name(each["object"]), asker.language
            ),
            iri=each["claim"],
        )
        for each in shown
    ]


def _silent(asker: Asker, relation: SoughtRelation, start: int) -> ToolAnswer:
    """That no source says it, and what is said of the things otherwise: of both together, if anything is.

    What claims say on the relations right above it comes first.
    """
    above = broader(asker, relation)
    near = claims_saying(asker, above) if above else []
    both = " ".join(
        f"{{ {mentions(each['iri'], f'_{place}')} }}" for place, each in enumerate(relation.things)
    )
    of, part = relation.things, slice_of(asker, both, start, in_order(near))
    if not part.total and len(of) > 1:
        of = of[:1]
        part = slice_of(asker, mentions(of[0]["iri"]), start)
    answer = page(asker, part)
    first = said(asker.language, "silent_relation", what=relation.in_words(asker.language))
    names = said(asker.language, "joint").join(each["name"] for each in of)
    rest = [said(asker.language, "otherwise", things=names), answer.notice]
    answer.notice = " ".join([first, *(rest if part.total else [])])
    shown = [each for each in near if each["claim"] in part.iris]
    if above and shown:
        told = said(asker.language, "wider", what=above.in_words(asker.language))
        answer.lines = [told, *_said_lines(asker, shown), *answer.lines]
    answer.data |= {"answered": False, "relation": _asked(relation, asker.language), "answering": []}
    return answer


def _asked(relation: SoughtRelation, language: str) -> RelationAsked:
    return RelationAsked(
        says=relation.in_words(language),
        property=relation.property,
        things=list(relation.things),
        side=relation.side,
    )

"""Disputes as text for people, and as rows for tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE
from araxes.triples.labels import in_digits
from araxes.validation.disagreement.clashes import LEVELS
from araxes.validation.disagreement.dispute_wording import Teller
from araxes.validation.disagreement.disputes import Dispute, Position
from araxes.validation.disagreement.points_at_issue import KINDS
from araxes.validation.disagreement.words_of_time import date_in_words

_HEAD = {
    "en": "Strength: {strength} · {clashes} · {claims} claims · {sources}{time}",
    "fa": "قوت اختلاف: {strength} · {clashes} · {claims} ادعا · {sources}{time}",
}
_STRENGTH = {
    "en": {"Strong": "strong", "Moderate": "moderate", "Weak": "weak"},
    "fa": {"Strong": "قوی", "Moderate": "متوسط", "Weak": "ضعیف"},
}
_TIME = {"en": " · time that the claims share: {}", "fa": " · زمان مشترک ادعاها: {}"}
_NO_TIME = {"en": " · the claims share no stated time", "fa": " · زمان مشترکی در ادعاها نیامده است"}
_IN_TIME = {"relations", "role", "territory", "attitude", "option", "pledge"}
_HEADINGS = {
    "Contrast": {
        "en": "—— Where accounts differ without excluding each other ——",
        "fa": "—— آنجا که روایت‌ها متفاوت‌اند بی‌آنکه یکدیگر را نفی کنند ——",
    },
    "Inconsistency": {
        "en": "—— Where one text does not agree with itself ——",
        "fa": "—— آنجا که یک متن با خود نمی‌خواند ——",
    },
}
"""What stands before the first point at issue of a kind; disputes need none."""
_MORE = {"en": ("and one more claim", "and {} more claims"), "fa": ("و یک ادعای دیگر", "و {} ادعای دیگر")}
_SETTLES = {"en": "What would settle it: {}", "fa": "چه چیز پاسخ را روشن می‌کند: {}"}
_CLASHES = {
    "en": ("one pair of differing claims", "{} pairs of differing claims"),
    "fa": ("یک جفت ادعای متفاوت", "{} جفت ادعای متفاوت"),
}
_SOURCES = {"en": ("one source", "{} sources"), "fa": ("یک منبع", "{} منبع")}


def dispute_text(dispute: Dispute, teller: Teller, language: str) -> Iterator[str]:
    """The lines of one dispute: question, positions with representative claims, what would settle it."""
    yield teller.question(dispute, language)
    sources = {teller.claims[iri].source for iri in dispute.claims}
    yield "  " + _HEAD[language].format(
        strength=_STRENGTH[language][dispute.strength],
        clashes=_counted(len(dispute.clashes), _CLASHES[language], language),
        claims=in_digits(str(len(dispute.claims)), language),
        sources=_counted(len(sources), _SOURCES[language], language),
        time=_time(dispute, language),
    )
    if remark := teller.remark(dispute, language):
        yield f"  {remark}"
    for position in teller.ordered(dispute):
        yield f"  • {teller.answer(dispute, position, language)}"
        shown = teller.representatives(position)
        for iri in shown:
            yield f"      – {teller.paraphrase(iri, language)}"
            short = iri.removeprefix(BASE).removeprefix("claim/")
            yield f"        [{teller.voice(iri, language, position)}] {short}"
        if rest := len(position.claims) - len(shown):
            yield f"      {_counted(rest, _MORE[language], language)}"
    if settles := teller.settles(dispute, language):
        yield f"  {_SETTLES[language].format(settles)}"


def _time(dispute: Dispute, language: str) -> str:
    """The years for which clashes of the dispute are said to hold together, if claims give any."""
    if dispute.matter.family not in _IN_TIME:
        return ""
    known = [case.overlap for case in dispute.clashes if case.overlap.earliest or case.overlap.latest]
    if not known:
        return _NO_TIME[language]
    firsts, lasts = [each.earliest for each in known], [each.latest for each in known]
    start = str(min(first for first in firsts if first).year) if all(firsts) else ".."
    end = str(max(last for last in lasts if last).year) if all(lasts) else ".."
    if start == end == "..":
        return ""
    span = start if start == end else f"{start}/{end}"
    return _TIME[language].format(date_in_words(span, language))


def _counted(number: int, wording: tuple[str, str], language: str) -> str:
    return wording[0] if number == 1 else wording[1].format(in_digits(str(number), language))


DISPUTE_COLUMNS = (
    "dispute",
    "matter",
    "question_en",
    "question_fa",
    "kind",
    "strength",
    "kinds",
    "clashes",
    "position",
    "answer_en",
    "answer_fa",
    "claims",
    "holders",
    "sources",
    "shown",
    "settles_en",
    "settles_fa",
    "remark_en",
    "remark_fa",
)
"""Columns of the table of disputes: one row for each position; IRIs in one cell are separated by a space."""


def dispute_rows(disputes: Iterable[Dispute], teller: Teller) -> Iterator[dict[str, str]]:
    """One row for each position of each dispute, with :data:`DISPUTE_COLUMNS`."""
    for dispute in disputes:
        for position in teller.ordered(dispute):
            members = [teller.claims[iri] for iri in sorted(position.claims)]
            yield {
                "dispute": dispute.iri,
                "matter": dispute.matter.key,
                "question_en": teller.question(dispute, "en"),
                "question_fa": teller.question(dispute, "fa"),
                "kind": dispute.kind,
                "strength": dispute.strength,
                "kinds": " ".join(dispute.kinds),
                "clashes": " ".join(case.iri for case in dispute.clashes),
                "position": dispute.position_iri(position),
                "answer_en": teller.answer(dispute, position, "en"),
                "answer_fa": teller.answer(dispute, position, "fa"),
                "claims": " ".join(claim.iri for claim in members),
                "holders": " ".join(sorted({holder for claim in members for holder in claim.holders})),
                "sources": " ".join(sorted({claim.source for claim in members})),
                "shown": " ".join(teller.representatives(position)),
                "settles_en": teller.settles(dispute, "en"),
                "settles_fa": teller.settles(dispute, "fa"),
                "remark_en": teller.remark(dispute, "en"),
                "remark_fa": teller.remark(dispute, "fa"),
            }


def reading_order(disputes: Iterable[Dispute]) -> list[Dispute]:
    """Disputes in the order in which they are shown: the firmest first, then those of the most claims.

    Contrasts follow disputes, and last comes what one text says against itself.
    """
    return sorted(
        disputes,
        key=lambda each: (KINDS.index(each.kind), -LEVELS.index(each.strength), -len(each.claims), each.iri),
    )


def disputes_text(shown: Iterable[Dispute], teller: Teller, language: str) -> Iterator[str]:
    """The blocks of a text: points at issue in their order, each kind but disputes under a heading."""
    told = {"Dispute"}
    for dispute in shown:
        if dispute.kind not in told:
            told.add(dispute.kind)
            yield _HEADINGS[dispute.kind][language]
        yield "\n".join(dispute_text(dispute, teller, language))


def dispute_object(dispute: Dispute, teller: Teller) -> dict[str, object]:
    """One dispute with its positions and clashes, for JSON."""
    return {
        "dispute": dispute.iri,
        "matter": dispute.matter.key,
        "merged": list(dispute.merged),
        "question": {each: teller.question(dispute, each) for each in LANGUAGES},
        "kind": dispute.kind,
        "strength": dispute.strength,
        "nature": dispute.nature,
        "clashes": [
            {"iri": case.iri, "kind": case.kind, "strength": case.strength} for case in dispute.clashes
        ],
        "positions": [
            {
                "position": dispute.position_iri(position),
                "answer": {each: teller.answer(dispute, position, each) for each in LANGUAGES},
                "claims": sorted(position.claims),
                "shown": [_voice_object(iri, teller, position) for iri in teller.representatives(position)],
            }
            for position in teller.ordered(dispute)
        ],
        "settles": {each: teller.settles(dispute, each) for each in LANGUAGES},
        "remark": {each: teller.remark(dispute, each) for each in LANGUAGES},
    }


def _voice_object(iri: str, teller: Teller, position: Position) -> dict[str, object]:
    claim = teller.claims[iri]
    return {
        "claim": iri,
        "source": claim.source,
        "holders": claim.holders,
        "stance": claim.stance,
        "certainty": teller.certainty(iri),
        "paraphrase": {each: teller.paraphrase(iri, each) for each in LANGUAGES},
        "said_by": {each: teller.voice(iri, each, position) for each in LANGUAGES},
    }

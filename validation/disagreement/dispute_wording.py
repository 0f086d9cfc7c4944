"""Disputes in words: the question, the answer of each position, and who says it, in English and Persian.

Questions and answers come from the register where it has them, else from the wording of the family
(``matters.toml``). What a claim says is its paraphrase, made by the curators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from araxes.ontology.namespaces import AX, local_name
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.triples.labels import Description, Words, in_digits, plain_value
from araxes.validation.disagreement.dispute_register import register
from araxes.validation.disagreement.disputes import Dispute, Position
from araxes.validation.disagreement.matters import causal_signs, families
from araxes.validation.disagreement.natures import READ, nature_of, natures
from araxes.validation.disagreement.rule_facts import SIGNS
from araxes.validation.disagreement.words_of_time import date_in_words, number_in_words

SHOWN = 3
"""So many claims of a position are shown in full; the others are counted."""

_STANCES = ("OwnVoice", "Endorses", "Reports", "Disputes")
_CERTAINTIES = ("AbsoluteCertainty", "HighCertainty", "ModerateCertainty", "LowCertainty")
_VOICE = {
    "en": {
        "OwnVoice": "the author's own view",
        "Endorses": "the view of {}, which the author shares",
        "Reports": "the view of {}, which the author reports",
        "Disputes": "the view of {}, which the author rejects",
    },
    "fa": {
        "OwnVoice": "دیدگاه خودِ نویسنده",
        "Endorses": "دیدگاه {}، با موافقت نویسنده",
        "Reports": "دیدگاه {}، به نقل نویسنده",
        "Disputes": "دیدگاه {}، با مخالفت نویسنده",
    },
}
_HEDGES = {
    "en": {
        "Possible": "said to be possible",
        "ModerateCertainty": "said with caution",
        "LowCertainty": "said with much caution",
    },
    "fa": {
        "Possible": "به‌عنوان احتمال",
        "ModerateCertainty": "با اندکی احتیاط",
        "LowCertainty": "با احتیاط بسیار",
    },
}
_NO_TIME = {"en": "no time given", "fa": "بدون ذکر زمان"}
_UNDATED = {"en": ", undated", "fa": "، بی‌تاریخ"}
_AND = {"en": (", ", " and "), "fa": ("، ", " و ")}
_SEPARATOR = {"en": "; ", "fa": "؛ "}
_DENIED = {"en": "Not so: {}", "fa": "چنین نیست: {}"}
_EACH = {
    "en": {"P1Y": "a year", "P1M": "a month", "P1W": "a week", "P1D": "a day"},
    "fa": {"P1Y": "در سال", "P1M": "در ماه", "P1W": "در هفته", "P1D": "در روز"},
}
_TAKING = frozenset({AX + "favours", AX + "rejects"})
_PREPOSITIONS = ("از", "با", "به", "در", "بر", "برای", "دربارهٔ")


@dataclass(frozen=True)
class Teller:
    """Puts disputes into words.

    Attributes:
        words: the labels of the default graph.
        about: the default graph.
        claims: the claims by IRI.
    """

    words: Words
    about: Description
    claims: dict[str, ClaimGraph]

    def question(self, dispute: Dispute, language: str) -> str:
        """The question of a dispute."""
        entry = register().entry(dispute.matter)
        if entry.question:
            return entry.question[language]
        wording = families().get(dispute.matter.family, families()["account"])
        name = "question"
        if "/relationship/" in dispute.matter.about[-1] and "question_of_relationship" in wording:
            name = "question_of_relationship"
        ends = self._ends(dispute, language)
        pattern = wording[name][language]
        if "{1}" in pattern and len(ends) < 2:  # a matter of one thing, asked as one of two
            pattern = families()["account"]["question"][language]
        return _begun(pattern.format(*ends))

    def settles(self, dispute: Dispute, language: str) -> str:
        """What would settle a dispute, or nothing where nobody can say so."""
        entry = register().entry(dispute.matter)
        if entry.question or entry.settles:
            return entry.settles.get(language, "")
        wording: dict[str, str] = families().get(dispute.matter.family, {}).get("settles", {})
        return wording.get(language, "")

    def remark(self, dispute: Dispute, language: str) -> str:
        """Of what nature a dispute is and why it is weaker than its clashes, or nothing.

        That one text does not agree with itself is told by its kind; why something is a contrast says it all.
        """
        entry = register().entry(dispute.matter)
        if entry.contrast:
            return entry.contrast.get(language, "")
        if dispute.kind == "Inconsistency":
            return entry.lowered_because.get(language, "")
        told = nature_of(dispute.kinds)
        names = [dispute.nature, READ if told == READ != dispute.nature else ""]
        parts = [natures()[name][language] for name in filter(None, names)]
        return " ".join([*parts, *filter(None, [entry.lowered_because.get(language, "")])])

    def answer(self, dispute: Dispute, position: Position, language: str) -> str:
        """The answer of a position."""
        if position.wording:
            return position.wording[language]
        answer = position.answer
        wording = families().get(dispute.matter.family, {}).get("answers", {}).get(answer.key)
        if wording is None:
            text = f"{self.clause(answer.terms, language)}." if len(answer.terms) == 3 else answer.key
            return _begun(_DENIED[language].format(text) if answer.denied else text)
        pattern = wording["not"][language] if answer.denied and "not" in wording else wording[language]
        named = [self._term(term, dispute.matter.family, language) for term in answer.terms]
        if dispute.matter.family == "figure":
            named = [self._figure(position, language)]
        return _begun(pattern.format(*named))

    def clause(self, triple: tuple[str, ...], language: str) -> str:
        """A statement as a clause; in Persian with its verb at the end."""
        one, predicate, two = triple
        if language != "fa":
            return self.words.statement((one, predicate, two), language)
        subject, value = (self._term(term, "", language) for term in (one, two))
        relation = self.words.name(predicate, language)
        if "…" in relation:
            return f"{subject} {relation.replace('…', value)}"
        verb, _, last = relation.rpartition(" ")
        if last in _PREPOSITIONS and verb:
            return f"{subject} {last} {value} {verb}"
        return f"{subject}: {relation} {value}"

    def voice(self, iri: str, language: str, position: Position | None = None) -> str:
        """Who says what a claim says, where, how firmly and of what time.

        Args:
            iri: the claim.
            language: ``en`` or ``fa``.
            position: the position that it takes, which may be another's than its holder's.
        """
        claim = self.claims[iri]
        takers = taken_by_others(claim, position)
        voices = takers or claim.holders
        holders = listed([self.words.name(each, language) for each in voices], language)
        own = all(each.startswith(claim.source + "#") for each in voices)
        stance = "OwnVoice" if own and claim.stance in {"OwnVoice", "Endorses"} else claim.stance
        if not own and stance == "OwnVoice":
            stance = "Reports" if takers else "Endorses"
        dated = self.about.one(claim.source, AX + "date") or self.about.one(claim.source, AX + "earliest")
        parts = [self.words.name(claim.source, language) + ("" if dated else _UNDATED[language])]
        parts.append(_VOICE[language].get(stance, _VOICE[language]["Reports"]).format(holders))
        parts.append(self.time(claim, language))
        hedges = _HEDGES[language]
        parts += [hedges[name] for name in (claim.modality, self.certainty(iri)) if name in hedges]
        return _SEPARATOR[language].join(filter(None, parts))

    def time(self, claim: ClaimGraph, language: str) -> str:
        """The time of which a claim speaks, if it says so; nothing if its paraphrase names the year."""
        if claim.dated and (period := self.about.one(claim.iri, AX + "period")):
            return date_in_words(period, language)
        if re.search(r"\d{4}", self.paraphrase(claim.iri, "en")):
            return ""
        if claim.dated and claim.holds.earliest and claim.holds.latest:
            first, last = claim.holds.earliest.year, claim.holds.latest.year
            return date_in_words(str(first) if first == last else f"{first}/{last}", language)
        return _NO_TIME[language]

    def certainty(self, iri: str) -> str:
        """How sure the holder is said to be: a local name of the ontology, or nothing."""
        return local_name(self.about.one(iri, AX + "certainty"))

    def paraphrase(self, iri: str, language: str) -> str:
        """What a claim says, in the curators' words: in a language, or in another, which is named."""
        if found := self.about.one(iri, AX + "paraphrase", language):
            return found
        other = self.about.languages(iri, AX + "paraphrase")
        return f"[{other[0]}] {self.about.one(iri, AX + 'paraphrase', other[0])}" if other else ""

    def representatives(self, position: Position) -> list[str]:
        """At most :data:`SHOWN` claims that stand for a position: of different holders and sources first.

        They come in order of time; those without a date of their own follow in the order of their texts.
        """
        ranked = sorted(position.claims, key=lambda iri: self._rank(iri, position))
        chosen: list[str] = []
        for same in (lambda c: c.source, lambda c: (c.source, *c.holders), lambda c: c.iri):
            for iri in ranked:
                taken = {same(self.claims[each]) for each in chosen}
                if len(chosen) < SHOWN and same(self.claims[iri]) not in taken and iri not in chosen:
                    chosen.append(iri)
        return sorted(chosen, key=lambda iri: (self._first_day([iri]), iri))

    def ordered(self, dispute: Dispute) -> list[Position]:
        """Positions in the order of register or family; then options by time, others by their claims."""
        names = [name for name, _ in register().entry(dispute.matter).positions.values()]
        place = {name: names.index(name) for name in names}
        answers = list(families().get(dispute.matter.family, {}).get("answers", {}))
        in_family = {name: answers.index(name) for name in answers}
        return sorted(
            dispute.positions.values(),
            key=lambda each: (
                place.get(each.name, len(names)),
                in_family.get(each.answer.key, len(answers)),
                self._since(each) if dispute.matter.family == "option" else "",
                -len(each.claims),
                each.name,
            ),
        )

    def _since(self, position: Position) -> str:
        """The first day for which claims of a position say that they hold."""
        return self._first_day(position.claims)

    def _first_day(self, claims: Iterable[str]) -> str:
        given = (self.claims[iri] for iri in claims)
        return min((str(claim.period.earliest) for claim in given if claim.dated), default="9999")

    def _rank(self, iri: str, position: Position) -> tuple[int, int, bool, int, int, str]:
        """Own views first, firm ones, to the point; then what stands against most and says least else."""
        claim = self.claims[iri]
        stance = _STANCES.index(claim.stance) if claim.stance in _STANCES else len(_STANCES)
        certainty = self.certainty(iri)
        firm = _CERTAINTIES.index(certainty) if certainty in _CERTAINTIES else 1
        causal = any(local_name(each.triple[1]) in causal_signs() for each in position.statements)
        aside = claim.kind == "CausalClaim" and not causal
        return stance, max(firm, 1), aside, -position.claims[iri], len(claim.quads), iri

    def _ends(self, dispute: Dispute, language: str) -> list[str]:
        family, about = dispute.matter.family, dispute.matter.about
        if family in {"statement", "extent"}:
            one, name, two = (f"<{about[0]}>", AX + about[1], about[2])
            return [self.clause((one, name, f"<{two}>" if "://" in two else two), language)]
        if family == "figure":
            return [self._measured(dispute, language)]
        if family == "account":
            return [self.words.name(about[1], language)]
        names = [each if "://" in each else AX + each for each in about]
        return [self.words.name(each, language) for each in names]

    def _measured(self, dispute: Dispute, language: str) -> str:
        """A measure with what it was taken of."""
        measure = dispute.matter.about[0]
        named = {
            str(quad.object)[1:-1]
            for iri in dispute.claims
            for quad in self.claims[iri].quads
            if quad.predicate.value in {AX + "measuredEntity", AX + "from", AX + "to"}
        }
        things = listed([self.words.name(each, language) for each in named], language) if named else ""
        name = self.words.name(measure, language)
        return f"{name} ({things})" if things else name

    def _figure(self, position: Position, language: str) -> str:
        """The figure of a position, with comparator, unit and period as its first claim gives them."""
        shown = plain_value(position.answer.terms[0])
        (plain,) = re.findall(r"-?\d[\d.]*", shown.partition(" P")[0])[:1] or [shown]
        for iri in sorted(position.claims):
            for triples in self.claims[iri].nodes().values():
                given = {local_name(predicate): value for _, predicate, value in triples}
                if "measure" in given and plain in map(plain_value, given.values()):
                    return self._measurement(plain, given, language)
        return number_in_words(shown, language)

    def _measurement(self, plain: str, given: dict[str, str], language: str) -> str:
        sign = SIGNS.get(local_name(given.get("comparator", "").strip("<>")), "")
        unit = given.get("unit", "").strip("<>")
        parts = [number_in_words(f"{sign}{plain}", language)]
        parts += [self.words.name(unit, language)] if unit else []
        parts += [_EACH[language].get(plain_value(given.get("perPeriod", "")), "")]
        return " ".join(filter(None, parts))

    def _term(self, term: str, family: str, language: str) -> str:
        if term.startswith("<"):
            return self.words.name(term[1:-1], language)
        if family == "date":
            return date_in_words(plain_value(term), language)
        if family == "figure":
            return number_in_words(plain_value(term), language)
        return in_digits(plain_value(term), language)


def taken_by_others(claim: ClaimGraph, position: Position | None) -> list[str]:
    """Whose position it is that a claim tells of, where that is nobody who holds the claim.

    Args:
        claim: a claim.
        position: a position of a dispute, if one is asked about.
    """
    about = {statement.triple[2] for statement in position.statements} if position else set()
    takers: set[str] = set()
    for statements in claim.nodes().values():
        if any(predicate in _TAKING and value in about for _, predicate, value in statements):
            takers |= {
                value.strip("<>") for _, predicate, value in statements if predicate == AX + "positionOf"
            }
    return sorted(takers - set(claim.holders))


def listed(names: Iterable[str], language: str) -> str:
    """Names as a list in words."""
    given = sorted(set(names))
    comma, last = _AND[language]
    return comma.join(given[:-1]) + (last if len(given) > 1 else "") + (given[-1] if given else "")


def _begun(text: str) -> str:
    """A sentence with a capital at its beginning, where letters have them."""
    return text[:1].upper() + text[1:]

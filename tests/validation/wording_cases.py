"""For each check of wording: sentences of which it warns, and claims that say the same without a warning."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from araxes.triples.authoring.sound_corpus import SoundRecord
from araxes.triples.authoring.yaml_lines import Document
from araxes.validation.gate.wording.worded_claim import WordedClaim

Item = dict[str, Any]

ENGLISH = "Alpha supports Beta."
PERSIAN = "آلفا از بتا پشتیبانی می‌کند."
SUPPORT: Item = {"id": "state/alpha", "supports": "state/beta"}
DENIAL: Item = {"type": "Denial", "subject": "state/alpha", "property": "supports", "object": "state/beta"}
OFFICE: Item = {"id": "#t", "type": "Tenure", "office": "office/president"}

ENTITIES: list[Item] = [
    {"id": "state/alpha", "type": "State", "label": {"en": "Alpha", "fa": "آلفا"}},
    {"id": "state/beta", "type": "State", "label": {"en": "Beta", "fa": "بتا"}},
    {"id": "person/ahad", "type": "Person", "label": {"en": "Ahad Karimi", "fa": "احد کریمی"}},
    {"id": "place/aras", "type": "WaterBody", "label": {"en": "Aras", "fa": "ارس"}},
    {"id": "event/war", "type": "War", "label": {"en": "First war", "fa": "جنگ نخست"}},
    {
        "id": "office/president",
        "type": "Office",
        "label": {"en": "President of Alpha", "fa": "رئیس‌جمهور آلفا"},
    },
    {"id": "situation/need", "type": "Situation", "label": {"en": "Need of Beta", "fa": "نیاز بتا"}},
    {"id": "theory/only-way", "type": "Theory", "label": {"en": "Only-way theory", "fa": "نظریهٔ تنها راه"}},
]


def degree(name: str) -> Item:
    """A qualification of the one statement."""
    return {"type": "Qualification", **{k: v for k, v in DENIAL.items() if k != "type"}, "degree": name}


def worded(data: Item) -> WordedClaim:
    """A claim with what is given, and otherwise nothing to warn of."""
    whole = {
        "id": "claim/test/001",
        "type": "FactualClaim",
        "modality": "Asserted",
        "certainty": "HighCertainty",
        "passage": {"start": 0, "end": 9, "sha256": "0" * 64},
        "asserts": [SUPPORT],
        **data,
    }
    whole["paraphrase"] = {"en": ENGLISH, "fa": PERSIAN, **data.get("paraphrase", {})}
    document = Document(Path("test.yaml"), None, {})
    records = {item["id"]: SoundRecord("entity", item, document, ()) for item in ENTITIES}
    return WordedClaim(SoundRecord("claim", whole, document, (), "source/test"), records)


@dataclass(frozen=True)
class Case:
    """A check, a claim of which it warns, and changes after any of which it does not.

    Attributes:
        check: name of the check.
        wrong: keys of a claim.
        right: each a change of these keys.
    """

    check: str
    wrong: Item
    right: list[Item] = field(default_factory=list)


def said(check: str, english: str, persian: str, *items: Item, elsewhere: str = "") -> list[Case]:
    """A word that stands in the English, or in the Persian, and is right with one of some statements.

    Args:
        check: name of the check.
        english: a sentence with the word.
        persian: a sentence with the word.
        items: statements, each of which carries the word.
        elsewhere: an English sentence in which the word means something else.
    """
    right: list[Item] = [{"asserts": [SUPPORT, item]} for item in items]
    other = [{"paraphrase": {"en": elsewhere}}] if elsewhere else []
    return [
        Case(check, {"paraphrase": {"en": english}}, right + other),
        Case(check, {"paraphrase": {"fa": persian}}, right),
    ]


def certain(check: str, english: str, persian: str, *fitting: str) -> list[Case]:
    """A hedge or stress in the English, or in the Persian, and the certainties that fit it."""
    right: list[Item] = [{"certainty": name} for name in fitting]
    return [
        Case(check, {"paraphrase": {name: text}}, right) for name, text in (("en", english), ("fa", persian))
    ]


CONDITION: Item = {"id": "#c", "type": "Condition", "conditionKind": "If", "conditionOn": "event/war"}
RANK: Item = {"id": "#r", "type": "Observation", "measuredEntity": "state/alpha", "rank": 1}
SHARE: Item = {
    "id": "#s",
    "type": "Observation",
    "measuredEntity": "state/alpha",
    "value": 50,
    "unit": "Percent",
}
NEED: Item = {"id": "situation/need", "type": "Situation", "situationOf": "state/beta"}

CASES: list[Case] = [
    *said(
        "unsaid-only",
        "Only Alpha supports Beta.",
        "تنها آلفا از بتا پشتیبانی می‌کند.",
        degree("OnlyDegree"),
        {"id": "theory/only-way", "appliesTo": "state/alpha"},
        elsewhere="Alpha supports Beta only recently.",
    ),
    *said(
        "unsaid-main",
        "Alpha is the chief supporter of Beta.",
        "آلفا پشتیبان اصلی بتا است.",
        degree("MainDegree"),
        elsewhere="Alpha sends its commander-in-chief to Beta.",
    ),
    *said(
        "unsaid-among",
        "Alpha is among the first supporters of Beta.",
        "آلفا از نخستین پشتیبانان بتا است.",
        degree("AmongFirst"),
    ),
    *said(
        "unsaid-rank",
        "Alpha is the greatest supporter of Beta.",
        "آلفا بزرگ‌ترین پشتیبان بتا است.",
        RANK,
        degree("MainDegree"),
        elsewhere="Alpha makes the best use of Beta.",
    ),
    *said(
        "unsaid-extent", "Alpha partly supports Beta.", "آلفا تا حدی از بتا پشتیبانی می‌کند.", degree("Partly")
    ),
    *said(
        "unsaid-frequency", "Alpha always supports Beta.", "آلفا همواره پشتیبان بتا است.", degree("Always")
    ),
    *said(
        "unsaid-heightened",
        "Alpha increasingly supports Beta.",
        "آلفا بیش از پیش از بتا پشتیبانی می‌کند.",
        degree("Increasingly"),
    ),
    *said(
        "unsaid-first-time",
        "Alpha supports Beta for the first time.",
        "آلفا نخستین بار از بتا پشتیبانی می‌کند.",
        degree("FirstTime"),
    ),
    *said(
        "unsaid-semblance",
        "On the surface Alpha supports Beta.",
        "آلفا در ظاهر از بتا پشتیبانی می‌کند.",
        degree("InAppearance"),
        elsewhere="In other words Alpha supports Beta.",
    ),
    *said(
        "unsaid-condition",
        "Alpha supports Beta as long as war lasts.",
        "اگر جنگ باشد، آلفا از بتا پشتیبانی می‌کند.",
        CONDITION,
        elsewhere="Alpha supports Beta even if war comes.",
    ),
    *certain(
        "hedge-without-certainty",
        "Alpha probably supports Beta.",
        "به نظر می رسد آلفا از بتا پشتیبانی می‌کند.",
        "ModerateCertainty",
        "LowCertainty",
    ),
    *certain(
        "stress-without-certainty",
        "Alpha undoubtedly supports Beta.",
        "آلفا بيشك از بتا پشتیبانی می‌کند.",
        "AbsoluteCertainty",
    ),
    Case(
        "hedge-without-certainty",
        {"paraphrase": {"en": "Alpha may support Beta."}},
        [
            {"modality": "Ability"},
            {
                "paraphrase": {
                    "en": "Alpha supported Beta on 16 May 1992.",
                    "fa": "آلفا در ۱۶ مه ۱۹۹۲ پشتیبان بتا شد.",
                }
            },
            {"correction": {"printedForm": "Alfa", "correctedForm": "Alpha"}},
        ],
    ),
    Case(
        "thing-in-one-language",
        {"paraphrase": {"fa": "آلفا از آن پشتیبانی می‌کند."}},
        [{"paraphrase": {"en": "Alpha supports it.", "fa": "آلفا از آن پشتیبانی می‌کند."}}, {}],
    ),
    Case(
        "thing-in-one-language",
        {
            "asserts": [SUPPORT, {"id": "person/ahad", "nationalOf": "state/alpha"}],
            "paraphrase": {"en": "Ahad Karimi of Alpha supports Beta."},
        },
        [
            {
                "paraphrase": {
                    "en": "Ahad Karimi of Alpha supports Beta.",
                    "fa": "كريمي آلفایی از بتا پشتیبانی می‌کند.",
                }
            }
        ],
    ),
    Case(
        "thing-in-one-language",
        {
            "asserts": [SUPPORT, {"id": "state/alpha", "locatedIn": "place/aras"}],
            "paraphrase": {"fa": "آلفا در کنار ارس از بتا پشتیبانی می‌کند."},
        },
        [
            {
                "paraphrase": {
                    "en": "On the Aras Alpha supports Beta.",
                    "fa": "آلفا در کنار ارس از بتا پشتیبانی می‌کند.",
                }
            }
        ],
    ),
    Case(
        "number-in-one-language",
        {"paraphrase": {"en": "Alpha gave Beta 3.2 billion dollars in 1992."}},
        [
            {
                "paraphrase": {
                    "en": "Alpha gave Beta 3.2 billion in 1992.",
                    "fa": "آلفا در ١٩٩٢ به بتا ۳٫۲ میلیارد داد.",
                }
            },
            {
                "paraphrase": {
                    "en": "Alpha gave Beta 3.1 billion.",
                    "fa": "آلفا به بتا ۳ میلیارد و ۱۰۰ میلیون داد.",
                }
            },
            {"paraphrase": {"en": "Alpha supports 4 Betas.", "fa": "آلفا از چهار بتا پشتیبانی می‌کند."}},
            {"paraphrase": {"en": "Alpha met Beta on 2 May 2013.", "fa": "آلفا در ۱۳۹۲ بتا را دید."}},
        ],
    ),
    Case(
        "number-in-one-language",
        {"paraphrase": {"fa": "آلفا از ۱۲ بتا پشتیبانی می‌کند."}},
        [{"paraphrase": {"en": "Alpha supports twelve Betas.", "fa": "آلفا از ۱۲ بتا پشتیبانی می‌کند."}}],
    ),
    Case(
        "points-outside",
        {"paraphrase": {"en": "Therefore Alpha supports Beta."}},
        [{"paraphrase": {"en": "It is said that Alpha supports Beta."}}],
    ),
    Case(
        "points-outside",
        {"paraphrase": {"en": "This article says that Alpha supports Beta."}},
        [{"paraphrase": {"en": "Masoumi's article says that Alpha supports Beta."}}],
    ),
    *(
        Case(
            "points-outside",
            {"paraphrase": {"fa": f"{word} آلفا از بتا پشتیبانی می‌کند."}},
            [{"paraphrase": {"fa": "اینکه آلفا از بتا پشتیبانی می‌کند دانسته است."}}],
        )
        for word in ("این", "همچنین", "بنابراين", "هم‌چنین", "از این‌رو")
    ),
    Case(
        "share-as-rank",
        {
            "paraphrase": {
                "en": "Alpha has most, 50 percent, of Beta.".replace("most, ", ""),
                "fa": "آلفا ۵۰ درصد بتا را دارد.",
            },
            "asserts": [SUPPORT, RANK],
        },
        [
            {"asserts": [SUPPORT, SHARE]},
            {"paraphrase": {"en": "With 50 percent Alpha ranks first.", "fa": "آلفا با ۵۰ درصد نخست است."}},
        ],
    ),
    Case(
        "share-as-rank",
        {
            "paraphrase": {
                "en": "Alpha is among the largest supporters of Beta.",
                "fa": "آلفا از بزرگ‌ترین پشتیبانان بتا است.",
            },
            "asserts": [RANK, degree("AmongMain")],
        },
        [{"asserts": [SUPPORT, degree("AmongMain")]}],
    ),
    Case(
        "denial-too-wide",
        {
            "modality": "Denied",
            "asserts": [DENIAL],
            "paraphrase": {"en": "Alpha does not always support Beta."},
        },
        [{"asserts": [DENIAL, degree("Always")]}, {"paraphrase": {"en": "Alpha does not support Beta."}}],
    ),
    Case(
        "denial-too-wide",
        {
            "modality": "Denied",
            "asserts": [DENIAL],
            "paraphrase": {"fa": "آلفا از بتا به خوبی پشتیبانی نمی‌کند."},
        },
        [{"modality": "Asserted", "asserts": [SUPPORT, degree("Poorly")]}],
    ),
    Case(
        "situation-swallows",
        {"asserts": [{**NEED, "influences": "state/alpha"}]},
        [
            {"asserts": [{**NEED, "motivates": "state/alpha"}]},
            {"asserts": [{**NEED, "field": "EconomicField"}]},
            {"asserts": [NEED, SUPPORT]},
        ],
    ),
    Case(
        "type-differs",
        {"asserts": [SUPPORT, {"id": "event/war", "type": "Visit"}]},
        [
            {"asserts": [SUPPORT, {"id": "event/war", "type": "War"}]},
            {"asserts": [SUPPORT, {"id": "event/war", "type": "Conflict"}]},
        ],
    ),
    Case(
        "misprint-stated",
        {
            "correction": {"printedForm": "رئیس‌جمهور آلفا", "correctedForm": "نخست‌وزیر آلفا"},
            "asserts": [SUPPORT, OFFICE],
        },
        [
            {"asserts": [SUPPORT, {**DENIAL, "type": "MentionedStatement", "object": "office/president"}]},
            {"correction": {"printedForm": "رییس آلفا", "correctedForm": "رئیس‌جمهور آلفا"}},
        ],
    ),
    Case(
        "misprint-stated",
        {
            "correction": {"printedForm": "۲۰۲۰", "correctedForm": "2002"},
            "asserts": [SUPPORT, {"id": "event/war", "date": "2020-05"}],
        },
        [{"asserts": [SUPPORT, {"id": "event/war", "date": "2002-05"}]}],
    ),
]
"""Every check with what it must see and what it must pass over."""

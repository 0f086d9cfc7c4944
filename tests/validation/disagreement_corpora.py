"""Corpora of two claims by two sources, and short ways of writing such claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox
import yaml

from araxes.triples.derived.claim_graphs import read_claim_graphs
from araxes.validation.disagreement.clashes import Case, find_cases
from tests.dataset_helper import dataset_of
from tests.triples.corpus_fixtures import TinyCorpus, claims, source, span

ALPHA, BETA, GAMMA = "state/alpha", "state/beta", "state/gamma"
FURTHER = [
    {"id": "event/war", "type": "War", "label": {"en": "War", "fa": "جنگ"}},
    {"id": "event/battle", "type": "Conflict", "label": {"en": "Battle", "fa": "نبرد"}},
    {"id": "factor/oil", "type": "Situation", "field": "EconomicField", "label": {"en": "Oil", "fa": "نفت"}},
    {
        "id": "factor/trust",
        "type": "Situation",
        "field": "IdentityField",
        "label": {"en": "Trust", "fa": "اعتماد"},
    },
    {
        "id": "factor/mistrust",
        "type": "Situation",
        "field": "IdentityField",
        "label": {"en": "Mistrust", "fa": "بی‌اعتمادی"},
        "excludes": "factor/trust",
    },
    {
        "id": "group/officials-of-alpha",
        "type": "SocialGroup",
        "label": {"en": "Officials of Alpha", "fa": "مقام‌های آلفا"},
        "belongsTo": "state/alpha",
        "speaksFor": "state/alpha",
    },
    {
        "id": "group/friends-of-beta",
        "type": "ActorGroup",
        "label": {"en": "Friends of Beta", "fa": "دوستان بتا"},
        "hasMember": ["state/beta", "state/gamma"],
    },
    {
        "id": "action/base",
        "type": "ProposedAction",
        "label": {"en": "Use of its soil", "fa": "استفاده از خاک"},
    },
    {"id": "event/raid", "type": "ArmedAttack", "label": {"en": "Raid", "fa": "یورش"}},
    {
        "id": "goal/separation",
        "type": "Goal",
        "label": {"en": "Separation", "fa": "جدایی"},
        "excludes": "goal/union",
    },
    {"id": "theory/contact", "type": "Theory", "label": {"en": "Theory of contact", "fa": "نظریهٔ تماس"}},
    {"id": "theory/gain", "type": "Theory", "label": {"en": "Theory of gain", "fa": "نظریهٔ سود"}},
    {"id": "goal/union", "type": "Goal", "label": {"en": "Union", "fa": "اتحاد"}},
    {"id": "issue/canal", "type": "Issue", "label": {"en": "Canal", "fa": "آبراه"}},
    {"id": "issue/harbour", "type": "Issue", "label": {"en": "Harbour", "fa": "بندر"}},
    {
        "id": "option/toll",
        "type": "Option",
        "label": {"en": "Toll", "fa": "عوارض"},
        "excludes": "option/free-passage",
    },
    {"id": "option/free-passage", "type": "Option", "label": {"en": "Free passage", "fa": "گذر آزاد"}},
    {"id": "option/pilots", "type": "Option", "label": {"en": "Pilots", "fa": "راهنما"}},
    {"id": "policy/opening", "type": "Policy", "label": {"en": "Opening", "fa": "گشایش"}},
    {"id": "goal/peace", "type": "Goal", "label": {"en": "Peace", "fa": "صلح"}},
    {"id": "goal/trade", "type": "Goal", "label": {"en": "Trade", "fa": "بازرگانی"}},
    {"id": "place/isle", "type": "Place", "label": {"en": "Isle", "fa": "جزیره"}},
    {"id": "place/port", "type": "Place", "label": {"en": "Port", "fa": "بندرگاه"}},
    {"id": "event/talks", "type": "Negotiation", "label": {"en": "Talks", "fa": "گفت‌وگو"}},
    {"id": "event/union", "type": "Event", "label": {"en": "Union of states", "fa": "اتحاد دولت‌ها"}},
    {
        "id": "event/partition",
        "type": "Event",
        "label": {"en": "Partition", "fa": "تجزیه"},
        "excludes": "event/union",
    },
    {"id": "person/writer", "type": "Person", "label": {"en": "Writer", "fa": "نویسنده"}},
    {
        "id": "work/of-the-writer",
        "type": "Work",
        "label": {"en": "Book by the writer", "fa": "کتاب نویسنده"},
        "author": "person/writer",
    },
    {
        "id": "event/estrangement",
        "type": "DeclineOfRelations",
        "label": {"en": "Estrangement of Alpha and Beta", "fa": "دوری آلفا و بتا"},
    },
    {"id": "work/book", "type": "Work", "label": {"en": "Book", "fa": "کتاب"}},
    {
        "id": "organization/government-of-alpha",
        "type": "GovernmentBody",
        "label": {"en": "Government of Alpha", "fa": "دولت آلفا"},
        "speaksFor": "state/alpha",
    },
    {
        "id": "relationship/alpha-beta-cultural",
        "type": "Relationship",
        "label": {"en": "Cultural relations of Alpha and Beta", "fa": "روابط فرهنگی آلفا و بتا"},
        "componentOf": "relationship/alpha-beta",
    },
    {
        "id": "relationship/alpha-beta-economic",
        "type": "Relationship",
        "label": {"en": "Economic relations of Alpha and Beta", "fa": "روابط اقتصادی آلفا و بتا"},
        "componentOf": "relationship/alpha-beta",
    },
    {
        "id": "relationship/alpha-beta",
        "type": "Relationship",
        "label": {"en": "Relations of Alpha and Beta", "fa": "روابط آلفا و بتا"},
    },
]


def build(
    tiny: TinyCorpus,
    one: dict[str, object],
    two: dict[str, object],
    horizons: Mapping[str, str] | None = None,
    further: Iterable[dict[str, object]] = (),
) -> ox.Dataset:
    """A corpus of two claims by two sources, which may have horizons; further claims are the first one's."""
    known = {entity["id"] for entity in tiny.entities}
    tiny.entities.extend(dict(entity) for entity in FURTHER if entity["id"] not in known)
    own = {"passage": span(35, 69)}
    tiny.claims[:] = [_claim(one), *(_claim({**own, **claim}) for claim in further)]
    tiny.source.pop("horizon", None)
    tiny.source |= _horizon(horizons, "source/test")
    tiny.write()
    text = yaml.safe_dump(source(), allow_unicode=True).replace("source/test", "source/other")
    reading = {
        "id": "source/other#reading-1",
        "type": "Curation",
        "label": {"en": "First reading", "fa": "خوانش نخست"},
        "curator": "curator/tester",
        "date": "2026-11-20",
        "guideline": "test",
    }
    theirs = {"id": "claim/other/001", "holder": "source/other#author", "passage": span(3, 9)}
    second = _claim({**theirs, **two})
    document = {
        "source": yaml.safe_load(text) | _horizon(horizons, "source/other"),
        "curation": [reading],
        "claims": [second],
    }
    path = tiny.source_folder / "other.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    return dataset_of(tiny.entity_folder, tiny.source_folder)


def _claim(change: Mapping[str, object]) -> dict[str, object]:
    """A claim of an unstated time, unless it gives one."""
    basis = "StatedPeriod" if "period" in change else "UnstatedTime"
    return {**claims()[0], "periodBasis": basis, **change}


def _horizon(horizons: Mapping[str, str] | None, name: str) -> dict[str, str]:
    return {"horizon": horizons[name]} if horizons and name in horizons else {}


def kinds(tiny: TinyCorpus, one: dict[str, object], two: dict[str, object]) -> list[str]:
    """The kinds of case between two claims."""
    return sorted(case.kind for case in cases(build(tiny, one, two)))


def cases(dataset: ox.Dataset) -> list[Case]:
    """The disagreements and corroborations among the claims of a dataset."""
    return find_cases(dataset, read_claim_graphs(dataset))


def says(*statements: Mapping[str, object], **change: object) -> dict[str, object]:
    """A claim with these statements."""
    return {"asserts": list(statements), **change}


def relation(subject: str, name: str, value: str | list[str], **change: object) -> dict[str, object]:
    """A claim of one relation."""
    return says({"id": subject, name: value}, **change)


def denies(subject: str, name: str, value: str, **change: object) -> dict[str, object]:
    """A claim that denies a relation."""
    denial = {"type": "Denial", "subject": subject, "property": name, "object": value}
    return says(denial, modality="Denied", **change)


def event(date: str, node: str = "event/recognition") -> dict[str, object]:
    """A claim that dates an event."""
    return says({"id": node, "date": date})


FIGURE = {"id": "#f", "type": "Observation", "measure": "measure/trade", "unit": "USDollar"}
ONE_VOICE = {"holder": ALPHA, "authorStance": "Reports"}


def figure(**change: object) -> dict[str, object]:
    """A claim of a figure."""
    return says({**FIGURE, **change})


def qualified(subject: str, name: str, value: str, degree: str) -> dict[str, object]:
    """The degree of a statement."""
    return {"type": "Qualification", "subject": subject, "property": name, "object": value, "degree": degree}


def to_degree(subject: str, name: str, value: str, degree: str) -> dict[str, object]:
    """A claim of one relation to some degree."""
    return says({"id": subject, name: value}, qualified(subject, name, value, degree))


def support(party: str, about: str = "event/war", **change: object) -> dict[str, object]:
    """A claim that Gamma supports a party to the war."""
    war = {"id": about, "type": "War", "belligerent": [ALPHA, BETA]}
    return says({"id": GAMMA, "supports": party}, war, **change)


def position(actor: str, attitude: str, option: str = "option/toll", **change: object) -> dict[str, object]:
    """A claim, held by an actor, of its own position on the canal, or on another issue."""
    issue = change.pop("onIssue", "issue/canal")
    taken = {"id": "#p", "type": "Position", "positionOf": actor, "onIssue": issue, attitude: option}
    return says(taken, **{"holder": actor, "authorStance": "Reports", **change})


def reading(option: str, **change: object) -> dict[str, object]:
    """A claim whose text, or whoever is named, answers the question of the canal."""
    return says({"id": "#p", "type": "Position", "onIssue": "issue/canal", "favours": option, **change})

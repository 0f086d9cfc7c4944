"""Corpora of two claims by two sources, and short ways of writing such claims."""

from __future__ import annotations

from collections.abc import Mapping

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
    {"id": "goal/union", "type": "Goal", "label": {"en": "Union", "fa": "اتحاد"}},
    {"id": "issue/canal", "type": "Issue", "label": {"en": "Canal", "fa": "آبراه"}},
    {"id": "option/toll", "type": "Option", "label": {"en": "Toll", "fa": "عوارض"}},
    {
        "id": "relationship/alpha-beta-cultural",
        "type": "Relationship",
        "label": {"en": "Cultural relations of Alpha and Beta", "fa": "روابط فرهنگی آلفا و بتا"},
        "componentOf": "relationship/alpha-beta",
    },
    {
        "id": "relationship/alpha-beta",
        "type": "Relationship",
        "label": {"en": "Relations of Alpha and Beta", "fa": "روابط آلفا و بتا"},
    },
]


def build(tiny: TinyCorpus, one: dict[str, object], two: dict[str, object]) -> ox.Dataset:
    """A corpus of two claims by two sources."""
    known = {entity["id"] for entity in tiny.entities}
    tiny.entities.extend(dict(entity) for entity in FURTHER if entity["id"] not in known)
    tiny.claims[:] = [{**claims()[0], **one}]
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
    second = {
        **claims()[0],
        "id": "claim/other/001",
        "holder": "source/other#author",
        "passage": span(3, 9),
        **two,
    }
    document = {"source": yaml.safe_load(text), "curation": [reading], "claims": [second]}
    path = tiny.source_folder / "other.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    return dataset_of(tiny.entity_folder, tiny.source_folder)


def kinds(tiny: TinyCorpus, one: dict[str, object], two: dict[str, object]) -> list[str]:
    """The kinds of case between two claims."""
    return sorted(case.kind for case in cases(build(tiny, one, two)))


def cases(dataset: ox.Dataset) -> list[Case]:
    """The disagreements and corroborations among the claims of a dataset."""
    return find_cases(dataset, read_claim_graphs(dataset))


def says(*statements: Mapping[str, object], **change: object) -> dict[str, object]:
    """A claim with these statements."""
    return {"asserts": list(statements), **change}


def relation(subject: str, name: str, value: str, **change: object) -> dict[str, object]:
    """A claim of one relation."""
    return says({"id": subject, name: value}, **change)


def denies(subject: str, name: str, value: str, **change: object) -> dict[str, object]:
    """A claim that denies a relation."""
    denial = {"type": "Denial", "subject": subject, "property": name, "object": value}
    return says(denial, modality="Denied", **change)


def event(date: str, node: str = "event/recognition") -> dict[str, object]:
    """A claim that dates an event."""
    return says({"id": node, "date": date})


def figure(**change: object) -> dict[str, object]:
    """A claim of a figure."""
    return says({"id": "#f", "type": "Observation", "measure": "measure/trade", "unit": "USDollar", **change})


def support(party: str, about: str = "event/war", **change: object) -> dict[str, object]:
    """A claim that Gamma supports a party to the war."""
    war = {"id": about, "type": "War", "belligerent": [ALPHA, BETA]}
    return says({"id": GAMMA, "supports": party}, war, **change)


def position(actor: str, attitude: str, **change: object) -> dict[str, object]:
    """A claim, held by an actor, of its own position on the canal."""
    taken = {"id": "#p", "type": "Position", "positionOf": actor, "onIssue": "issue/canal"}
    return says({**taken, attitude: "option/toll"}, **{"holder": actor, "authorStance": "Reports", **change})

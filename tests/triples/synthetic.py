"""Annotated sources made from the model: random claims that say what the ontology allows of real entities."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Any

import yaml

from araxes.ontology.vocabulary import Property, Vocabulary, vocabulary
from araxes.triples.authoring.corpus import Corpus, read_entities

Data = dict[str, Any]
LENGTH = 10_000_000
"""Characters of an imagined text."""

_DESCRIBES_CLAIMS = {
    "source",
    "holder",
    "curator",
    "arguedFrom",
    "readAs",
    "cites",
    "readingOf",
    "sourceAuthor",
}
_NARROWER_THAN_ITS_DOMAIN = {"belongsTo"}
"""A rule takes it from states, which the ontology allows."""


class Model:
    """What may be said of the project's entities."""

    def __init__(self, words: Vocabulary, entities: Corpus) -> None:
        """Sort entities by class, and keep the properties that join some of them."""
        self.members: dict[str, list[str]] = {}
        for record in entities.entities:
            kinds = record.data["type"]
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                for above in words.classes[kind]:
                    self.members.setdefault(above, []).append(record.id)
        self.relations = [p for p in words.properties.values() if self._joins(p)]

    def _joins(self, declared: Property) -> bool:
        ends = (declared.domain & self.members.keys(), declared.range & self.members.keys())
        actors = {"State", "Organization", "Person", "Actor"}
        return (
            declared.kind == "object"
            and all(ends)
            and bool(declared.domain & actors)
            and declared.name not in _DESCRIBES_CLAIMS | _NARROWER_THAN_ITS_DOMAIN
        )

    def relation(self, dice: random.Random) -> Data:
        """One relation between two entities."""
        declared = dice.choice(self.relations)
        ends = [
            self.members[dice.choice(sorted(side & self.members.keys()))]
            for side in (declared.domain, declared.range)
        ]
        subject = dice.choice(ends[0])
        other = dice.choice([one for one in ends[1] if one != subject] or ends[1])
        return {"id": subject, declared.name: other}

    def figure(self, dice: random.Random) -> Data:
        """One observation."""
        return {
            "id": "#figure",
            "type": "Observation",
            "measure": dice.choice(self.members["Measure"]),
            "measuredEntity": dice.choice(self.members["State"]),
            "value": dice.randint(1, 10_000),
            "unit": dice.choice(["USDollar", "Percent"]),
            "date": str(dice.randint(1991, 2024)),
        }

    def meeting(self, dice: random.Random) -> Data:
        """What two states did at a place on a day."""
        one, two = dice.sample(self.members["State"], 2)
        return {
            "id": "#meeting",
            "type": "Meeting",
            "label": {"en": "An imagined meeting", "fa": "دیداری خیالی"},
            "participant": [one, two],
            "date": f"{dice.randint(1992, 2024)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}",
        }

    def claim(self, source: str, number: int, dice: random.Random) -> Data:
        """One claim with a relation, and now and then a figure or a meeting."""
        start = dice.randrange(LENGTH - 300)
        stated = [self.relation(dice)]
        if dice.random() < 0.15:
            stated.append(self.figure(dice))
        if dice.random() < 0.15:
            stated.append(self.meeting(dice))
        return {
            "id": f"claim/{source}/{number:03d}",
            "type": "FactualClaim",
            "holder": f"source/{source}#author",
            "modality": "Asserted",
            "polarity": dice.choice(["Cooperative", "Conflictual", "Neutral"]),
            "paraphrase": {
                "en": f"An imagined claim, number {number}.",
                "fa": f"ادعایی خیالی، شمارهٔ {number}.",
            },
            "passage": {
                "start": start,
                "end": start + dice.randint(40, 300),
                "sha256": hashlib.sha256(f"{source} {number}".encode()).hexdigest(),
            },
            "asserts": stated,
        }


def source(name: str, claims: int, model: Model, dice: random.Random) -> Data:
    """One annotated source.

    Args:
        name: its slug.
        claims: number of its claims.
        model: what may be said.
        dice: seeded random numbers.
    """
    return {
        "source": {
            "id": f"source/{name}",
            "type": "ResearchArticle",
            "label": {"en": f"Imagined paper {name}", "fa": f"مقالهٔ خیالی {name}"},
            "language": "en",
            "sourceText": {
                "id": f"source/{name}#text",
                "type": "SourceText",
                "fileName": f"{name}.txt",
                "sha256": hashlib.sha256(name.encode()).hexdigest(),
                "characterCount": LENGTH,
            },
            "sourceAuthor": {
                "id": f"source/{name}#author",
                "type": "Authorship",
                "label": {"en": "Imagined author", "fa": "نویسندهٔ خیالی"},
            },
        },
        "curation": [
            {
                "id": f"source/{name}#reading-1",
                "type": "Curation",
                "label": {"en": "First reading", "fa": "خوانش نخست"},
                "curator": "curator/araxes-annotators",
                "date": "2026-11-20",
                "guideline": "imagined",
            }
        ],
        "claims": [model.claim(name, number, dice) for number in range(1, claims + 1)],
    }


def write_sources(folder: Path, sources: int, claims: int) -> None:
    """Write annotated sources of the project's entities; the same arguments give the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    model = Model(vocabulary(), read_entities())
    for number in range(1, sources + 1):
        name = f"imagined-{number:04d}"
        data = source(name, claims, model, random.Random(number))
        text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(text, "utf-8")

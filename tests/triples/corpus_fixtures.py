"""A tiny corpus of one source, written anew for each test that wants to break it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

TEXT = (
    "Alpha recognized Beta in May 1992.\n"
    "Beta says that Alpha threatens it.\n"
    "Gamma – غین – never helped Beta.\n"
)

ENTITIES: list[dict[str, object]] = [
    {"id": "state/alpha", "type": "State", "label": {"en": "Alpha", "fa": "آلفا"}},
    {"id": "state/beta", "type": "State", "label": {"en": "Beta", "fa": "بتا"}},
    {"id": "state/gamma", "type": "State", "label": {"en": "Gamma", "fa": "گاما"}},
    {
        "id": "event/recognition",
        "type": "Recognition",
        "label": {"en": "Recognition of Beta", "fa": "شناسایی بتا"},
    },
    {"id": "measure/trade", "type": "Measure", "label": {"en": "Trade", "fa": "تجارت"}},
    {"id": "curator/tester", "type": "Curator", "label": {"en": "Tester", "fa": "آزماینده"}},
]


def span(start: int, end: int) -> dict[str, object]:
    """A passage of the test text."""
    return {"start": start, "end": end, "sha256": hashlib.sha256(TEXT[start:end].encode()).hexdigest()}


def claims() -> list[dict[str, object]]:
    """Three claims: one affirmed, one reported, one denied."""
    return [
        {
            "id": "claim/test/001",
            "type": "FactualClaim",
            "holder": "source/test#author",
            "modality": "Asserted",
            "certainty": "HighCertainty",
            "periodBasis": "DatedStatements",
            "polarity": "Cooperative",
            "paraphrase": {
                "en": "Alpha recognized Beta in 1992.",
                "fa": "آلفا در ۱۹۹۲ بتا را به رسمیت شناخت.",
            },
            "passage": span(0, 34),
            "asserts": [
                {"id": "state/alpha", "recognizes": "state/beta"},
                {
                    "id": "event/recognition",
                    "type": "Recognition",
                    "actor": "state/alpha",
                    "recipient": "state/beta",
                    "date": "1992-05",
                },
                {
                    "id": "#trade",
                    "type": "Observation",
                    "measure": "measure/trade",
                    "measuredEntity": "state/alpha",
                    "value": 2.5,
                    "unit": "USDollar",
                },
            ],
        },
        {
            "id": "claim/test/002",
            "type": "FactualClaim",
            "holder": "state/beta",
            "authorStance": "Reports",
            "modality": "Asserted",
            "certainty": "HighCertainty",
            "periodBasis": "UnstatedTime",
            "polarity": "Conflictual",
            "paraphrase": {"en": "Beta feels threatened by Alpha.", "fa": "بتا از آلفا احساس تهدید می‌کند."},
            "passage": span(35, 69),
            "asserts": [{"id": "state/beta", "perceivesThreatFrom": "state/alpha"}],
        },
        {
            "id": "claim/test/003",
            "type": "FactualClaim",
            "holder": "source/test#author",
            "modality": "Denied",
            "certainty": "HighCertainty",
            "periodBasis": "UnstatedTime",
            "paraphrase": {"en": "Gamma gave Beta no help at all.", "fa": "گاما هیچ کمکی به بتا نکرد."},
            "passage": span(70, 102),
            "asserts": [
                {"type": "Denial", "subject": "state/gamma", "property": "aids", "object": "state/beta"}
            ],
        },
    ]


def source() -> dict[str, object]:
    """The description of the test source."""
    return {
        "id": "source/test",
        "type": "ResearchArticle",
        "label": {"en": "Test paper", "fa": "مقالهٔ آزمون"},
        "language": "en",
        "sourceText": {
            "id": "source/test#text",
            "type": "SourceText",
            "fileName": "test.txt",
            "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
            "characterCount": len(TEXT),
        },
        "sourceAuthor": {
            "id": "source/test#author",
            "type": "Authorship",
            "label": {"en": "Test author", "fa": "نویسندهٔ آزمون"},
        },
    }


def curation() -> list[dict[str, object]]:
    """One reading."""
    return [
        {
            "id": "source/test#reading-1",
            "type": "Curation",
            "label": {"en": "First reading", "fa": "خوانش نخست"},
            "curator": "curator/tester",
            "date": "2026-11-20",
            "guideline": "test",
        }
    ]


@dataclass
class TinyCorpus:
    """Folders of a corpus and its original, to be written after changes."""

    root: Path
    entities: list[dict[str, object]]
    source: dict[str, object]
    curation: list[dict[str, object]]
    claims: list[dict[str, object]]

    @property
    def entity_folder(self) -> Path:
        """Where the entities are."""
        return self.root / "entities"

    @property
    def source_folder(self) -> Path:
        """Where the annotated sources are."""
        return self.root / "annotated"

    @property
    def source_file(self) -> Path:
        """The annotated source."""
        return self.source_folder / "test.yaml"

    @property
    def originals(self) -> Path:
        """Where the original is."""
        return self.root / "originals"

    def write(self) -> TinyCorpus:
        """Write all files."""
        for folder in (self.entity_folder, self.source_folder, self.originals):
            folder.mkdir(parents=True, exist_ok=True)
        self._dump(self.entity_folder / "all.yaml", self.entities)
        self._dump(
            self.source_file, {"source": self.source, "curation": self.curation, "claims": self.claims}
        )
        (self.originals / "test.txt").write_bytes(TEXT.encode())
        return self

    def _dump(self, path: Path, data: object) -> None:
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def tiny_corpus(root: Path) -> TinyCorpus:
    """The tiny corpus, to be written to a folder."""
    return TinyCorpus(root, [dict(entity) for entity in ENTITIES], source(), curation(), claims())


@pytest.fixture
def tiny(tmp_path: Path) -> TinyCorpus:
    """The tiny corpus, written and valid."""
    return tiny_corpus(tmp_path).write()

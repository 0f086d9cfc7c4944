"""What a denial contests: whatever would imply what it denies."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from araxes.ontology.namespaces import AX, BASE
from araxes.ontology.vocabulary import vocabulary
from tests.dataset_helper import dataset_of
from tests.triples.corpus_fixtures import TinyCorpus, span

Statement = tuple[str, str, str]


def is_bare(tiny: TinyCorpus, stated: Statement, denied: Statement | None) -> bool:
    """Whether a statement that one claim makes is uncontested, though another denies something."""
    subject, name, value = stated
    own = {**tiny.claims[0], "passage": span(0, 20)}
    claims = [
        {**own, "id": "claim/test/004", "asserts": [{"id": f"state/{subject}", name: f"state/{value}"}]}
    ]
    if denied:
        parts = zip(("subject", "property", "object"), denied, strict=True)
        denial = {key: text if key == "property" else f"state/{text}" for key, text in parts}
        asserts = [{"type": "Denial", **denial}]
        claims.append({**own, "id": "claim/test/005", "modality": "Denied", "asserts": asserts})
    tiny.claims += claims
    dataset = dataset_of(tiny.write().entity_folder, tiny.source_folder)
    quad = ox.Quad(
        ox.NamedNode(f"{BASE}state/{subject}"),
        ox.NamedNode(AX + name),
        ox.NamedNode(f"{BASE}state/{value}"),
        ox.DefaultGraph(),
    )
    return quad in dataset


@pytest.mark.parametrize(
    ("stated", "denied"),
    [
        (("beta", "territorialPartOf", "alpha"), ("alpha", "hasTerritorialPart", "beta")),
        (("alpha", "hasTerritorialPart", "beta"), ("beta", "territorialPartOf", "alpha")),
        (("alpha", "alliedWith", "beta"), ("beta", "cooperatesWith", "alpha")),
        (("alpha", "alliedWith", "beta"), ("alpha", "hasRelationsWith", "beta")),
    ],
)
def test_a_denial_contests_what_implies_the_denied(
    tiny: TinyCorpus, stated: Statement, denied: Statement
) -> None:
    assert not is_bare(tiny, stated, denied)


@pytest.mark.parametrize(
    ("stated", "denied"),
    [
        (("beta", "territorialPartOf", "alpha"), None),
        (("alpha", "territorialPartOf", "beta"), ("alpha", "hasTerritorialPart", "beta")),
        (("alpha", "cooperatesWith", "beta"), ("alpha", "alliedWith", "beta")),
        (("alpha", "perceivesThreatFrom", "beta"), ("beta", "perceivesThreatFrom", "alpha")),
    ],
)
def test_a_denial_contests_nothing_else(
    tiny: TinyCorpus, stated: Statement, denied: Statement | None
) -> None:
    assert is_bare(tiny, stated, denied)


def test_implications_follow_inverses_of_properties_above() -> None:
    found = vocabulary().implications("subEventOf")
    assert {("subEventOf", False), ("partOf", False), ("hasPart", True)} <= found
    assert ("hasPart", False) not in found

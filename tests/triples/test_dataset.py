"""From YAML to RDF: claim graphs, descriptions, uncontested statements, determinism."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from araxes.ontology.namespaces import AX, BASE, OWL, RDF
from araxes.triples.dataset import canonical_nquads
from tests.dataset_helper import dataset_of
from tests.triples.corpus_fixtures import TinyCorpus, span

Claim = dict[str, object]


def store_of(tiny: TinyCorpus) -> ox.Store:
    """The tiny corpus, built."""
    dataset = dataset_of(tiny.entity_folder, tiny.source_folder)
    store = ox.Store()
    store.extend(dataset)
    return store


def ask(store: ox.Store, pattern: str) -> bool:
    """Whether a pattern matches."""
    prefixes = {"ax": AX, "b": BASE, "owl": OWL, "rdf": RDF}
    return bool(store.query(f"ASK {{ {pattern} }}", prefixes=prefixes))


CLAIM = "<https://w3id.org/araxes/claim/test/{}>"


def test_statements_stand_in_the_graph_of_their_claim(tiny: TinyCorpus) -> None:
    store = store_of(tiny)
    graph = CLAIM.format("001")
    assert ask(store, f"GRAPH {graph} {{ <{BASE}state/alpha> ax:recognizes <{BASE}state/beta> }}")
    assert ask(store, f"GRAPH {graph} {{ {graph[:-1]}#trade> ax:value 2.5 ; ax:unit ax:USDollar }}")
    assert not ask(store, f"GRAPH {graph} {{ <{BASE}state/beta> ax:perceivesThreatFrom ?x }}")


def test_description_stands_in_the_default_graph(tiny: TinyCorpus) -> None:
    store = store_of(tiny)
    claim = CLAIM.format("002")
    assert ask(
        store,
        f"{claim} a ax:FactualClaim ; ax:holder <{BASE}state/beta> ; ax:source <{BASE}source/test> ; "
        f"ax:modality ax:Asserted ; ax:authorStance ax:Reports ; ax:curator <{BASE}curator/tester> ; "
        "ax:passage [ ax:sha256 ?digest ; <http://www.w3.org/ns/oa#hasSelector> "
        "[ <http://www.w3.org/ns/oa#start> 35 ; <http://www.w3.org/ns/oa#end> 69 ] ]",
    )


def test_dates_get_bounds_that_sort(tiny: TinyCorpus) -> None:
    store = store_of(tiny)
    moment = "^^<http://www.w3.org/2001/XMLSchema#dateTime>"
    dates = (
        f'ax:date "1992-05" ; ax:earliest "1992-05-01T00:00:00Z"{moment} ; '
        f'ax:latest "1992-05-31T23:59:59Z"{moment}'
    )
    assert ask(store, f"GRAPH {CLAIM.format('001')} {{ <{BASE}event/recognition> {dates} }}")


def test_denied_statement_is_a_negative_assertion_and_never_bare(tiny: TinyCorpus) -> None:
    store = store_of(tiny)
    denial = (
        f"?d a owl:NegativePropertyAssertion ; owl:sourceIndividual <{BASE}state/gamma> ; "
        f"owl:assertionProperty ax:aids ; owl:targetIndividual <{BASE}state/beta>"
    )
    assert ask(store, f"GRAPH {CLAIM.format('003')} {{ {denial} }}")
    assert not ask(store, denial)
    assert not ask(store, f"<{BASE}state/gamma> ax:aids ?x")
    assert not ask(store, f"GRAPH ?g {{ <{BASE}state/gamma> ax:aids ?x }}")


def test_only_what_the_author_affirms_as_fact_is_bare(tiny: TinyCorpus) -> None:
    store = store_of(tiny)
    assert ask(store, f"<{BASE}state/alpha> ax:recognizes <{BASE}state/beta>")
    assert not ask(store, f"<{BASE}state/beta> ax:perceivesThreatFrom ?x"), "a merely reported view is bare"


def contest(tiny: TinyCorpus, **change: object) -> Claim:
    """A further claim that stands against the first."""
    claim: Claim = {
        **tiny.claims[0],
        "id": "claim/test/004",
        "holder": "state/gamma",
        "authorStance": "Disputes",
        "passage": span(3, 9),
        **change,
    }
    tiny.claims.append(claim)
    tiny.write()
    return claim


@pytest.mark.parametrize(
    ("change", "bare"),
    [
        pytest.param({}, True, id="agreement"),
        pytest.param({"type": "PredictiveClaim"}, True, id="prediction of the same"),
    ],
)
def test_agreeing_claims_leave_a_statement_bare(
    tiny: TinyCorpus, change: dict[str, object], bare: bool
) -> None:
    contest(tiny, asserts=[{"id": "state/alpha", "recognizes": "state/beta"}], **change)
    assert ask(store_of(tiny), f"<{BASE}state/alpha> ax:recognizes <{BASE}state/beta>") is bare


@pytest.mark.parametrize("kind", ["CausalClaim", "DefinitionalClaim", "NormativeClaim", "PredictiveClaim"])
def test_other_kinds_of_claim_are_not_bare(tiny: TinyCorpus, kind: str) -> None:
    tiny.claims[0]["type"] = kind
    tiny.write()
    assert not ask(store_of(tiny), f"<{BASE}state/alpha> ax:recognizes <{BASE}state/beta>")


def test_possible_claims_are_not_bare(tiny: TinyCorpus) -> None:
    tiny.claims[0]["modality"] = "Possible"
    tiny.write()
    assert not ask(store_of(tiny), f"<{BASE}state/alpha> ax:recognizes <{BASE}state/beta>")


def test_a_denial_contests(tiny: TinyCorpus) -> None:
    denial = {"type": "Denial", "subject": "state/alpha", "property": "recognizes", "object": "state/beta"}
    contest(tiny, modality="Denied", asserts=[denial])
    store = store_of(tiny)
    assert not ask(store, f"<{BASE}state/alpha> ax:recognizes <{BASE}state/beta>")
    assert ask(store, f"<{BASE}event/recognition> ax:actor <{BASE}state/alpha>"), "the rest stays bare"


def test_denying_a_symmetric_relation_contests_its_mirror_image_and_its_kinds(tiny: TinyCorpus) -> None:
    tiny.claims[0]["asserts"] = [{"id": "state/alpha", "cooperatesMilitarilyWith": "state/beta"}]
    denial = {
        "type": "Denial",
        "subject": "state/beta",
        "property": "cooperatesWith",
        "object": "state/alpha",
    }
    contest(tiny, modality="Denied", asserts=[denial])
    assert not ask(store_of(tiny), f"<{BASE}state/alpha> ax:cooperatesMilitarilyWith ?x")


def test_properties_in_tension_contest_each_other_at_the_same_time_only(tiny: TinyCorpus) -> None:
    tiny.claims[0]["asserts"] = [{"id": "state/alpha", "hasCloseRelationsWith": "state/gamma"}]
    tiny.claims[0] |= {"period": "1990/1995", "periodBasis": "StatedPeriod"}
    tense = {"id": "state/gamma", "hasTenseRelationsWith": "state/alpha"}
    claim = contest(tiny, period="1993", periodBasis="StatedPeriod", asserts=[tense])
    assert not ask(store_of(tiny), f"<{BASE}state/alpha> ax:hasCloseRelationsWith ?x")
    claim["period"] = "2003/.."
    tiny.write()
    assert ask(store_of(tiny), f"<{BASE}state/alpha> ax:hasCloseRelationsWith ?x")


def test_tension_has_a_direction(tiny: TinyCorpus) -> None:
    tiny.claims[0]["asserts"] = [{"id": "state/alpha", "supports": "state/beta"}]
    contest(tiny, asserts=[{"id": "state/beta", "opposes": "state/alpha"}])
    assert ask(store_of(tiny), f"<{BASE}state/alpha> ax:supports <{BASE}state/beta>")


@pytest.mark.parametrize(("date", "bare"), [("1992-05-04", True), ("1992", True), ("1991-12", False)])
def test_dates_contest_each_other_beyond_their_precision(tiny: TinyCorpus, date: str, bare: bool) -> None:
    event = {"id": "event/recognition", "type": "Recognition", "actor": "state/alpha", "date": date}
    contest(tiny, asserts=[event])
    store = store_of(tiny)
    assert ask(store, f'<{BASE}event/recognition> ax:date "1992-05"') is bare
    assert ask(store, f"<{BASE}event/recognition> ax:actor <{BASE}state/alpha>")


FIGURES: list[tuple[dict[str, object], bool]] = [
    ({"value": 3}, False),
    ({"value": 2.5}, True),
    ({"value": 3, "date": "1999"}, True),
    ({"value": 3, "basedOn": "state/gamma"}, True),
    ({"value": 2, "comparator": "MoreThan"}, True),
    ({"value": 3, "comparator": "MoreThan"}, False),
    ({"value": 2.6, "comparator": "About"}, True),
    ({"lowerValue": 2, "upperValue": 4}, True),
    ({"lowerValue": 3, "upperValue": 4}, False),
]


@pytest.mark.parametrize(("change", "bare"), FIGURES)
def test_figures_contest_each_other_only_on_the_same_base(
    tiny: TinyCorpus, change: dict[str, object], bare: bool
) -> None:
    base = {"measure": "measure/trade", "measuredEntity": "state/alpha", "unit": "USDollar"}
    contest(tiny, asserts=[{"id": "#f", "type": "Observation", **base, **change}])
    assert ask(store_of(tiny), "?o ax:value 2.5") is bare


def test_solar_hijri_dates_are_converted_and_kept(tiny: TinyCorpus) -> None:
    event = {
        "id": "event/recognition",
        "type": "Recognition",
        "actor": "state/alpha",
        "dateSolarHijri": "1370-10-04",
    }
    tiny.claims[0]["asserts"] = [event]
    tiny.write()
    found = f'<{BASE}event/recognition> ax:date "1991-12-25" ; ax:dateSolarHijri "1370-10-04"'
    assert ask(store_of(tiny), f"GRAPH {CLAIM.format('001')} {{ {found} }}")


def test_two_builds_are_byte_identical(tiny: TinyCorpus) -> None:
    first = dataset_of(tiny.entity_folder, tiny.source_folder)
    second = dataset_of(tiny.entity_folder, tiny.source_folder)
    assert canonical_nquads(first) == canonical_nquads(second)


def test_order_of_claims_and_keys_does_not_matter(tiny: TinyCorpus) -> None:
    first = dataset_of(tiny.entity_folder, tiny.source_folder)
    tiny.claims.reverse()
    tiny.claims[:] = [dict(reversed(list(claim.items()))) for claim in tiny.claims]
    tiny.entities.reverse()
    tiny.write()
    second = dataset_of(tiny.entity_folder, tiny.source_folder)
    assert canonical_nquads(first) == canonical_nquads(second)

"""What a dispute over roles puts in question does not stand bare, and nothing else goes with it."""

from __future__ import annotations

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, PREFIXES
from araxes.triples.derived.claim_graphs import read_claim_graphs
from araxes.validation.disagreement.disputed_statements import disputed_quads
from tests.triples.corpus_fixtures import TinyCorpus
from tests.validation.disagreement_corpora import ALPHA, BETA, GAMMA, build, relation, support


def bare(dataset: ox.Dataset) -> set[tuple[str, str, str]]:
    """The statements of the default graph about things of the corpus, by local names."""
    return {
        (str(quad.subject)[1:-1].removeprefix(BASE), quad.predicate.value.removeprefix(AX), str(quad.object))
        for quad in dataset
        if isinstance(quad.graph_name, ox.DefaultGraph)
    }


def test_sides_of_a_dispute_over_roles_are_not_bare(tiny: TinyCorpus) -> None:
    dataset = build(tiny, support(ALPHA), support(BETA))
    said = bare(dataset)
    for one in (ALPHA, BETA):
        assert (GAMMA, "supports", f"<{BASE}{one}>") not in said
    assert disputed_quads(dataset, read_claim_graphs(dataset))


def test_one_role_alone_stays_bare(tiny: TinyCorpus) -> None:
    dataset = build(tiny, support(ALPHA), relation(ALPHA, "tradesWith", BETA))
    assert (GAMMA, "supports", f"<{BASE}{ALPHA}>") in bare(dataset)
    assert not disputed_quads(dataset, read_claim_graphs(dataset))


def test_no_statement_of_roles_is_in_dispute_and_bare(project: ox.Store) -> None:
    """Nor what leads from one node to both ends; what else is said of that node stays."""
    sides = """?dispute a ax:Dispute ; ax:hasClash ?clash .
      ?clash ax:disagreementKind ax:RoleConflict ; ax:hasSide ?side .
      ?side ax:sideSubject ?s ; ax:sideProperty ?p ; ax:sideObject ?o ; ax:sideDenies false ;
        ax:comparedClaim ?claim ."""
    asked = {
        "sides": f"SELECT DISTINCT ?s ?p ?o {{ {sides} }}",
        "bare": f"SELECT DISTINCT ?s ?p ?o {{ {sides} ?s ?p ?o }}",
        "nodes": f"""SELECT DISTINCT ?node {{ {sides} GRAPH ?claim {{ ?node ax:actor ?s ; ?with ?o }}
          ?node ax:actor ?s ; ?with ?o }}""",
    }
    found = {name: list(project.query(query, prefixes=PREFIXES)) for name, query in asked.items()}  # type: ignore[arg-type]
    assert len(found["sides"]) > 2
    assert found["bare"] == found["nodes"] == []
    iran, supports = ox.NamedNode(BASE + "state/iran"), ox.NamedNode(AX + "supports")
    armenia = ox.NamedNode(BASE + "state/armenia")
    graphs = list(project.quads_for_pattern(iran, supports, armenia, None))
    assert graphs
    assert all(isinstance(quad.graph_name, ox.NamedNode) for quad in graphs)

"""The audit sees each change to what is derived or was published; a load that fails it publishes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.ontology.namespaces import AX, BASE, RDFS
from araxes.triples.derived.digests import CONTENT_DIGEST, content_digest, records
from araxes.triples.derived.inference import SUFFIX
from araxes.validation.gate.audit import (
    IDENTIFYING,
    Audited,
    audit,
    derived_findings,
    digest_findings,
    holds_claims,
)
from araxes.validation.gate.hygiene_rules import HYGIENE
from tests.validation.shape_fixtures import CLAIM, DEFAULT, Change, add, all_of, ax, drop, iri, sound, swap
from tests.validation.shape_parts import ALPHA, BETA, EVENT, GAMMA, POSITION, TRADE

REPORTED = iri("claim/test/002")
INFERRED = ox.NamedNode(CLAIM.value + SUFFIX)


def published(change: Change | None = None) -> list[ox.Quad]:
    """The tiny corpus as it is published, then changed."""
    store = ox.Store()
    store.bulk_extend(sound())
    if change:
        change(store)
    return list(store)


def in_graph(graph: ox.NamedNode | ox.DefaultGraph, quad: tuple[ox.NamedNode, str, ox.NamedNode]) -> Change:
    """Remove one statement from one graph."""

    def change(store: ox.Store) -> None:
        each = ox.Quad(quad[0], ax(quad[1]), quad[2], graph)
        assert each in store
        store.remove(each)

    return change


def found(change: Change | None) -> dict[str, set[str]]:
    """What the audit finds: rule → ids of the claims and things concerned."""
    rules: dict[str, set[str]] = {}
    for finding in audit(published(change)):
        assert finding.severity == "violation"
        assert finding.message
        assert finding.remedy
        rules.setdefault(finding.shape, set()).add(finding.focus.removeprefix(BASE))
    return rules


def test_what_was_built_passes() -> None:
    assert found(None) == {}


RECOGNIZES = (ALPHA, "recognizes", BETA)
ABOUT = (TRADE, "measuredEntity", ALPHA)

DERIVED: dict[str, tuple[Change, dict[str, set[str]]]] = {
    "affirmed but not bare": (
        in_graph(DEFAULT, RECOGNIZES),
        {"affirmed-not-bare": {"claim/test/001"}},
    ),
    "bare though no claim says it": (
        add(ALPHA, AX + "aids", GAMMA),
        {"bare-not-affirmed": {"state/alpha"}},
    ),
    "bare though it is only reported": (
        add(BETA, AX + "perceivesThreatFrom", ALPHA),
        {"bare-not-affirmed": {"claim/test/002", "state/beta"}},
    ),
    "bare node of a claim": (
        add(TRADE, AX + "concerns", GAMMA),
        {"bare-not-affirmed": {"claim/test/001#trade"}},
    ),
    "not inferred": (
        lambda store: store.clear_graph(INFERRED),
        {"entailed-not-inferred": {"claim/test/001"}},
    ),
    "inferred without reason": (
        add(ALPHA, AX + "alliedWith", BETA, INFERRED),
        {"inferred-not-entailed": {"claim/test/001"}},
    ),
    "comparison invented": (
        add(iri("disagreement/1"), AX + "strength", ax("Strong")),
        {"comparison-not-found": {"disagreement/1"}},
    ),
    "holder exchanged": (swap(REPORTED, AX + "holder", GAMMA), {"digest-differs": {"claim/test/002"}}),
    "offset moved": (
        swap(POSITION, "http://www.w3.org/ns/oa#end", ox.Literal(33)),
        {"digest-differs": {"claim/test/001"}},
    ),
    "label changed": (
        all_of(
            drop(GAMMA, RDFS + "label", ox.Literal("Gamma", language="en")),
            add(GAMMA, RDFS + "label", ox.Literal("Gammaland", language="en")),
        ),
        {"digest-differs": {"state/gamma"}},
    ),
    "digest dropped": (drop(GAMMA, CONTENT_DIGEST.value), {"digest-missing": {"state/gamma"}}),
    "digest of nothing": (
        add(iri("state/delta"), CONTENT_DIGEST.value, ox.Literal("0" * 64)),
        {"digest-of-nothing": {"state/delta"}},
    ),
    "statement dropped": (
        in_graph(CLAIM, ABOUT),
        {"bare-not-affirmed": {"claim/test/001#trade"}, "digest-differs": {"claim/test/001"}},
    ),
}
"""Change → what must be found, and no more."""


@pytest.mark.parametrize("name", DERIVED)
def test_each_difference_is_found_and_nothing_else(name: str) -> None:
    change, expected = DERIVED[name]
    assert found(change) == expected


def test_a_merely_reported_statement_is_seen_bare_without_digests() -> None:
    changed = published(add(BETA, AX + "perceivesThreatFrom", ALPHA))
    (finding,) = derived_findings(Audited(changed))
    assert (finding.shape, finding.focus) == ("bare-not-affirmed", REPORTED.value)


def test_audit_and_rule_agree_on_what_identifies() -> None:
    rule = (HYGIENE / "bare-without-claim.rq").read_text("utf-8")
    listed = rule.partition("NOT IN (")[2].partition(")")[0]
    assert {AX + name for name in re.findall(r"ax:(\w+)", listed)} == {
        name for name in IDENTIFYING if name.startswith(AX)
    }


def test_a_statement_taken_from_a_claim_leaves_its_bare_copy_and_what_followed() -> None:
    rules = found(in_graph(CLAIM, (EVENT, "actor", ALPHA)))
    assert rules["digest-differs"] == {"claim/test/001"}
    assert rules["inferred-not-entailed"] == {"claim/test/001"}
    assert rules["bare-not-affirmed"] == {"event/recognition"}


def test_a_digest_is_that_of_the_sorted_canonical_quads() -> None:
    quads = list(sound())
    written = records(quads, Audited(quads).bare)
    own = written[CLAIM.value]
    assert content_digest(own) == content_digest(reversed(own))
    assert {quad.subject.value for quad in own if isinstance(quad.subject, ox.NamedNode)} >= {
        CLAIM.value,
        POSITION.value,
        TRADE.value,
    }
    assert not any(quad.graph_name == INFERRED for quad in own)
    assert not any(quad.graph_name == DEFAULT and quad.subject == TRADE for quad in own)
    left = [quad for quad in quads if quad.predicate != CONTENT_DIGEST]
    assert dict.fromkeys(written) == dict.fromkeys(records(left, Audited(left).bare))


def test_only_what_is_described_has_a_digest() -> None:
    described = {quad.subject for quad in published() if quad.predicate.value.endswith("#type")}
    digests = [quad for quad in published() if quad.predicate == CONTENT_DIGEST]
    assert {quad.subject for quad in digests} <= described
    assert {CLAIM, GAMMA, iri("source/test")} <= {quad.subject for quad in digests}
    assert not any(str(quad.subject).startswith(f"<{BASE}ontology") for quad in digests)


def test_blank_nodes_are_named_canonically() -> None:
    def quads(name: str) -> list[ox.Quad]:
        return [
            ox.Quad(ALPHA, ax("concerns"), ox.BlankNode(name)),
            ox.Quad(ox.BlankNode(name), ax("via"), BETA),
        ]

    assert content_digest(quads("one")) == content_digest(quads("two"))


def test_the_two_parts_of_the_audit_can_be_asked_alone() -> None:
    changed = published(swap(REPORTED, AX + "holder", GAMMA))
    assert list(derived_findings(Audited(changed))) == []
    assert [finding.shape for finding in digest_findings(Audited(changed))] == ["digest-differs"]


def write(path: Path, quads: list[ox.Quad]) -> Path:
    """A dump of the quads."""
    path.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    return path


def load(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of ``araxes load``."""
    done = CliRunner().invoke(main, ["load", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_a_dump_as_it_was_published_is_loaded(tmp_path: Path) -> None:
    code, out, err = load(write(tmp_path / "a.nq", published()), "--store", tmp_path / "store")
    assert code == 0, err
    assert "validating and auditing" in err
    assert out.startswith("published ")


def _is_data(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and not node.value.startswith(AX)


def test_a_dump_without_the_ontology_is_judged_by_the_installed_one(tmp_path: Path) -> None:
    bare = [quad for quad in published() if quad.graph_name != DEFAULT or _is_data(quad.subject)]
    code, _, err = load(write(tmp_path / "a.nq", bare), "--store", tmp_path / "store")
    assert code == 0, err


def test_a_changed_dump_is_not_loaded(tmp_path: Path) -> None:
    path = write(tmp_path / "a.nq", published(swap(REPORTED, AX + "holder", GAMMA)))
    code, out, err = load(path, "--store", tmp_path / "store")
    assert code == 1
    assert out == ""
    assert not (tmp_path / "store" / "current").exists()
    assert "Traceback" not in err
    assert "1 violation" in err
    assert "[claim/test/002]" in err
    assert "a.nq" in err
    assert "→" in err


def test_shapes_judge_what_is_loaded_too(tmp_path: Path) -> None:
    left_out = {CONTENT_DIGEST, ax("modality")}
    forged = ox.Dataset(quad for quad in published() if quad.predicate not in left_out)
    restored = [quad for quad in published() if quad.predicate == CONTENT_DIGEST]
    path = write(tmp_path / "a.nq", [*forged, *restored])
    code, _, err = load(path, "--store", tmp_path / "store")
    assert code == 1
    assert "one modality" in err


def test_a_date_that_is_none_is_reported_and_not_a_traceback(tmp_path: Path) -> None:
    moment = ox.Literal("soon", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime"))
    path = write(tmp_path / "a.nq", published(swap(EVENT, AX + "earliest", moment)))
    code, _, err = load(path, "--store", tmp_path / "store")
    assert code == 1
    assert "event/recognition" in err
    assert "not audited yet" in err
    assert "Traceback" not in err


def test_other_rdf_is_loaded_and_said_to_be_unaudited(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<http://example.org/a> a <http://example.org/B> .", "utf-8")
    code, _, err = load(path, "--store", tmp_path / "store")
    assert code == 0
    assert "nothing was audited" in err
    assert not holds_claims([ox.Quad(ox.NamedNode("http://example.org/a"), ax("via"), BETA)])

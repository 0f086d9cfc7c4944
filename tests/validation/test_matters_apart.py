"""What is decided matter by matter, anywhere, is what is decided of the whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.triples.derived.claim_graphs import read_claim_graphs
from araxes.triples.derived.contested import contested_triples
from araxes.triples.derived.tensions import read_alternatives
from araxes.triples.runners.on_spark import on_spark
from araxes.triples.runners.processes import InProcesses
from araxes.triples.runners.runner import IN_PROCESS, InProcess, Runner
from araxes.validation.disagreement.background import background_of
from araxes.validation.disagreement.clashes import find_cases
from araxes.validation.disagreement.rule_facts import claims_by_source, facts_of_source
from araxes.validation.disagreement.rule_rows import rows_of_part
from araxes.validation.published import Published
from tests.triples.corpus_fixtures import TinyCorpus
from tests.triples.spark_cluster import cluster, needs_spark
from tests.validation.disagreement_corpora import ALPHA, BETA, build, relation

Opened = Callable[[Path], AbstractContextManager[Runner]]

RUNNERS: dict[str, Opened] = {
    "in many parts": lambda _: nullcontext(InProcess(60)),
    "in processes": lambda _: nullcontext(InProcesses(2, few=0)),
    "on Spark": lambda _: on_spark("local[2]"),
}


def same(runner: Runner, published: Published) -> None:
    """Hold what a runner decides of the project's claims to what was published."""
    dataset, claims = published.dataset, published.claims
    alternatives = read_alternatives(dataset)
    contested = contested_triples(claims.values(), alternatives, runner)
    assert contested == contested_triples(claims.values(), alternatives)
    assert find_cases(dataset, claims, runner) == published.cases


@pytest.mark.parametrize("name", RUNNERS)
def test_parts_decide_what_the_whole_decides(name: str, project_published: Published, tmp_path: Path) -> None:
    if name == "on Spark":
        needs_spark()
    with RUNNERS[name](tmp_path) as runner:
        same(runner, project_published)


def test_two_workers_of_a_cluster_decide_the_same(project_published: Published, tmp_path: Path) -> None:
    needs_spark()
    with cluster(tmp_path, workers=2) as master, on_spark(master) as runner:
        same(runner, project_published)
    assert all(list(tmp_path.glob(f"worker-{number}/app-*/*/stderr")) for number in (0, 1)), "one had no work"


def test_all_ways_of_building_publish_one_dataset(tiny: TinyCorpus, tmp_path: Path) -> None:
    needs_spark()
    build(tiny, relation(ALPHA, "supports", BETA), relation(ALPHA, "opposes", BETA))
    digests = set()
    for number, way in enumerate((["--jobs", "1"], ["--jobs", "2"], ["--spark", "local[2]"])):
        store = tmp_path / f"store-{number}"
        options = ["--store", str(store), "--fresh", *way]
        corpus = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
        done = CliRunner().invoke(main, ["build", *options, *corpus])
        assert done.exit_code == 0, done.output
        assert "1 clash" in done.output or "clashes" in done.output
        digests.add(json.loads((store / "current" / "version.json").read_text("utf-8"))["digest"])
    assert len(digests) == 1


def test_no_matter_gathers_a_large_share_of_the_claims(project_published: Published) -> None:
    claims = project_published.claims
    background = background_of(project_published.dataset, claims)
    speaking: Counter[str] = Counter()
    for source in claims_by_source(project_published.dataset, claims):
        for _, facts in facts_of_source(background, source, 1):
            speaking.update(facts.matters)
    assert len(speaking) > 10 * len(claims)
    ((_, most),) = speaking.most_common(1)
    assert most < len(claims) / 8


def test_claims_that_share_no_matter_are_not_even_loaded(tiny: TinyCorpus) -> None:
    dataset = build(tiny, relation(ALPHA, "supports", BETA), relation(ALPHA, "supports", BETA))
    claims = read_claim_graphs(dataset)
    background = background_of(dataset, claims)
    facts = [
        fact
        for source in claims_by_source(dataset, claims)
        for _, fact in facts_of_source(background, source, 1)
    ]
    assert list(rows_of_part(background, facts[:1])) == []
    assert {row.kind for row in rows_of_part(background, facts)} >= {"Corroboration"}
    assert find_cases(dataset, claims, IN_PROCESS)

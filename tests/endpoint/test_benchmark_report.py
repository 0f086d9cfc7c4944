"""What the benchmark makes of its figures, and the datasets that it makes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from tests.benchmarks.suite import report
from tests.benchmarks.suite.data import claims_in, multiplied
from tests.benchmarks.suite.groups import LOAD, queries
from tests.benchmarks.suite.measuring import _loaded

CORPUS = """
<https://x/claim/s/1> <https://w3id.org/araxes/ontology/source> <https://x/source/s> .
<https://x/claim/s/1> <https://x/passage> _:b .
_:b <https://x/selector> _:c .
_:c <https://x/start> "1" .
_:other <https://x/start> "2" .
<https://x/a> <https://x/b> <https://x/c> <https://x/claim/s/1> .
<https://x/a> <https://x/label> "a" .
"""
WRK = """
    Latency Distribution
     50%    1.50ms
     99%  200.00us
  300 requests in 2.00s, 1.00MB read
  Socket errors: connect 0, read 1, write 0, timeout 2
  Non-2xx or 3xx responses: 4
Requests/sec:    150.25
"""


def row(group: str, name: str, **times: tuple[list[float], str]) -> dict[str, Any]:
    told = {
        who.replace("_", " ").replace("Oxigraph", "Oxigraph's server"): {
            "seconds": seconds,
            "processor": 0.01,
            "size": size,
            "failure": "" if seconds else "too late",
        }
        for who, (seconds, size) in times.items()
    }
    return {"group": group, "name": name, "times": told, "not_asked": []}


def result(**more: Any) -> dict[str, Any]:
    found = [
        row("joins", "one", Oxigraph=([0.001, 0.002], "3 rows"), Araxes=([0.002, 0.004], "3 rows")),
        row("joins", "two", Oxigraph=([0.001, 0.001], "3 rows"), Araxes=([0.008, 0.008], "4 rows")),
        row("joins", "three", Oxigraph=([0.001, 0.001], "3 rows"), Araxes=([], "")),
    ]
    return {"peers": ["Oxigraph's server", "Araxes"], "queries": found, **more}


def test_ratios_are_of_one_turn_and_say_what_differs() -> None:
    (line,) = [each for each in report.ratios_table(result()).splitlines() if each.startswith("| joins")]
    assert line == "| joins (3) | 4.00 [4.00–4.00] (1 of 3 not) ≠1 |"


def test_a_group_that_nobody_answers_has_no_ratio() -> None:
    assert report.group_ratio([row("x", "y", Oxigraph=([], ""), Araxes=([1.0], ""))], "Araxes") is None


def test_what_wrk_says_is_read() -> None:
    found = _loaded(WRK, 0.6)
    assert found["rate"] == 150.25
    assert found["failed"] == 7
    assert (found["p50"], found["p99"]) == pytest.approx((0.0015, 0.0002))
    assert found["processor"] == pytest.approx(0.002)


def test_claims_are_copied_with_all_that_hangs_on_them(tmp_path: Path) -> None:
    real, larger = tmp_path / "real.nq", tmp_path / "larger.nq"
    real.write_text(CORPUS)
    assert claims_in(real) == 1
    assert multiplied(real, larger, 3) == 3
    assert claims_in(larger) == 3
    store = ox.Store()
    store.extend(ox.parse(larger.read_bytes(), format=ox.RdfFormat.N_QUADS))
    assert len(store) == 7 + 2 * 5, "five lines of the claim each time; the rest once"
    path = "<https://x/passage>/<https://x/selector>/<https://x/start>"
    chain = f"SELECT ?c ?n {{ ?c {path} ?n . GRAPH ?c {{ ?a ?b ?d }} }}"
    rows: Any = store.query(chain)
    assert len({each["c"].value for each in rows}) == 3


def test_every_query_can_be_asked_and_most_have_an_answer(project: ox.Store) -> None:
    asked = queries(1)
    assert len({(each.group, each.name) for each in asked}) == len(asked)
    for each in asked:
        if each.whole or "large" in each.group or each.name in ("large", "claimed by two"):
            continue
        found: Any = project.query(each.query)
        rows = [found] if isinstance(found, ox.QueryBoolean) else list(found)
        assert rows, each
        first: Any = rows[0]
        if len(rows) == 1 and not isinstance(first, ox.QueryBoolean | bool):
            assert str(first[0].value) != "0", each
    for query in LOAD:
        project.query(query)

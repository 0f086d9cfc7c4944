"""``BENCHMARKS.md`` and its charts, made from the measured figures alone: no figure is written by hand."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.suite.charts import bars, lines
from tests.benchmarks.suite.measuring import percentile, ratio

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "BENCHMARKS.md"
CHARTS = Path("tests/benchmarks/charts")
OURS, BASE = "Araxes", "Oxigraph's server"

Result = Mapping[str, Any]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its first column to the left and all others to the right."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, marks, *rows]) + "\n"


def _groups(result: Result) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in result["queries"]:
        found.setdefault(row["group"], []).append(row)
    return found


def _answered(row: Any, name: str) -> bool:
    times = row["times"].get(name)
    return bool(times and times["seconds"] and not times["failure"])


def group_ratio(rows: Sequence[Any], name: str, base: str = BASE) -> tuple[float, float, float, int] | None:
    """Geometric mean over a group of what each query's turns give: median and quartiles, and their number.

    ``None`` where not one query was answered by both.
    """
    found = [
        ratio(row["times"][name]["seconds"], row["times"][base]["seconds"])
        for row in rows
        if _answered(row, name) and _answered(row, base)
    ]
    if not found:
        return None
    means = [math.exp(sum(math.log(each[index]) for each in found) / len(found)) for index in range(3)]
    return means[0], means[1], means[2], len(found)


def _ratio_cell(rows: Sequence[Any], name: str) -> str:
    found = group_ratio(rows, name)
    if found is None:
        return "–"
    middle, low, high, number = found
    missing = len(rows) - number
    told = f" ({missing} of {len(rows)} not)" if missing else ""
    return f"{middle:.2f} [{low:.2f}–{high:.2f}]{told}{_differing(rows, name)}"


def _differing(rows: Sequence[Any], name: str) -> str:
    """A mark with the number of queries that were answered with another size or value than the base."""
    count = sum(
        _answered(row, name)
        and _answered(row, BASE)
        and row["times"][name]["size"] != row["times"][BASE]["size"]
        for row in rows
    )
    return f" ≠{count}" if count else ""


def ratios_table(result: Result) -> str:
    """Time of each group as a multiple of the base's."""
    others = [name for name in result["peers"] if name != BASE]
    rows = [
        [f"{group} ({len(members)})", *(_ratio_cell(members, name) for name in others)]
        for group, members in _groups(result).items()
    ]
    return _table([f"group (queries); time as a multiple of {BASE}", *others], rows)


def _milliseconds(seconds: float) -> str:
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _times_table(result: Result) -> str:
    """p50, p95 and p99 of every query on every server."""
    rows = []
    for row in result["queries"]:
        if row["group"] == "competency questions":
            continue
        cells = []
        for name in result["peers"]:
            times = row["times"].get(name)
            if not _answered(row, name):
                cells.append(times["failure"] if times else "not asked")
                continue
            base = row["times"].get(BASE)
            other = base and base["size"] and times["size"] != base["size"]
            shares = "/".join(
                _milliseconds(percentile(times["seconds"], share)) for share in (0.5, 0.95, 0.99)
            )
            cells.append(shares + (f" ≠ {times['size']}" if other else ""))
        size = row["times"].get(BASE, {}).get("size", "")
        rows.append([f"{row['group']}: {row['name']}", size.lstrip("="), *cells])
    return _table(["query; p50/p95/p99 in ms", "answer", *result["peers"]], rows)


def _processor_table(result: Result) -> str:
    rows = []
    for group, members in _groups(result).items():
        cells = []
        for name in result["peers"]:
            done = [row["times"][name] for row in members if _answered(row, name)]
            count = sum(len(times["seconds"]) for times in done)
            cells.append(_milliseconds(sum(times["processor"] for times in done) / count) if count else "–")
        rows.append([group, *cells])
    return _table(["group; ms of processor time a request", *result["peers"]], rows)


def _throughput_table(result: Result, *, fresh: bool) -> str:
    chosen = [row for row in result["throughput"] if row["fresh"] == fresh]
    counts = sorted({row["clients"] for row in chosen})
    rows = []
    for name in result["peers"]:
        mine = {row["clients"]: row for row in chosen if row["peer"] == name}
        cells = [
            f"{mine[count]['rate']:,.0f}"
            + (f" ({mine[count]['failed']:,.0f} failed)" if mine[count]["failed"] else "")
            for count in counts
        ]
        last = mine[counts[-1]]
        processor = "/".join(_milliseconds(mine[count]["processor"]) for count in counts)
        waits = f"{_milliseconds(last['p50'])}/{_milliseconds(last['p99'])}"
        rows.append([name, *cells, processor, waits])
    words = [f"{count} clients" for count in counts]
    head = ["requests a second", *words, "processor ms a request", f"p50/p99 ms with {counts[-1]}"]
    return _table(head, rows)


def _sizes_table(result: Result) -> str:
    rows = [
        [
            name,
            result["versions"].get(name, "") or "–",
            f"{result['load'][name]:.1f}",
            f"{result['idle'][name] / 1e6:,.0f}",
            f"{result['used'][name] / 1e6:,.0f}",
        ]
        for name in result["peers"]
    ]
    return _table(["server", "version", "ready after s", "MB then", "MB after the queries"], rows)


def exponent(small: float, large: float, sizes: tuple[float, float]) -> float:
    """How time grows with size: 1 is in proportion.

    >>> exponent(1, 8, (10, 20))
    3.0
    """
    return math.log(large / small) / math.log(sizes[1] / sizes[0])


def _growth_table(result: Result) -> str:
    growth = result["growth"]
    names = list(growth[0]["used"])
    rows = []
    for group, members in _groups(growth[0]).items():
        cells = []
        for name in names:
            steps = []
            for later in growth[1:]:
                there = {row["name"]: row for row in _groups(later).get(group, [])}
                both = [
                    row for row in members if _answered(row, name) and _answered(there[row["name"]], name)
                ]
                if not both:
                    steps.append("–")
                    continue
                small = [percentile(row["times"][name]["seconds"], 0.5) for row in both]
                large = [percentile(there[row["name"]]["times"][name]["seconds"], 0.5) for row in both]
                sizes = (growth[0]["quads"], later["quads"])
                mean = sum(exponent(*pair, sizes) for pair in zip(small, large, strict=True)) / len(both)
                steps.append(f"{mean:.2f}")
            cells.append(" / ".join(steps))
        rows.append([group, *cells])
    return _table(["group; exponent of growth with quads", *names], rows)


def _growth_sizes(result: Result) -> str:
    rows = [
        [
            f"{row['claims']:,}",
            f"{row['quads']:,}",
            f"{row['publish']:.1f}",
            *(
                f"{row['load'][name]:.1f} / {row['used'][name] / 1e6:,.0f}"
                for name in result["growth"][0]["used"]
            ),
        ]
        for row in result["growth"]
    ]
    names = [f"{name}: ready after s / MB" for name in result["growth"][0]["used"]]
    return _table(["claims", "quads", "published in s", *names], rows)


def _charts(result: Result) -> list[tuple[str, str]]:
    """File names and words of the charts, which are written."""
    folder = ROOT / CHARTS
    folder.mkdir(exist_ok=True)
    groups = _groups(result)
    others = [name for name in result["peers"] if name != BASE]
    values = {name: [(group_ratio(rows, name) or (None,))[0] for rows in groups.values()] for name in others}
    made = [("ratios.svg", f"Time of each group as a multiple of {BASE}")]
    bars(folder / "ratios.svg", list(groups), values, made[0][1])
    for fresh in (True, False):
        kind = "fresh" if fresh else "repeated"
        rows = [row for row in result["throughput"] if row["fresh"] == fresh]
        if rows:
            series = {
                name: [(row["clients"], row["rate"]) for row in rows if row["peer"] == name]
                for name in result["peers"]
            }
            made.append((f"throughput-{kind}.svg", f"Requests a second, four small {kind} queries in turn"))
            lines(folder / made[-1][0], series, made[-1][1], ("clients", "requests a second"))
    return made


def page(result: Result, charts: Sequence[tuple[str, str]]) -> str:
    """The document."""
    here = result["machine"]
    wrk = here["wrk"] or "wrk, which was not there"
    flag = " --session" if result["size"] == "session" else ""
    parts = [
        "# Benchmarks\n",
        f"Written by `python -m tests.benchmarks.bench_suite{flag}` in {result['minutes']:.0f} minutes; no "
        f"figure is typed by hand. {here['processors']} processors ({here['model'] or 'unknown'}), Linux "
        f"{here['kernel']}, Python {here['python']}; load average {here['load']:.1f} before and "
        f"{here['load after']:.1f} after, so read the ratios, not the times.\n",
        f"The corpus: {result['claims']:,} claims in {result['graphs']:,} named graphs, {result['quads']:,} "
        "quads. All servers hold the same and are asked in turns, over kept connections, for JSON; every "
        "text is new, so no answer is from a cache unless it says *repeated*. Ratios are medians over the "
        "turns of one query and geometric means over a group, with quartiles in brackets. ≠ marks answers of "
        f"another size (or, of one cell, another value) than those of {BASE}; *not* counts queries without "
        "an answer in time.\n",
        "## Ratios\n",
        ratios_table(result),
        *(f"![{words}]({CHARTS}/{name})\n" for name, words in charts),
        "## Servers\n",
        _sizes_table(result),
    ]
    if result["build"]:
        parts.append(
            f"The corpus built, validated, inferred and compared from nothing: {result['build']:.1f} s.\n"
        )
    if result["throughput"]:
        parts += [
            f"## Throughput\n\nFour small queries in turn by `wrk -t1` ({wrk}); ratios of servers depend on "
            "the client.\n\nFresh:\n",
            _throughput_table(result, fresh=True),
            "Repeated:\n",
            _throughput_table(result, fresh=False),
        ]
    parts += ["## Processor time of the whole process tree\n", _processor_table(result)]
    if result["growth"]:
        parts += [
            "## Growth\n\nThe claims copied under names of their own; 1 is in proportion to the quads.\n",
            _growth_sizes(result),
            _growth_table(result),
        ]
    parts += ["## Every query\n", _times_table(result)]
    return "\n".join(parts)


def write(result: Result) -> None:
    """Write document and charts."""
    PAGE.write_text(page(result, _charts(result)), "utf-8")


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text("utf-8")))

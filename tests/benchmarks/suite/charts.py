"""Charts as SVG, the same for the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def _figure(title: str, height: float) -> tuple[Any, Any]:
    # Only the benchmark needs it: the extra "bench".
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "araxes", "svg.fonttype": "none", "font.size": 9})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(9, height), layout="constrained")
    axes.set_title(title)
    axes.grid(visible=True, alpha=0.3)
    axes.set_axisbelow(True)
    return figure, axes


def _save(figure: Any, path: Path) -> None:
    from matplotlib import pyplot

    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


def bars(path: Path, groups: Sequence[str], values: Mapping[str, Sequence[float | None]], title: str) -> None:
    """Bars on a logarithmic scale, a colour for each series; nothing where there is no value."""
    figure, axes = _figure(title, 1.5 + 0.16 * len(groups) * (len(values) + 1))
    width = 0.8 / max(1, len(values))
    for number, (name, heights) in enumerate(values.items()):
        places = [
            (index + number * width, height) for index, height in enumerate(heights) if height is not None
        ]
        axes.barh([place for place, _ in places], [height for _, height in places], width, label=name)
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xscale("log")
    axes.set_yticks([index + 0.4 - width / 2 for index in range(len(groups))], groups)
    axes.invert_yaxis()
    axes.legend()
    _save(figure, path)


def lines(
    path: Path, series: Mapping[str, Sequence[tuple[float, float]]], title: str, words: tuple[str, str]
) -> None:
    """Lines on logarithmic scales."""
    figure, axes = _figure(title, 4)
    for name, points in series.items():
        axes.plot([x for x, _ in points], [max(y, 0.1) for _, y in points], marker="o", label=name)
    counts = sorted({x for points in series.values() for x, _ in points})
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(counts, [f"{count:g}" for count in counts])
    axes.minorticks_off()
    axes.set_xlabel(words[0])
    axes.set_ylabel(words[1])
    axes.legend()
    _save(figure, path)

"""Pictures drawn of Vega and Vega-Lite specifications, as SVG and PNG.

Runs only inside a workshop (:mod:`araxes.endpoint.engines.embedded.workshop_child`): the drawing is done by
JavaScript in V8, which is bounded in nothing by itself.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import IO, Any

from araxes.endpoint.engines.jobs import HERE, DrawJob
from araxes.endpoint.engines.replies import Answered, AnswerKind, Cause, Failed, Reply

ABSENCE = ""
"""Why there is no renderer, on a platform for which its package has none."""

try:
    import vl_convert
except ImportError as error:
    vl_convert, ABSENCE = None, str(error)  # type: ignore[assignment]  # a module or nothing

OUTLINES = Path(__file__).parents[2] / "pages" / "assets" / "countries-50m.json"
"""Outlines of countries (Natural Earth, public domain, as the npm package world-atlas has them); put there
when the project is built."""

OUTLINES_PLACE = '"values":"@outlines"'
"""What stands for them in a specification. No text in it can look so: its quotes would be escaped."""

_NO_OUTLINES = (
    '{"type":"Topology","arcs":[],"objects":{"countries":{"type":"GeometryCollection","geometries":[]}}}'
)
_FONTS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    str(OUTLINES.parent),
)
_SCALE = 2
_ROOT = re.compile(r"<svg\b[^>]*>")


def readable() -> Iterator[Path]:
    """Folders that drawing reads: of fonts."""
    for name in _FONTS:
        with contextlib.suppress(RuntimeError):  # nobody's home
            folder = Path(name).expanduser()
            if folder.is_dir():
                yield folder


def read_outlines() -> str:
    """The outlines of countries, or none where they are not there."""
    try:
        return OUTLINES.read_text("utf-8")
    except OSError:
        return _NO_OUTLINES


def warm_up() -> None:
    """Draw something, so that the first picture asked for takes no longer than others."""
    if vl_convert is not None:
        for folder in readable():
            vl_convert.register_font_directory(str(folder))
        plain: dict[str, Any] = {"data": {"values": [{"a": 1}]}, "mark": "point"}
        vl_convert.svg_to_png(vl_convert.vegalite_to_svg(plain))


def draw(job: DrawJob, outlines: str, output: IO[bytes]) -> Reply:
    """Draw a picture.

    Args:
        job: what to draw.
        outlines: TopoJSON of countries.
        output: where the picture goes.
    """
    if vl_convert is None:
        return Failed(Cause.EVALUATION, f"no pictures can be drawn here: {ABSENCE}")
    text = job.specification.replace(OUTLINES_PLACE, '"values":' + outlines)
    schema = job.specification[:200]
    convert = vl_convert.vegalite_to_svg if "vega-lite" in schema else vl_convert.vega_to_svg
    drawn = convert(text, allowed_base_urls=[]).replace(f'href="{HERE}/', 'href="/')
    svg = named(drawn, job.title, job.language)
    if job.format == "png":
        output.write(vl_convert.svg_to_png(svg, scale=_SCALE))
    else:
        output.write(svg.encode("utf-8", "replace"))
    return Answered(AnswerKind.PICTURE, job.format)


def named(svg: str, title: str, language: str) -> str:
    """An SVG document that says what it is, in which language, and is written from left to right.

    Labels of right-to-left scripts are placed by the specification; were the direction of a page around them
    inherited, their anchors would be turned round.

    >>> named("<svg></svg>", "A & B", "en")
    '<svg role="img" xml:lang="en" direction="ltr"><title>A &amp; B</title></svg>'
    """

    def begun(found: re.Match[str]) -> str:
        own = f' role="img" xml:lang="{escape(language)}" direction="ltr"'
        return f"{found[0][:-1]}{own}><title>{escape(title)}</title>"

    return _ROOT.sub(begun, svg, count=1)

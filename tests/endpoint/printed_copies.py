"""Copies of texts as PDF files, printed by Chromium in several layouts."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.requirements_helper import require_tool

_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run")
_FONTS = '"{}", "DejaVu Sans"'


@dataclass(frozen=True)
class Layout:
    """How a text is set.

    Attributes:
        style: CSS.
        furniture: whether each page has the browser's head and foot (date, title, address, number).
        plain: whether the text is set as browsers show a text file: from left to right in every language.
    """

    style: str
    furniture: bool = False
    plain: bool = False


LAYOUTS = {
    "one column": Layout(
        f"@page {{ size: A4; margin: 20mm }} body {{ font: 11pt {_FONTS.format('Liberation Serif')} }}",
        furniture=True,
    ),
    "two columns": Layout(
        f"@page {{ size: A5; margin: 12mm }} body {{ font: 9pt {_FONTS.format('Liberation Sans')};"
        " columns: 2; column-gap: 6mm; text-align: justify; hyphens: auto }"
    ),
    "as a text file": Layout(
        "pre { font: 10pt monospace; white-space: pre-wrap }", furniture=True, plain=True
    ),
}
"""Two that a journal might have, and one that is hard to read."""


def printed(text: str, language: str, layout: Layout, path: Path) -> Path:
    """Print a text.

    Args:
        text: each of its lines becomes a paragraph.
        language: its tag.
        layout: how it is set.
        path: of the PDF to be made.
    """
    page = path.with_suffix(".html")
    direction = "rtl" if language == "fa" and not layout.plain else "ltr"
    body = (
        f"<pre>{escape(text)}</pre>"
        if layout.plain
        else "".join(f"<p style='margin: 0'>{escape(line)}</p>" for line in text.split("\n"))
    )
    page.write_text(
        f"<!doctype html><html lang={language} dir={direction}><meta charset=utf-8><title>A copy</title>"
        f"<style>{layout.style}</style>{body}",
        "utf-8",
    )
    bare = () if layout.furniture else ("--no-pdf-header-footer",)
    command = [require_tool("chromium"), *_FLAGS, *bare, f"--print-to-pdf={path}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return path

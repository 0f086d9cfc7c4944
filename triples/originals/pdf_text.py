"""PDF files: their pages as pieces of text with their places, taken out by ``pdftotext`` (Poppler)."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

from araxes.ontology.errors import InputError
from araxes.triples.originals.reading_order import Piece, readings

_PAGE = re.compile(r"<page\b.*?</page>", re.DOTALL)
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')


def readings_of_pdf(path: Path) -> list[str]:
    """What a PDF file may be meant to say, the likeliest text first.

    Raises:
        InputError: the program is missing, or it cannot read the file.
    """
    program = shutil.which("pdftotext")
    if program is None:
        raise InputError(
            f"{path}: reading PDF needs the program pdftotext",
            "install poppler-utils, or save the text of the file and give that",
        )
    done = subprocess.run(
        [program, "-raw", "-bbox", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=False
    )
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise InputError(f"{path}: pdftotext cannot read it: {message}", "open it, and save its text")
    return readings(_pages(done.stdout.decode("utf-8", "replace")))


def _pages(page_file: str) -> list[list[Piece]]:
    """The words of each page of what ``pdftotext -bbox`` writes; letters stand there as they are drawn."""
    return [
        [
            Piece(
                unescape(text),
                float(left),
                float(lower),
                float(right) - float(left),
                float(lower) - float(upper),
            )
            for left, upper, right, lower, text in _WORD.findall(page)
        ]
        for page in _PAGE.findall(page_file)
    ]

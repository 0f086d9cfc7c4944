"""Text taken out of PDF files: Arabic script that stands there as it is drawn, from left to right.

Files that browsers print hold Persian words letter by letter as they are drawn, mostly in presentation forms
(U+FB50 to U+FEFF), and readers of PDF turn around what is written in plain letters only. What is left is put
into the order in which it is read, as far as that can be told. Browsers do the same in
``endpoint/pages/static/own-copy.js``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from araxes.ontology.errors import InputError

_DRAWN = "\ufb50-\ufdff\ufe70-\ufefc"
_PLAIN = "\u0600-\u06ff\u200c\u200d"
_RUNS = re.compile(
    f"(?P<drawn>[{_DRAWN}]+)|[{_PLAIN}]+(?:[^\\w{_DRAWN}]+[{_PLAIN}]+)*|[^\\W{_DRAWN}{_PLAIN}]+|(?P<other>.)"
)
_SHARE = 0.2
"""Share of drawn letters among those of Arabic script from which on a line counts as drawn."""


def in_reading_order(text: str) -> str:
    """A text with each drawn line turned around; other lines are left as they are.

    >>> in_reading_order("\ufeae\ufef3\u0627 1991") == "1991 \u0627\ufef3\ufeae"
    True
    """
    return "\n".join(_turned(line) for line in text.split("\n"))


def _turned(line: str) -> str:
    drawn = sum("\ufb50" <= each <= "\ufefc" for each in line)
    plain = sum("\u0600" <= each <= "\u06ff" for each in line)
    if not drawn or drawn < _SHARE * (drawn + plain):
        return line
    runs = [found[0][::-1] if found["drawn"] else found[0] for found in _RUNS.finditer(line)]
    return "".join(reversed(runs))


def text_of_pdf(path: Path) -> str:
    """The text of a PDF file in reading order, taken out by ``pdftotext`` (Poppler).

    Raises:
        InputError: the program is missing, or it cannot read the file.
    """
    program = shutil.which("pdftotext")
    if program is None:
        raise InputError(
            f"{path}: reading PDF needs the program pdftotext",
            "install poppler-utils, or save the text of the file and give that",
        )
    text = _taken_out([program, "-enc", "UTF-8", str(path), "-"], path)
    arabic = sum("\u0600" <= each <= "\u06ff" for each in text)
    # In the order of the file columns stay apart; only the other order knows the direction of Persian.
    return (
        text
        if arabic > len(text) // 4
        else _taken_out([program, "-raw", "-enc", "UTF-8", str(path), "-"], path)
    )


def _taken_out(command: list[str], path: Path) -> str:
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise InputError(f"{path}: pdftotext cannot read it: {message}", "open it, and save its text")
    return done.stdout.decode("utf-8", "replace")

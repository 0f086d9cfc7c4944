"""Two drawings of the ontology as SVG: the tree of its classes, and the model of a claim.

``python -m araxes.ontology.diagrams`` writes both, in both languages, into ``images``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.reference import reference
from araxes.ontology.reference_entries import Entry, Module, Modules, entries_of
from araxes.ontology.whole_files import write_whole

IMAGES = Path(__file__).parent / "images"
"""Folder of the drawings."""

REPAIR = "python -m araxes.ontology.diagrams"
"""The command that renews them."""

_ROW, _INDENT, _COLUMN, _PAD = 20, 18, 330, 16
_COLUMNS = 4
_MOST_ROWS = 5000
"""Rows of one module: a class stands below each of those above it, which may be very many times."""
_LINE, _TEXT, _FILL, _HEAD = "#7a869a", "#17202e", "#f4f6fa", "#23508e"


@dataclass
class Drawing:
    """Shapes of a drawing, and its size in pixels."""

    width: int = 0
    height: int = 0
    parts: list[str] = field(default_factory=list)

    def text(
        self, x: int, y: int, words: str, size: int = 13, colour: str = _TEXT, weight: str = "400"
    ) -> None:
        """Words that begin at a point; in Persian they end there."""
        self.parts.append(
            f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" font-weight="{weight}">'
            f"{escape(words)}</text>"
        )

    def line(self, x1: int, y1: int, x2: int, y2: int, arrow: bool = False) -> None:
        """A straight line."""
        end = ' marker-end="url(#arrow)"' if arrow else ""
        self.parts.append(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{_LINE}"{end}/>')

    def box(self, x: int, y: int, width: int, height: int, dashed: bool = False) -> None:
        """A rectangle."""
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        self.parts.append(
            f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="{_FILL}" '
            f'stroke="{_LINE}"{dash}/>'
        )
        self.width, self.height = max(self.width, x + width), max(self.height, y + height)

    def svg(self, title: str, language: str) -> str:
        """The finished drawing."""
        direction = ' direction="rtl"' if language == "fa" else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{language}" role="img" '
            f'viewBox="0 0 {self.width + _PAD} {self.height + _PAD}" width="{self.width + _PAD}" '
            f'height="{self.height + _PAD}" font-family="Noto Sans, Vazirmatn, sans-serif"{direction}>\n'
            f"<title>{escape(title)}</title>\n"
            '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
            f'orient="auto"><path d="M0 0L8 4L0 8z" fill="{_LINE}"/></marker></defs>\n'
            f'<rect width="100%" height="100%" fill="#ffffff"/>\n' + "\n".join(self.parts) + "\n</svg>\n"
        )


def class_diagram(modules: Modules, language: str) -> str:
    """The classes of each module as trees.

    Args:
        modules: the ontology.
        language: ``en`` or ``fa``.
    """
    entries = entries_of(modules)
    drawing = Drawing()
    bottoms = [_PAD] * _COLUMNS
    trees = {name: _tree(module.entries) for name, module in modules.items()}
    for name, rows in sorted(trees.items(), key=lambda item: -len(item[1])):
        if rows:
            column = bottoms.index(min(bottoms))
            left = _PAD + column * (_COLUMN + _PAD)
            bottoms[column] = (
                _panel(drawing, (left, bottoms[column]), modules[name], rows, entries, language) + _PAD
            )
    title = {"en": "Classes of the ontology", "fa": "رده‌های هستان‌شناسی"}[language]
    return drawing.svg(title, language)


def _tree(entries: tuple[Entry, ...]) -> list[tuple[int, Entry]]:
    """Classes with their depth, each below the one above it; those above in other modules are left out."""
    own = {entry.name: entry for entry in entries if entry.kind["en"] == "Class"}
    tops = [entry for entry in own.values() if not any(name in own for name in entry.links.get("above", ()))]
    rows: list[tuple[int, Entry]] = []
    for top in tops:
        waiting: list[tuple[Entry, tuple[str, ...]]] = [(top, ())]
        while waiting and len(rows) < _MOST_ROWS:
            entry, above = waiting.pop()
            rows.append((len(above), entry))
            line = (*above, entry.name)
            # Any dataset may be served, so a class may stand below itself.
            below = [name for name in entry.links.get("below", ()) if name in own and name not in line]
            waiting += [(own[name], line) for name in reversed(below)]
    return rows


def _panel(
    drawing: Drawing,
    corner: tuple[int, int],
    module: Module,
    rows: list[tuple[int, Entry]],
    entries: dict[str, Entry],
    language: str,
) -> int:
    """Draw one module; the y below it is returned."""
    left, top = corner
    height = (len(rows) + 2) * _ROW
    drawing.box(left, top, _COLUMN, height)
    rtl = language == "fa"
    start = left + _COLUMN - 12 if rtl else left + 12
    step = -1 if rtl else 1
    drawing.text(start, top + _ROW, module.called(language), 14, _HEAD, "600")
    for index, (depth, entry) in enumerate(rows):
        y = top + (index + 2) * _ROW
        x = start + step * depth * _INDENT
        if depth:
            drawing.line(x - step * 12, y - 14, x - step * 12, y - 5)
            drawing.line(x - step * 12, y - 5, x - step * 3, y - 5)
        drawing.text(x, y, _with_place(entry, depth, entries, language))
    return top + height


def _with_place(entry: Entry, depth: int, entries: dict[str, Entry], language: str) -> str:
    """The label; for a class whose super-class stands in another module, that one's label too."""
    names = () if depth else entry.links.get("above", ())
    above = ", ".join(entries[name].called(language) for name in names if name in entries)
    return f"{entry.called(language)} ({above})" if above else entry.called(language)


_BOXES: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("Claim", 360, 200, ("paraphrase", "period")),
    ("Source", 20, 60, ("sourceAuthor", "date")),
    ("SourceText", 20, 210, ("fileName", "sha256")),
    ("Actor", 360, 90, ()),
    ("Curation", 700, 40, ("guideline", "date")),
    ("Curator", 700, 180, ()),
    ("Modality", 700, 270, ("Asserted", "Possible", "Denied")),
    ("Stance", 700, 400, ("OwnVoice", "Endorses", "Reports", "Disputes")),
    ("Inference", 360, 500, ()),
)
_ARROWS: tuple[tuple[str, tuple[int, int, int, int]], ...] = (
    ("source", (360, 220, 240, 110)),
    ("passage", (360, 245, 240, 245)),
    ("holder", (470, 200, 470, 120)),
    ("readingOf", (700, 60, 240, 60)),
    ("curator", (810, 110, 810, 180)),
    ("modality", (580, 255, 700, 300)),
    ("authorStance", (580, 265, 700, 430)),
)
_WORDS = {
    "title": {"en": "The model of a claim", "fa": "الگوی یک ادعا"},
    "graph": {"en": "graph named like the claim: what it states", "fa": "گراف هم‌نام ادعا: آنچه بیان می‌کند"},
    "derived": {"en": "was derived from", "fa": "برگرفته از"},
    "names": {"en": "names", "fa": "می‌نامد"},
}


_THREAT = "perceivesThreatFrom"
_IN_CLAIM = {
    _THREAT,
    *(name for name, _ in _ARROWS),
    *(term for name, _, _, details in _BOXES for term in (name, *details)),
}


def claim_diagram(modules: Modules, language: str) -> str:
    """What a claim consists of and how it is described.

    Args:
        modules: the ontology, with all terms that the drawing names.
        language: ``en`` or ``fa``.
    """
    drawing = Drawing()
    entries = entries_of(modules)
    for name, arrow in _ARROWS:
        x1, y1, x2, y2 = arrow
        drawing.line(*arrow, arrow=True)
        _on_line(drawing, (2 * x1 + x2) // 3, (2 * y1 + y2) // 3 + 4, entries[name].called(language))
    for name, x, y, details in _BOXES:
        drawing.box(x, y, 220, 30 + _ROW * len(details))
        _middle(drawing, x + 110, y + 20, entries[name].called(language), _HEAD, "600")
        for index, detail in enumerate(details):
            _middle(drawing, x + 110, y + 40 + index * _ROW, entries[detail].called(language))
    drawing.line(470, 270, 470, 350, arrow=True)
    _on_line(drawing, 470, 312, _WORDS["names"][language])
    drawing.box(310, 350, 320, 70, dashed=True)
    _middle(drawing, 470, 372, _WORDS["graph"][language], _HEAD, "600")
    threat = entries[_THREAT].called(language)
    states = {"en": ("Azerbaijan", "Iran"), "fa": ("جمهوری آذربایجان", "ایران")}[language]
    _middle(drawing, 470, 400, f"{states[0]} – {threat} – {states[1]}")
    drawing.line(470, 500, 470, 420, arrow=True)
    _on_line(drawing, 470, 465, _WORDS["derived"][language])
    return drawing.svg(_WORDS["title"][language], language)


def _middle(drawing: Drawing, x: int, y: int, words: str, colour: str = _TEXT, weight: str = "400") -> None:
    """Words around a point."""
    drawing.parts.append(
        f'<text x="{x}" y="{y}" font-size="13" fill="{colour}" font-weight="{weight}" '
        f'text-anchor="middle">{escape(words)}</text>'
    )


def _on_line(drawing: Drawing, x: int, y: int, words: str) -> None:
    """Words around a point of a line, which gives way to them."""
    drawing.parts.append(
        f'<text x="{x}" y="{y}" font-size="13" fill="{_TEXT}" stroke="#ffffff" stroke-width="5" '
        f'paint-order="stroke" text-anchor="middle">{escape(words)}</text>'
    )


def drawings(modules: Modules) -> dict[str, str]:
    """File name → SVG: an ontology's classes and, if it has all that belongs to it, the model of a claim."""
    kinds = [("classes", class_diagram)]
    if entries_of(modules).keys() >= _IN_CLAIM:
        kinds.append(("claim", claim_diagram))
    return {
        f"{name}.{language}.svg": draw(modules, language) for name, draw in kinds for language in LANGUAGES
    }


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    for file_name, drawn in drawings(reference()).items():
        write_whole(IMAGES / file_name, drawn)
    sys.stdout.write("drawings renewed\n")

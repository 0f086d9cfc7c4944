"""How all pictures look: faces, colours that the colour-blind tell apart, digits of the language."""

from __future__ import annotations

from typing import Any

from araxes.endpoint.pages.frame import digits, direction

VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json"
VEGA = "https://vega.github.io/schema/vega/v6.json"

_LATIN, _ARABIC = "'Noto Sans'", "Vazirmatn, 'Noto Sans Arabic', 'Noto Naskh Arabic'"

INK, SOFT, PAPER, LINE = "#1c1b19", "#5d5a54", "#ffffff", "#ddd8cc"

COLOURS = {"Cooperative": "#0072B2", "Neutral": "#6f6a60", "Conflictual": "#D55E00", "": "#b3ada2"}
"""Of polarities: blue and vermilion of Okabe and Ito's set, which every kind of colour vision tells apart."""

DASHES: dict[str, list[int]] = {"Cooperative": [], "Neutral": [2, 3], "Conflictual": [7, 3], "": [1, 5]}
"""Of polarities: the same without any colour."""

RAMPS = {
    "Cooperative": ["#eef5fa", "#00568a"],
    "Neutral": ["#f3f1ee", "#4a463e"],
    "Conflictual": ["#fdf1e9", "#a84600"],
}
"""Light to dark, one hue each."""


def right_to_left(language: str) -> bool:
    """Whether a language is read from the right."""
    return direction(language) == "rtl"


def fonts(language: str) -> str:
    """Faces, the first that is there: those of the language's script before others.

    A renderer takes what one face lacks from any other, whatever its weight.
    """
    first = (_ARABIC, _LATIN) if right_to_left(language) else (_LATIN, _ARABIC)
    return ", ".join((*first, "'DejaVu Sans'", "sans-serif"))


def written(text: str, language: str, most: int = 0) -> str:
    """A text as pictures write it: shortened between words, isolated so that its signs keep their places.

    >>> written("a long name", "en", 7)
    'a long …'

    Args:
        text: a name, or several in a row.
        language: of the picture.
        most: characters after which it is shortened; 0: never.
    """
    if most and len(text) > most:
        text = text[:most].rpartition(" ")[0] + " …"
    return f"\u2067{text}\u2069" if right_to_left(language) else text


def frame(schema: str, language: str) -> dict[str, Any]:
    """What every specification begins with."""
    side = "right" if right_to_left(language) else "left"
    faces = fonts(language)
    return {
        "$schema": schema,
        "background": PAPER,
        "padding": 12,
        "config": {
            "font": faces,
            "axis": {
                "labelFont": faces,
                "titleFont": faces,
                "labelFontSize": 12,
                "titleFontSize": 13,
                "labelColor": INK,
                "titleColor": SOFT,
                "gridColor": LINE,
                "domainColor": SOFT,
                "tickColor": SOFT,
            },
            "axisY": {"orient": side},
            "legend": {
                "labelFont": faces,
                "titleFont": faces,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "labelColor": INK,
                "titleColor": SOFT,
            },
            "header": {"labelFont": faces, "titleFont": faces, "labelFontSize": 13, "labelColor": INK},
            "text": {"font": faces, "fontSize": 12, "fill": INK},
            "view": {"stroke": None},
        },
    }


def digits_expression(text: str, language: str) -> str:
    """An expression of Vega that writes a text with the digits of a language.

    >>> digits_expression("datum.label", "en")
    'datum.label'
    >>> digits_expression("datum.label", "fa").count("replace(")
    10
    """
    for digit in "0123456789":
        own = digits(digit, language)
        if own != digit:
            text = f"replace({text},/{digit}/g,'{own}')"
    return text

"""The pages of pictures, each with its form, its table and its downloads; and the list of them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import render_template

from araxes.endpoint.engines.jobs import DrawJob
from araxes.endpoint.pages.pictures.map import MAP
from araxes.endpoint.pages.pictures.matrix import MATRIX
from araxes.endpoint.pages.pictures.network import NETWORK
from araxes.endpoint.pages.pictures.picture import PictureKind, encoded
from araxes.endpoint.pages.pictures.timeline import TIMELINE
from araxes.endpoint.pages.pictures.topics import TOPICS
from araxes.endpoint.pages.thing_pages import ThingPage, Told, filled
from araxes.endpoint.pages.words import words

KINDS: Mapping[str, PictureKind] = {kind.name: kind for kind in (NETWORK, TIMELINE, MATRIX, MAP, TOPICS)}
"""The pictures by name, in the order of their list."""

FORMATS = {"svg": "image/svg+xml", "png": "image/png"}
"""What a picture can be had as."""

_TEST = "pairs-any"


def page_of(kind: PictureKind) -> ThingPage:
    """The page of a picture."""
    return ThingPage(f"picture-{kind.name}", _TEST, kind.queries, lambda told: _page(kind, told), kind.fields)


def specification_of(kind: PictureKind) -> ThingPage:
    """What the renderer is given for a picture; empty where there is nothing to draw."""
    return ThingPage(
        f"specification-{kind.name}",
        _TEST,
        kind.queries,
        lambda told: _specification(kind, told),
        kind.fields,
    )


def list_page() -> ThingPage:
    """The page that lists the pictures."""
    return ThingPage("pictures", _TEST, lambda _: {"picture-sources": filled("picture-sources", {})}, _list)


def title_of(kind: PictureKind, language: str) -> str:
    """What a picture is called."""
    return str(words(language)["pictures"][kind.name]["title"])


def draw_job(kind: PictureKind, specification: str, language: str, format_name: str) -> DrawJob:
    """The job that draws a picture."""
    return DrawJob(specification, title_of(kind, language), language, format_name)


def picture_address(kind: PictureKind, fields: Mapping[str, str], language: str, ending: str = "") -> str:
    """The address of a picture's page, or of the picture itself in a format."""
    kept = [*((name, value) for name, value in fields.items() if value), ("lang", language)]
    return f"/pictures/{kind.name}{ending}?{urlencode(kept)}"


def _specification(kind: PictureKind, told: Told) -> str:
    drawn = kind.draw(told)
    return encoded(drawn.specification) if drawn.specification else ""


def _page(kind: PictureKind, told: Told) -> str:
    drawn = kind.draw(told)
    language, fields = told.asked.language, told.asked.fields
    return render_template(
        "picture.html",
        told=told,
        kind=kind,
        drawn=drawn,
        said=words(language)["pictures"][kind.name],
        choices=kind.choices(told),
        chosen=bool(fields),
        sources={name: picture_address(kind, fields, language, f".{name}") for name in FORMATS},
        others=[other for other in KINDS.values() if other is not kind],
    )


def _list(told: Told) -> str:
    language = told.asked.language
    return render_template(
        "pictures.html",
        told=told,
        kinds=[(kind, picture_address(kind, {}, language, ".svg")) for kind in KINDS.values()],
    )

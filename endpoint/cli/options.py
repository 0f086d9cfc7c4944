"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from araxes.triples.authoring.corpus import ENTITIES, SOURCES
from araxes.triples.stores.versions import DEFAULT_ROOT

store_option = click.option(
    "--store",
    "store",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="ARAXES_STORE",
    default=DEFAULT_ROOT,
    show_default=True,
    show_envvar=True,
    help="Folder that holds the store.",
)
"""``--store``, also ``ARAXES_STORE``."""

entities_option = click.option(
    "--entities",
    type=click.Path(file_okay=False, path_type=Path),
    default=ENTITIES,
    help="Folder of entity files, instead of the project's own.",
)
"""``--entities``."""

annotations_option = click.option(
    "--annotations",
    type=click.Path(file_okay=False, path_type=Path),
    default=SOURCES,
    help="Folder of annotated sources, instead of the project's own.",
)
"""``--annotations``."""

originals_option = click.option(
    "--originals",
    "--sources",
    "originals",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="ARAXES_SOURCES",
    show_envvar=True,
    help="Folder of the original texts, which are not part of the project.",
)
"""``--originals``, also ``ARAXES_SOURCES``."""


@dataclass(frozen=True)
class Places:
    """Where the files of a corpus are.

    Attributes:
        originals: folder of original texts, if it is known.
        entities: folder of entity files.
        annotations: folder of annotated sources.
    """

    originals: Path | None
    entities: Path
    annotations: Path


def places_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of :class:`Places`, and for them one argument ``places``."""

    @originals_option
    @entities_option
    @annotations_option
    @wraps(command)
    def with_options(*, originals: Path | None, entities: Path, annotations: Path, **others: Any) -> None:
        command(places=Places(originals, entities, annotations), **others)

    return with_options

"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path

import click

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

"""``araxes serve``: the endpoint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from araxes.endpoint import logs
from araxes.endpoint.cli.options import corpus_option, refuse_nothing_left, without_shipped_option
from araxes.endpoint.http.app import create_app
from araxes.endpoint.http.memory_returned import return_memory
from araxes.endpoint.http.repeated_answers import RepeatedAnswers
from araxes.endpoint.http.server import create_server, run
from araxes.endpoint.pages import views
from araxes.endpoint.search.index.missing_index import make_missing_index
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import load_settings
from araxes.endpoint.settings_table import SETTINGS, Setting
from araxes.triples.authoring.corpus_layers import read_corpus_folder
from araxes.triples.stores.versioned_store import current

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _options(command: _Command) -> _Command:
    """One option for every row of the settings table."""
    for setting in reversed(SETTINGS):
        command = _option(setting)(command)
    return command


def _option(setting: Setting) -> Callable[[_Command], _Command]:
    unit = f" ({setting.unit})" if setting.unit else ""
    default = "none" if setting.default in ("", ()) else setting.default
    text = f"{setting.help}{unit}  [default: {default}; {setting.variable}]"
    multiple = isinstance(setting.default, tuple)
    return click.option(setting.flag, setting.name, multiple=multiple, metavar="VALUE", help=text)


@click.command(
    epilog="\b\nExamples:\n  araxes serve\n  araxes serve --port 8080 --timeout 10\n"
    "  araxes serve --print-config > araxes.toml; araxes serve --config araxes.toml"
)
@click.option(
    "--config",
    "config",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="ARAXES_CONFIG",
    help="Configuration file (TOML); flags and ARAXES_* variables win over it.",
)
@click.option(
    "--print-config", is_flag=True, help="Print all settings in force as a configuration file, and stop."
)
@corpus_option
@without_shipped_option
@_options
def serve(
    config: Path | None, print_config: bool, corpora: tuple[Path, ...], without_shipped: bool, **flags: Any
) -> None:
    """Serve the store over HTTP: SPARQL at /sparql, pages and linked data beside it.

    Follows the store: after `araxes build` or `araxes load` it switches over by itself
    without failing a request. SIGTERM and Ctrl-C stop it gracefully. With --corpus the store
    that `araxes build --corpus` made is served, unless another is named; --without-shipped may stand beside
    it, as with every verb.
    """
    refuse_nothing_left(corpora, without_shipped)
    settings = load_settings(flags, file=config)
    if corpora and settings.origins["store"] == "default":
        settings = load_settings({**flags, "store": str(read_corpus_folder(corpora[-1]).store)}, file=config)
    if print_config:
        click.echo(settings.printed())
        return
    logs.configure(settings.text("log_level"), settings.text("log_format"))
    if not settings.text("engine"):  # of an engine elsewhere nothing can be indexed here
        make_missing_index(current(Path(settings.text("store"))))
    return_memory()
    service = Service(settings)
    server = create_server(RepeatedAnswers(create_app(service), service), settings)
    service.start()
    try:
        _greet(service, *server.address)
        run(server, settings.number("stop_time"))
    finally:
        service.stop()


def _greet(service: Service, host: str, port: int) -> None:
    """Where to go, and one query to try."""
    shown = f"[{host}]" if ":" in host else host
    base = service.settings.text("base_url").rstrip("/") + "/" if service.settings.text("base_url") else None
    base = base or f"http://{shown}:{port}/"
    version = service.dataset
    example = views.example_for(service)
    click.echo(f"serving {version.quads:,} quads ({version.name}) at {base}")
    click.echo(f"SPARQL endpoint: {base}sparql")
    click.echo("one query to try:")
    click.echo(f"  curl -H 'Accept: text/csv' {base}sparql --data-urlencode query@- <<'END'\n{example}\nEND")
    click.echo("stop with Ctrl-C", err=True)

"""``araxes mcp``: the tools for language models on standard input and output."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import FrameType

import click

from araxes.endpoint import logs
from araxes.endpoint.cli.options import store_option
from araxes.endpoint.cli.tool_stream import Answerer, ToolStream, at_server, of_service
from araxes.endpoint.search.index.missing_index import make_missing_index
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import load_settings
from araxes.ontology.errors import InputError
from araxes.ontology.languages import LANGUAGES
from araxes.triples.stores.versioned_store import current

_SETTINGS = ("timeout", "memory", "result_size", "spool_dir", "spool_size", "namespace")
"""What may be set for this verb by ``ARAXES_*``; the server's other settings are none of its business."""

_FEW = {"evaluators": "2", "spares": "0", "long_queries": "1", "cache_size": "0"}
"""One reader's assistant asks little at once."""


@click.command(
    epilog="\b\nConfiguration of a client, such as an assistant on your desk:\n"
    '  {"mcpServers": {"araxes": {"command": "araxes", "args": ["mcp", "--store", "/path/to/store"]}}}\n\n'
    "\b\nA server that runs already (`araxes serve`) has the same tools at /mcp."
)
@click.option("--url", metavar="URL", help="Pass everything on to the tools of this server (…/mcp).")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Of descriptions, and of answers that are asked for in none.",
)
@store_option
def mcp(url: str | None, language: str, store: Path) -> None:
    """Offer the tools for language models (Model Context Protocol) on standard input and output.

    One message a line. Queries run in processes of their own, as under
    `araxes serve`; nothing can be changed.
    """
    signal.signal(signal.SIGTERM, _stop)
    if url:
        if not url.startswith(("http://", "https://")):
            raise InputError(f"{url}: is no address", "give one such as http://127.0.0.1:5000/mcp")
        _run(at_server(url, language))
        return
    settings = load_settings({**_FEW, "store": str(store)}, only=(*_SETTINGS, *_FEW))
    logs.configure("warning", "text")
    make_missing_index(current(store))
    service = Service(settings)
    service.start()
    try:
        _run(of_service(service, language))
    finally:
        service.stop()


def _run(answerer: Answerer) -> None:
    """Answer until the client closes its end."""
    try:
        ToolStream(answerer).run(sys.stdin.buffer, sys.stdout.buffer)
    except (KeyboardInterrupt, BrokenPipeError):
        # Nobody reads any more; click would report what it cannot write either.
        sys.stderr.flush()


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt

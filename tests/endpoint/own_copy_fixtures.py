"""Passages looked for in PDF files by the scripts of the page, in a real browser without a network."""

from __future__ import annotations

import base64
import contextlib
import functools
import http.server
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from araxes.triples.originals.fingerprints import Fingerprint, numbers
from tests.endpoint.browser_fixtures import Browser, node_module

STATIC = Path(__file__).parents[2] / "endpoint" / "pages" / "static"
SCRIPTS = ("reading-order.js", "own-copy.js")
PDF_READER = ("pdf.min.mjs", "pdf.worker.min.mjs")

_PAGE = "<!doctype html><meta charset=utf-8>" + "".join(f"<script src='{name}'></script>" for name in SCRIPTS)
_LOOK = """
const [data, prints] = arguments, done = arguments[2];
(async () => {
  const pdf = await import("./pdf.min.mjs");
  pdf.GlobalWorkerOptions.workerSrc = "./pdf.worker.min.mjs";
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const texts = await readingOrder.readingsOfPdf(pdf, bytes), copies = texts.map((text) => new OwnCopy(text));
  return [texts, prints.map((print) => lookInAll(copies, print).verdict)];
})().then(done, (error) => done(String(error.stack || error)));
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Reader:
    """A browser with the scripts of the page and PDF.js."""

    def __init__(self, browser: Browser) -> None:
        """Take a browser that shows the page of :func:`own_copy_reader`."""
        self.browser = browser

    def look(self, path: Path, prints: Sequence[Fingerprint]) -> tuple[list[str], list[str]]:
        """The readings of a PDF file, and the verdict on each fingerprint."""
        data = base64.b64encode(path.read_bytes()).decode()
        driver = cast("Any", self.browser.driver)
        driver.set_script_timeout(300)
        found = driver.execute_async_script(_LOOK, data, [numbers(each) for each in prints])
        assert not isinstance(found, str), found
        return found[0], found[1]


@contextlib.contextmanager
def own_copy_reader(folder: Path) -> Iterator[Reader]:
    """A browser at a server that has these scripts and nothing else, in an empty folder."""
    for name in SCRIPTS:
        shutil.copy(STATIC / name, folder)
    for name in PDF_READER:
        shutil.copy(node_module("pdfjs-dist") / "build" / name, folder)
    (folder / "index.html").write_text(_PAGE, "utf-8")
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = Browser(f"http://127.0.0.1:{server.server_port}", "--proxy-server=127.0.0.1:9")
    try:
        browser.open("/index.html")
        yield Reader(browser)
    finally:
        browser.stop()
        server.shutdown()

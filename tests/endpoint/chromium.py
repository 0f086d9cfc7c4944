"""Chromium by the WebDriver protocol (https://www.w3.org/TR/webdriver2/), without a network."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.requirements_helper import require_tool

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
)
"""Nothing listens at the proxy, so that every request to any host fails."""


class Browser:
    """A session of the browser."""

    def __init__(self, driver: str, session: str) -> None:
        self._address = f"{driver}/session/{session}"

    def _post(self, path: str, body: object) -> Any:
        return _sent(f"{self._address}/{path}", body)

    def go(self, address: str) -> None:
        self._post("url", {"url": address})

    def run(self, script: str, *arguments: object) -> Any:
        """What a script returns; a promise is waited for."""
        return self._post("execute/sync", {"script": script, "args": list(arguments)})

    def asked(self) -> list[str]:
        """Addresses that were asked for since the last time."""
        entries = [
            json.loads(each["message"])["message"] for each in self._post("se/log", {"type": "performance"})
        ]
        return [
            each["params"]["request"]["url"]
            for each in entries
            if each["method"] == "Network.requestWillBeSent"
        ]

    def picture(self, path: Path, width: int, height: int = 900) -> None:
        """Save a picture of the page."""
        self._post("window/rect", {"width": width, "height": height})
        with urllib.request.urlopen(f"{self._address}/screenshot", timeout=60) as reply:
            path.write_bytes(base64.b64decode(json.load(reply)["value"]))


def _sent(address: str, body: object) -> Any:
    request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=300) as reply:
            return json.load(reply)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read().decode()) from error


@contextmanager
def browsing(folder: Path) -> Iterator[Browser]:
    """A browser that reaches no host.

    Args:
        folder: for its profile.
    """
    program, chromium = require_tool("chromedriver"), require_tool("chromium")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [program, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    driver, session = f"http://127.0.0.1:{port}", ""
    try:
        end = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{driver}/status", timeout=5).close()
                break
            except OSError:
                assert time.monotonic() < end, "chromedriver does not answer"
                time.sleep(0.1)
        options = {"binary": chromium, "args": [*_FLAGS, f"--user-data-dir={folder / 'profile'}"]}
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"performance": "ALL"},
            "timeouts": {"script": 240_000, "pageLoad": 240_000},
        }
        session = _sent(f"{driver}/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        yield Browser(driver, session)
    finally:
        if session:
            request = urllib.request.Request(f"{driver}/session/{session}", method="DELETE")
            urllib.request.urlopen(request, timeout=60).close()
        process.kill()
        process.wait()
        shutil.rmtree(folder / "profile", ignore_errors=True)

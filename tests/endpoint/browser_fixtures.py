"""One Chromium for all tests in a browser, and what it saw: errors, requests, how wide a page is."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from tests.endpoint.endpoint_fixtures import Server
from tests.requirements_helper import missing, require_folder, require_tool

DESK, POCKET = 1280, 360
"""Widths of windows (CSS pixels)."""

_HEIGHT = 900
_ANSWERED = "Failed to load resource: the server responded"
"""What the console says of a page whose status is that of an error."""

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--force-prefers-reduced-motion", "--disable-dev-shm-usage",
)  # fmt: skip
OFFLINE = ("--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>")
"""Flags of a browser without a network: nothing listens at the proxy, so every request to a host fails."""

_SPILLING = """
const page = document.documentElement, width = page.clientWidth, found = [];
const scrolls = (node) => {
  for (; node; node = node.parentElement)
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(node).overflowX)) return true;
  return false;
};
for (const node of document.querySelectorAll("body *")) {
  const box = node.getBoundingClientRect();
  const out = box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1);
  if (out && !node.closest(".hidden, .skip, svg") && !scrolls(node.parentElement))
    found.push(`${node.tagName}.${node.className} ${Math.round(box.left)} to ${Math.round(box.right)}`);
}
return page.scrollWidth > width + 1 || found.length ? [page.scrollWidth, ...found.slice(0, 5)] : [];
"""


class Browser:
    """A Chromium that keeps to one server, or to a folder."""

    def __init__(self, base: str, *flags: str) -> None:
        """Start it.

        Args:
            base: address of the server or folder, without a slash at its end.
            flags: for the browser, beside those that all get.
        """
        from selenium import webdriver
        from selenium.webdriver.chrome.options import Options
        from selenium.webdriver.chrome.service import Service

        options = Options()
        options.binary_location = require_tool("chromium")
        for flag in (*_FLAGS, *flags):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.base = base
        self.driver = webdriver.Chrome(
            options=options, service=Service(require_tool("chromedriver", "apt-get install chromium-driver"))
        )
        self.wide(DESK)

    def stop(self) -> None:
        """End it."""
        self.driver.quit()

    def command(self, name: str, **given: Any) -> Any:
        """A command of the DevTools protocol."""
        return cast("Any", self.driver).execute_cdp_cmd(name, given)

    def wide(self, width: int) -> None:
        """Make the window so wide."""
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=_HEIGHT, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip

    def media(self, kind: str = "", scheme: str = "light") -> None:
        """Show pages as on paper ("print"), or in a colour scheme."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.command("Emulation.setEmulatedMedia", media=kind, features=features)

    def scripts(self, *, run: bool) -> None:
        """Let scripts of pages run or not."""
        self.command("Emulation.setScriptExecutionDisabled", value=not run)

    def open(self, path: str) -> None:
        """Go to an address of the server, and wait until its page is there."""
        self.driver.get(self.base + path)

    def run(self, script: str, *given: Any) -> Any:
        """What a script returns."""
        return cast("Any", self.driver).execute_script(script, *given)

    def all(self, selector: str) -> list[Any]:
        """Elements by a CSS selector."""
        return cast("list[Any]", self.driver.find_elements("css selector", selector))

    def one(self, selector: str) -> Any:
        """The first element of a CSS selector."""
        return self.driver.find_element("css selector", selector)

    def text(self, selector: str = "main") -> str:
        """What is read in an element."""
        return str(self.one(selector).text)

    def keys(self, *keys: str) -> None:
        """Press keys one after the other, wherever the focus is; "ctrl+x" holds the first of two."""
        from selenium.webdriver import ActionChains
        from selenium.webdriver.common.keys import Keys

        for key in keys:
            chain = ActionChains(self.driver)
            held, plus, rest = key.rpartition("+")
            name = getattr(Keys, (rest if plus else key).upper(), rest if plus else key)
            if plus and held:
                modifier = getattr(Keys, {"ctrl": "CONTROL", "shift": "SHIFT"}[held])
                chain.key_down(modifier).send_keys(name).key_up(modifier)
            else:
                chain.send_keys(name)
            chain.perform()

    def until(self, script: str, seconds: float = 20) -> Any:
        """Wait until a script returns something true, and return it."""
        end = time.monotonic() + seconds
        while not (found := self.run(script)):
            if time.monotonic() > end:
                pytest.fail(f"never true within {seconds} s at {self.driver.current_url}: {script}")
            time.sleep(0.05)
        return found

    def focused(self) -> str:
        """What has the focus: its tag, and its name or what stands in it."""
        return str(
            self.run(
                "const it = document.activeElement; return it.tagName.toLowerCase() + ' ' +"
                " (it.name || it.getAttribute('aria-label') || it.textContent).trim().slice(0, 60)"
            )
        )

    def spilling(self) -> list[Any]:
        """What is wider than the window."""
        return cast("list[Any]", self.run(_SPILLING))

    def complaints(self) -> list[str]:
        """Errors and warnings of the console since they were asked for last; a page's own status is none."""
        return [
            entry["message"]
            for entry in cast("Any", self.driver).get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING") and _ANSWERED not in entry["message"]
        ]  # fmt: skip

    def strangers(self) -> list[str]:
        """Requests for other hosts since they were asked for last."""
        found = []
        for entry in cast("Any", self.driver).get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if urlsplit(url).scheme in ("http", "https", "ws", "wss") and not url.startswith(self.base):
                    found.append(url)
        return found

    def sent(self) -> list[tuple[str, str, int]]:
        """Method, path and bytes of the body of each request since they were asked for last, sorted."""
        found = []
        for entry in cast("Any", self.driver).get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                request = message["params"]["request"]
                body = len(request.get("postData", "")) or int(request.get("hasPostData", False))
                found.append((request["method"], request["url"].removeprefix(self.base), body))
        return sorted(found)

    def axe(self, rules: str = "") -> list[str]:
        """What axe-core finds that is serious or critical."""
        if not self.run("return typeof axe === 'object'"):
            self.run(axe_script())
        options = f"{{runOnly: [{rules}]}}" if rules else "{resultTypes: ['violations']}"
        found = cast("Any", self.driver).execute_async_script(
            f"const done = arguments[0]; axe.run(document, {options}).then((all) => done(all.violations))"
        )
        return [
            f"{each['id']}: {node['target']} {node['failureSummary'][:300]}"
            for each in found
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"][:3]
        ]


def axe_script() -> str:
    """axe-core as it is published."""
    return (node_module("axe-core") / "axe.min.js").read_text("utf-8")


def node_module(name: str) -> Path:
    """The folder of a package of npm that tests use."""
    folder = require_folder(
        "ARAXES_NODE_MODULES", f"npm install --prefix DIR {name}, then name DIR/node_modules"
    )
    if not (folder / name).is_dir():
        missing(f"the npm package {name}", f"npm install --prefix {folder.parent} {name}")
    return folder / name


@pytest.fixture(scope="session")
def browser(project_server: Server) -> Iterator[Browser]:
    """One browser at the project's server; every test leaves it with scripts, light and wide."""
    require_tool("chromium")
    require_tool("chromedriver", "apt-get install chromium-driver")
    if os.environ.get("ARAXES_REQUIRE_ALL") != "1":
        pytest.importorskip("selenium")
    started = Browser(project_server.base)
    try:
        yield started
    finally:
        started.stop()

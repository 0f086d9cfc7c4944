"""Every kind of page looked at once in each language, in one browser: what tests of pages assert on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from araxes.ontology.languages import LANGUAGES
from tests.endpoint.browser_fixtures import DESK, POCKET, Browser, node_module

_ROOT = "return [document.documentElement.lang, getComputedStyle(document.body).direction]"
_LANDMARKS = """
return ["header", "main", "footer", "h1"].filter((each) => document.querySelectorAll(each).length !== 1)
"""
_PRUNE = """
for (const list of document.querySelectorAll("main ul, main ol, main dl, main tbody, select"))
  while (list.children.length > 6 && !list.querySelector("section, form")) list.lastElementChild.remove();
for (const one of [...document.querySelectorAll("main section, main article")].slice(12)) one.remove();
"""
"""Of many of a kind some are enough for rules: the checker takes seconds for a thousand links."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of one page in one language.

    Attributes:
        kind: of the page.
        language: that was asked for.
        root: language and direction that the page has.
        spilling: what is wider than the window, by its width.
        complaints: of the console.
        strangers: requests for other hosts.
        landmarks: parts that are missing, or there more than once.
        barriers: what axe-core finds serious, in the scheme of colours given with it.
    """

    kind: str
    language: str
    root: list[str]
    spilling: dict[int, list[Any]]
    complaints: list[str]
    strangers: list[str]
    landmarks: list[str]
    barriers: list[str]


def in_language(path: str, language: str) -> str:
    """An address in a language."""
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def survey(browser: Browser, pages: Mapping[str, str]) -> list[Look]:
    """Look at every page in a pocket; in one language on a desk and for barriers, light and dark in turn."""
    node_module("axe-core")
    looks = []
    for number, (kind, path) in enumerate(pages.items()):
        for language in LANGUAGES:
            scheme = ("light", "dark")[number // 2 % 2]
            browser.media(scheme=scheme)
            browser.wide(POCKET)
            browser.open(in_language(path, language))
            spilling = {POCKET: browser.spilling()}
            root, landmarks = browser.run(_ROOT), browser.run(_LANDMARKS)
            barriers = []
            if language == LANGUAGES[number % 2]:
                browser.wide(DESK)
                spilling[DESK] = browser.spilling()
                browser.run(_PRUNE)
                barriers = [f"{scheme}: {each}" for each in browser.axe()]
            complaints, strangers = browser.complaints(), browser.strangers()
            looks.append(Look(kind, language, root, spilling, complaints, strangers, landmarks, barriers))
    browser.media()
    return looks

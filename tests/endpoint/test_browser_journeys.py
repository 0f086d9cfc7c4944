"""The ways that readers go, in a real browser, in both languages, with the keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from araxes.endpoint.pages.assets.build_assets import FILES, VENDOR
from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.browser_fixtures import POCKET, Browser
from tests.endpoint.page_kinds import ROWS, WRONG

TYPED = {"en": "iran", "fa": "ايران"}
"""What somebody looks for, as keyboards have it."""


_SET = """
const it = document.querySelector('.CodeMirror').CodeMirror;
it.setValue(arguments[0]); it.focus(); it.setCursor(1, 999);
"""


@pytest.fixture
def plain(browser: Browser) -> Iterator[Browser]:
    """A browser that runs no scripts."""
    browser.scripts(run=False)
    yield browser
    browser.scripts(run=True)


@pytest.fixture
def editor(browser: Browser) -> Browser:
    """A browser, where the editor is there."""
    if not all((VENDOR / name).is_file() for name in FILES.values()):
        pytest.skip("the query editor is missing: make assets")
    return browser


def path_of(browser: Browser) -> str:
    return unquote(urlsplit(browser.driver.current_url).path)


def follow(browser: Browser, selector: str) -> None:
    """Go where the first link leads."""
    link = browser.one(selector)
    target = link.get_attribute("href")
    browser.run("arguments[0].scrollIntoView({block: 'center'})", link)
    link.click()
    browser.until(f"return location.href.split('#')[0] === {target.split('#')[0]!r}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_start_to_a_citation(browser: Browser, language: str) -> None:
    """Start → search with the keyboard → entity → dispute → cite."""
    browser.open(f"/?lang={language}")
    browser.one("#q").click()
    browser.keys(TYPED[language])
    browser.until("return document.querySelectorAll('#suggestions li').length > 1")
    browser.keys("arrow_down")
    assert browser.one("#q").get_attribute("aria-activedescendant") == "suggestion-0"
    browser.keys("escape")
    assert not browser.one("#suggestions").is_displayed()
    browser.keys("enter")
    browser.until("return location.pathname === '/search'")
    follow(browser, "#name + ul a, main .hits a")
    assert browser.run("return document.documentElement.lang") == language
    entity = browser.text("h1")
    assert entity
    follow(browser, "main a[href^='/dispute/']")
    assert browser.text("h1").endswith(("?", "؟"))
    follow(browser, "main a.cite")
    assert path_of(browser) == "/cite"
    cited = browser.text("[aria-labelledby='references'] .copy")
    assert "w3id.org/araxes/dispute/" in cited and len(cited) > 80
    assert browser.complaints() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_question_to_its_query(browser: Browser, language: str) -> None:
    browser.open(f"/questions?lang={language}")
    follow(browser, "main .questions a")
    assert browser.all("main table tbody tr")
    browser.one("main details summary").click()
    follow(browser, "main details a[href^='/sparql']")
    assert browser.all("#result tbody tr")
    assert words(language)["results"]["nothing"] not in browser.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_query_without_scripts(plain: Browser, language: str) -> None:
    """Example → form → answer; a mistake keeps the query; a link chooses another form of the answer."""
    plain.open(f"/sparql?lang={language}")
    plain.one("select[name=example] option:nth-of-type(3)").click()
    plain.one(".examples button").click()
    # The form before it may hold a query as well: what counts is the page that the example leads to.
    plain.until("return location.search.includes('example=') && document.readyState === 'complete'")
    assert path_of(plain) == "/sparql"
    area = plain.one("#query")
    assert "SELECT" in area.get_attribute("value")
    area.clear()
    area.send_keys(WRONG)
    plain.one(".ask").click()
    plain.until("return document.querySelector('.place mark')")
    assert plain.one("#query").get_attribute("value") == WRONG
    plain.one("#query").clear()
    plain.one("#query").send_keys(ROWS)
    plain.one(".ask").click()
    plain.until("return document.querySelector('#result th')")
    assert [each.text for each in plain.all("#result th")] == ["claim", "who", "whom", "holder"]
    links = [each.get_attribute("href") for each in plain.all("#result tbody a")]
    assert links and all(link.startswith(plain.base + "/") for link in links)
    saved = {
        parse_qs(urlsplit(each.get_attribute("href")).query)["format"][0] for each in plain.all(".button")
    }
    assert saved == {"csv", "json"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_query_in_the_editor(editor: Browser, language: str) -> None:
    """Completion by a label in the reader's language; the prefix comes with it; Ctrl+Enter asks."""
    typed = {"en": "perceives threat from"[:9], "fa": "تهدید"}
    editor.open(f"/sparql?lang={language}")
    editor.until("return document.querySelector('.editor .CodeMirror')")
    editor.run(_SET, f"SELECT * {{\n  GRAPH ?claim {{ ?who {typed[language]}")
    editor.keys("ctrl+ ")
    editor.until("return document.querySelectorAll('.CodeMirror-hint .note').length")
    hints = [each.text for each in editor.all(".CodeMirror-hint")]
    assert any("ax:" in hint and typed[language] in hint.lower() for hint in hints), hints
    editor.keys("enter")
    value = editor.until(
        "const it = document.querySelector('#query').value; return it.includes('PREFIX ax:') && it"
    )
    assert "?who ax:" in value
    editor.run(_SET, ROWS)
    editor.keys("ctrl+enter")
    editor.until("return document.querySelector('#result tbody tr')")
    editor.run(_SET, WRONG)
    editor.keys("ctrl+enter")
    editor.until("return document.querySelector('.problem .place')")
    assert editor.one("#query").get_attribute("value") == WRONG
    assert editor.until(
        "return document.querySelector('.editor .CodeMirror') && document.activeElement.tagName"
    )
    editor.complaints()
    assert editor.strangers() == []


def test_the_editor_lets_the_keyboard_go(editor: Browser) -> None:
    editor.open("/sparql?lang=en")
    editor.until("return document.querySelector('.editor .CodeMirror')")
    editor.run("document.querySelector('.CodeMirror').CodeMirror.focus()")
    editor.keys("tab")
    assert editor.focused().startswith("select format")
    editor.keys("shift+tab")
    assert editor.run("return !!document.activeElement.closest('.CodeMirror')")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_focus_goes_in_reading_order(browser: Browser, language: str) -> None:
    """Skip link first, then navigation, search, language; the skip link leads past them."""
    browser.open(f"/disputes?lang={language}")
    said = words(language)
    order = []
    for _ in range(11):
        browser.keys("tab")
        order.append(browser.focused())
    assert order[0] == f"a {said['skip']}"
    assert order[1] == f"a {said['title']}"
    named = ["questions", "disputes", "compare", "theories", "ontology", "sparql"]
    places = [order.index(f"a {said['nav'][name]}") for name in named]
    assert places == sorted(places)
    assert order.index("input q") == places[-1] + 1
    browser.open(f"/disputes?lang={language}")
    browser.keys("tab")
    box = browser.run(
        "const it = document.activeElement.getBoundingClientRect(); return [it.left, it.right, innerWidth]"
    )
    assert 0 <= box[0] < box[1] <= box[2], "the skip link is seen when it has the focus"
    browser.keys("enter", "tab")
    assert browser.run("return !!document.activeElement.closest('main')")


def test_the_focus_is_always_seen(browser: Browser) -> None:
    browser.open("/sparql?lang=en")
    for _ in range(14):
        browser.keys("tab")
        width = browser.run(
            "const it = document.activeElement, style = getComputedStyle(it.closest('.editor') || it);"
            " return style.outlineStyle !== 'none' ? style.outlineWidth : '0px'"
        )
        assert width not in ("0px", "0"), browser.focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_choice_of_language_stays(browser: Browser, language: str) -> None:
    other = next(tag for tag in LANGUAGES if tag != language)
    browser.open(f"/state/iran?lang={language}")
    follow(browser, f"header a[hreflang={other}]")
    assert browser.run("return document.documentElement.lang") == other
    browser.open("/questions")
    assert browser.run("return document.documentElement.lang") == other


def test_a_slip_in_an_address_leads_on_in_a_pocket(browser: Browser) -> None:
    browser.wide(POCKET)
    browser.open("/state/irann?lang=en")
    follow(browser, "#meant + ul a")
    assert path_of(browser) == "/state/iran"

"""What holds of every kind of page, in a real browser and for checkers of HTML and accessibility."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.http.app import create_app
from araxes.endpoint.pages.assets.build_assets import FILES, VENDOR
from araxes.endpoint.pages.kinds import PAGES as THINGS
from araxes.endpoint.pages.thing_pages import filled
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import load_settings
from araxes.ontology.languages import LANGUAGES
from araxes.validation.questions import read_questions
from tests.endpoint.browser_fixtures import DESK, POCKET, Browser, node_module
from tests.endpoint.endpoint_fixtures import NAMESPACE, Reply, Server
from tests.endpoint.page_kinds import ERRORS, FRAGMENTS, LISTED, PAGES, PLAIN, every_page
from tests.endpoint.page_survey import Look, in_language, survey
from tests.requirements_helper import require_tool

HTML = "text/html"
HEAVIEST = 150_000
"""Bytes of a page with its style and scripts on the wire, without editor, pictures and type faces."""


@pytest.fixture(scope="module")
def pages(project_server: Server) -> dict[str, str]:
    """Kind → address."""
    return every_page(lambda path: project_server.get(path, HTML).text)


def page(server: Server, kind: str, path: str, language: str, **headers: str) -> Reply:
    reply = server.get(in_language(path, language), HTML, **headers)
    assert (reply.status >= 400) == (kind in ERRORS), (kind, reply.status)
    assert reply.type == HTML, kind
    return reply


def test_no_kind_of_page_is_left_out(small_store: Path) -> None:
    """Every route that may answer with a page has an address among the kinds."""
    app = create_app(Service(load_settings({"store": str(small_store)}, {})))
    addresses = app.url_map.bind("localhost")
    looked_at = [*PAGES.values()] + [begin + "x" for _, begin in LISTED.values()]
    seen = {addresses.match(path.partition("?")[0], return_rule=True)[0].rule for path in looked_at}
    asked = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert {rule for rule in asked - seen - PLAIN if not rule.startswith("/reconcile/")} == set()


def test_no_kind_of_thing_is_left_out(project: ox.Store, pages: dict[str, str]) -> None:
    """Each page that shows things shows one of those that are looked at."""

    def shown(path: str) -> str:
        iri = ox.NamedNode(NAMESPACE + path.partition("?")[0].lstrip("/"))
        fits = (each.name for each in THINGS if bool(project.query(filled(each.test, {"thing": iri}))))
        return next(fits, "")

    own = [path for path in pages.values() if re.match(r"/[a-z-]+/[^/?]", path)]
    assert {shown(path) for path in own} >= {each.name for each in THINGS}


@pytest.fixture(scope="module")
def looks(browser: Browser, pages: dict[str, str]) -> list[Look]:
    return survey(browser, pages)


def test_every_page_fits_its_window(looks: list[Look]) -> None:
    """On a desk and in a pocket."""
    assert len(looks) == len(LANGUAGES) * len(PAGES | LISTED)
    assert [(each.kind, each.language, each.spilling) for each in looks if any(each.spilling.values())] == []


def test_every_page_has_its_language_and_direction(looks: list[Look]) -> None:
    for each in looks:
        assert each.root == [each.language, "rtl" if each.language == "fa" else "ltr"], each.kind


def test_no_page_complains_or_asks_other_hosts(looks: list[Look]) -> None:
    assert [(each.kind, each.complaints) for each in looks if each.complaints] == []
    assert [(each.kind, each.strangers) for each in looks if each.strangers] == []


def test_every_page_is_accessible(looks: list[Look]) -> None:
    """Landmarks, one heading of the first rank, and nothing that axe-core finds serious."""
    whole = [each for each in looks if each.kind not in FRAGMENTS]
    assert [(each.kind, each.landmarks) for each in whole if each.landmarks] == []
    assert [(each.kind, each.language, each.barriers) for each in looks if each.barriers] == []


def test_every_page_is_valid_html(project_server: Server, pages: dict[str, str], tmp_path: Path) -> None:
    java = require_tool("java", "apt-get install default-jre-headless")
    jar = node_module("vnu-jar") / "build" / "dist" / "vnu.jar"
    for number, (kind, path) in enumerate(pages.items()):
        language = LANGUAGES[number % 2]
        text = page(project_server, kind, path, language).text
        (tmp_path / f"{kind}.{language}.html").write_text(text, "utf-8")
    command = [java, "-jar", str(jar), "--errors-only", "--format", "json", "--stdout", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["messages"]
    assert [
        f"{each['url'].rpartition('/')[2]}:{each.get('lastLine')} {each['message']}" for each in found
    ] == []


def test_every_page_is_light_on_the_wire(project_server: Server, pages: dict[str, str]) -> None:
    sizes = {}
    for kind, path in pages.items():
        reply = page(project_server, kind, path, "fa", Accept_Encoding="gzip")
        text = gzip.decompress(reply.body) if reply.headers["Content-Encoding"] == "gzip" else reply.body
        files = re.findall(r'(?:<link rel="stylesheet" href|<script src)="([^"]+)"', text.decode())
        own = [name for name in files if "/vendor/" not in name and "editor" not in name]
        assert own or kind in FRAGMENTS, kind
        sizes[kind] = len(reply.body)
        for name in own:
            file = project_server.get(name, Accept_Encoding="gzip")
            assert file.status == 200
            assert file.headers["Content-Encoding"] == "gzip" or len(file.body) < 1000
            sizes[kind] += len(file.body)
        assert len(reply.body) < len(text) or len(text) < 1000
    assert {kind: size for kind, size in sizes.items() if size > HEAVIEST} == {}


def test_paper_shows_what_is_said_and_no_controls(browser: Browser, pages: dict[str, str]) -> None:
    browser.media("print")
    for kind in ("entity", "claim", "dispute", "rows", "question"):
        browser.open(in_language(pages[kind], "en"))
        shown = browser.run(
            "return [...document.querySelectorAll('header, footer, form, .skip')]"
            ".filter((each) => each.getClientRects().length).map((each) => each.tagName)"
        )
        assert shown == [], kind
        assert len(browser.text()) > 200
    browser.media()


def test_the_dark_scheme_is_dark(browser: Browser) -> None:
    def paper() -> list[int]:
        colour = browser.run("return getComputedStyle(document.body).backgroundColor")
        return [int(part) for part in re.findall(r"\d+", colour)[:3]]

    for scheme in ("light", "dark"):
        browser.media(scheme=scheme)
        browser.open("/")
        assert (sum(paper()) > 600) == (scheme == "light")
    browser.media()


def test_persian_is_set_in_its_type_face(browser: Browser) -> None:
    if not all((VENDOR / name).is_file() for name in FILES.values()):
        pytest.skip("the type face is missing: make assets")
    browser.open("/?lang=fa")
    assert browser.until(
        "return document.fonts.status === 'loaded' && document.fonts.check('16px Vazirmatn', 'ارس')"
    )
    faces = browser.run(
        "return [...document.fonts].filter((each) => each.status === 'loaded').map((each) => each.family)"
    )
    assert [face.strip('"') for face in faces] == ["Vazirmatn"]


SHEET = 718
"""Pixels of a sheet of A4 between its margins."""


def test_no_table_is_cut_off(browser: Browser, pages: dict[str, str]) -> None:
    """In a pocket rows are blocks that name their columns; on paper nothing scrolls."""
    tables = ("question", "matrix", "network", "topics", "theories", "versions", "downloads", "codes")
    for kind in (*tables, "alignments", "start", "entity", "pair", "theory"):
        browser.wide(POCKET)
        for language in LANGUAGES:
            browser.open(in_language(pages[kind], language))
            assert browser.run(_CUT, "main .scroll:has(table)") == [], (kind, language)
        browser.media("print")
        browser.wide(SHEET)
        assert browser.run(_HIDING, "main .scroll, main pre") == [], kind
        assert browser.spilling() == [], kind
        browser.media()
    browser.wide(DESK)


WIDE = 8
"""Columns from which on the table of an answer is one of the widest."""


def test_no_answer_is_wider_than_its_page(browser: Browser) -> None:
    """The widest tables of answers, on a desk and on both sides of the widths at which rows become blocks."""
    widest = [each.name for each in read_questions() if each.expected[0].count(",") >= WIDE]
    assert len(widest) > 20
    cut = []
    for number, name in enumerate(widest):
        language = LANGUAGES[number % len(LANGUAGES)]
        browser.open(f"/questions/{name}?lang={language}")
        for width in (DESK, 1121, 1120, 721):
            browser.wide(width)
            cut += [(name, language, width, each) for each in browser.run(_CUT, "main .scroll")]
    browser.wide(DESK)
    assert cut == []


def test_a_row_in_a_pocket_names_its_columns(browser: Browser, pages: dict[str, str]) -> None:
    browser.wide(POCKET)
    browser.open(in_language(pages["question"], "en"))
    named = "return getComputedStyle(arguments[0], '::before').content"
    heads = [head.get_attribute("textContent") for head in browser.all("main th")]
    cells = browser.all("main tbody tr:first-child td")
    assert [browser.run(named, cell).strip('"') for cell in cells] == [f"{head}: " for head in heads]
    browser.wide(DESK)


def test_what_scrolls_is_reached_by_keys(browser: Browser, pages: dict[str, str]) -> None:
    browser.wide(POCKET)
    for kind in ("rows", "question", "start", "ontology", "matrix", "claim"):
        browser.open(in_language(pages[kind], "fa"))
        assert browser.run(_UNREACHED) == [], kind
    browser.wide(DESK)


_CUT = """
return [...document.querySelectorAll(arguments[0])].filter((each) => each.scrollWidth > each.clientWidth + 1)
  .map((each) => `${each.getAttribute("aria-label")} ${each.scrollWidth}`)
"""
_HIDING = """
return [...document.querySelectorAll(arguments[0])].map((each) => getComputedStyle(each))
  .filter((each) => each.overflowX !== "visible" || each.maxHeight !== "none").map((each) => each.overflowX)
"""
_UNREACHED = """
return [...document.querySelectorAll("main *")].filter((each) => each.scrollWidth > each.clientWidth + 1
  && ["auto", "scroll"].includes(getComputedStyle(each).overflowX) && each.tabIndex < 0)
  .map((each) => `${each.tagName}.${each.className}`)
"""


_LIGHTNESS = """
const canvas = document.createElement("canvas"), done = arguments[arguments.length - 1];
const image = new Image();
image.onload = () => {
  canvas.width = image.width; canvas.height = image.height;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  let sum = 0, light = 0, dark = 0;
  for (let at = 0; at < data.length; at += 4) {
    const each = (data[at] + data[at + 1] + data[at + 2]) / 3;
    sum += each; if (each > 180) light += 1; if (each < 60) dark += 1;
  }
  done([4 * sum / data.length, light, dark]);
};
image.src = "data:image/png;base64," + arguments[0];
"""


def test_pictures_are_dark_on_a_dark_page(browser: Browser, pages: dict[str, str]) -> None:
    """Their ground is the page's, and what they say stands out from it; drawn in place, or as images."""
    for scheme, kinds in (
        ("dark", ("network", "matrix", "map", "timeline", "topics")),
        ("light", ("matrix",)),
    ):
        browser.media(scheme=scheme)
        for kind in kinds:
            for scripts in (True, False) if kind == "network" else (True,):
                browser.scripts(run=scripts)
                browser.open(in_language(pages[kind], "fa"))
                browser.scripts(run=True)
                frame = ".picture svg" if scripts else ".picture img"
                browser.until(
                    f"const it = document.querySelector('{frame}'); return it && it.clientWidth > 300"
                )
                browser.until("return [...document.images].every((each) => each.complete)")
                shot = browser.one(".picture").screenshot_as_base64
                ground, light, dark = browser.driver.execute_async_script(_LIGHTNESS, shot)
                assert (ground < 60) == (scheme == "dark"), (kind, scheme, ground)
                assert min(light, dark) > 500, (kind, scheme, light, dark)
    browser.media()


def test_no_letter_of_a_picture_is_tiny_on_a_desk(browser: Browser, pages: dict[str, str]) -> None:
    browser.wide(DESK)
    for kind in ("network", "matrix", "map", "timeline", "topics"):
        browser.open(in_language(pages[kind], "en"))
        browser.until("return document.querySelector('.picture svg')")
        smallest = browser.run(
            "const svg = document.querySelector('.picture svg');"
            "const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;"
            "return Math.min(...[...svg.querySelectorAll('text')].filter((each) => each.textContent.trim())"
            ".map((each) => scale * parseFloat(getComputedStyle(each).fontSize)))"
        )
        assert smallest >= 11, (kind, smallest)

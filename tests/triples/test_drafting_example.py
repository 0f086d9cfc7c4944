"""The shipped drafts: refused is what their README says, for those reasons, and its figures are right."""

from __future__ import annotations

import json
import re

import pytest

from tests.triples.drafting_figures import DRAFTS, EXAMPLE, PAGE, REPAIR, drafted, refused, renewed


def test_the_figures_are_those_of_the_drafts() -> None:
    page = PAGE.read_text("utf-8")
    assert renewed(page) == page, f"run `{REPAIR}`"


def test_nothing_of_the_careful_draft_is_refused() -> None:
    assert set(DRAFTS) == {"careful", "hurried", "over-reading", "persian-only"}
    report = json.loads(drafted("careful", "--format", "json"))
    assert report["refused"] == 0
    assert report["accepted"] >= 60
    assert [finding for claim in report["claims"] for finding in claim["findings"]] == []


def test_the_text_is_ten_pages_in_two_languages() -> None:
    text = next((EXAMPLE / "originals").iterdir()).read_text("utf-8")
    pages = re.split(r"^[0-9۰-۹]+\. .*$", text, flags=re.MULTILINE)[1:]
    persian = [len(re.findall("[آ-ی]", page)) > len(page) / 2 for page in pages]
    assert persian == [False] * 5 + [True] * 5
    assert len(text.split()) >= 2500


@pytest.mark.parametrize(
    ("draft", "check"),
    [
        ("over-reading", "name-not-quoted"),
        ("over-reading", "unknown-term"),
        ("over-reading", "holder-not-named"),
        ("over-reading", "quote-not-found"),
        ("hurried", "number-not-quoted"),
        ("hurried", "unfitting"),
        ("persian-only", "quote-not-found"),
    ],
)
def test_what_each_manner_gets_wrong_is_refused_for_it(draft: str, check: str) -> None:
    assert any(f"`{check}`" in checks for _, checks, _ in refused(draft))


def test_an_annotation_agrees_with_itself() -> None:
    output = drafted("careful", "--against", str(DRAFTS["careful"]))
    assert re.findall(r"F1 ([\d.]+)", output) == ["1.00"] * 4

"""The shipped drafts: refused is what their README says, for those reasons, and its figures are right."""

from __future__ import annotations

import re

from tests.triples.drafting_figures import DRAFTS, PAGE, REPAIR, drafted, refused, renewed


def test_the_figures_are_those_of_the_drafts() -> None:
    page = PAGE.read_text("utf-8")
    assert renewed(page) == page, f"run `{REPAIR}`"


def test_nothing_of_the_careful_draft_is_refused_and_most_that_was_made_up_is() -> None:
    assert set(DRAFTS) == {"careful", "fabricating", "from-guide", "quick"}
    assert refused("careful") == []
    checks = {number: found for number, found, _ in refused("fabricating")}
    assert set(checks) == {"002", "003", "004", "005", "006"}
    assert "`quote-not-found`" in checks["002"]
    assert "`number-not-quoted`" in checks["003"]
    assert "`holder-not-named`" in checks["004"]


def test_an_annotation_agrees_with_itself() -> None:
    output = drafted("careful", "--against", str(DRAFTS["careful"]))
    assert re.findall(r"F1 ([\d.]+)", output) == ["1.00"] * 4

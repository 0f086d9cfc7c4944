"""``positions`` on names that no claim holds: they come before what the rest of a question finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from araxes.ontology.languages import LANGUAGES
from tests.endpoint.tool_fixtures import Tools, begins, tools_over


@pytest.fixture(scope="module")
def tools(project_store: Path) -> Iterator[Tools]:
    with tools_over(project_store) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Where do the sources disagree about Iran and Uruguay?", "uruguay"),
        ("trade turnover of Iran and Azerbaijan with giraffes", "giraffes"),
        ("Do the sources differ on the Paraguayan army in Karabakh?", "paraguayan"),
        ("اختلاف منابع دربارهٔ ایران و اروگوئه چیست؟", "اروگویه"),
        ("Where do the sources disagree about Iran and Yemen?", "yemen"),
        ("اختلاف منابع دربارهٔ ایران و بحرین چیست؟", "بحرین"),
    ],
)
def test_a_name_that_no_claim_holds_comes_first(tools: Tools, question: str, word: str) -> None:
    language = "en" if word.isascii() else "fa"
    told = tools.call("positions", question=question, language=language)
    assert told.first.startswith(begins("unclaimed", language))
    assert word in told.first
    assert told.data["words_in_no_claim"] == [word]
    # The same line says whether what else was found is in dispute.
    assert any(begins(line, language) in told.first for line in ("disputed", "disputed_once", "undisputed"))


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        ("Where do the sources disagree about Iran and Karabaq?", "karabaq → "),
        ("اختلاف منابع دربارهٔ ایران و ارمنستانن چیست؟", "ارمنستانن → "),
    ],
)
def test_a_name_for_which_another_was_looked_for_comes_first(tools: Tools, question: str, pair: str) -> None:
    language = "en" if question.isascii() else "fa"
    told = tools.call("positions", question=question, language=language)
    assert told.first.startswith(begins("reworded", language))
    assert pair in told.first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_claims_answer_begins_with_its_dispute(tools: Tools, language: str) -> None:
    question = {
        "en": "Where do the sources disagree about Iran in Karabakh?",
        "fa": "اختلاف منابع دربارهٔ ایران در قره‌باغ چیست؟",
    }[language]
    told = tools.call("positions", question=question, language=language)
    assert told.first.startswith((begins("disputed", language), begins("disputed_once", language)))
    assert told.data["words_in_no_claim"] == []

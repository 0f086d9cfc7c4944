"""The benchmark: its questions come from the data, their gold holds, scores tell what they say they tell."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.benchmark import verification
from araxes.endpoint.cli.main import main
from araxes.endpoint.cli.tool_plan import ToolPlan
from araxes.validation.benchmark.generation import COMPETENCY, NUMBER, SILENT, generated, renewed
from araxes.validation.benchmark.gold import BenchmarkQuestion, GoldPosition, read_questions, written
from araxes.validation.benchmark.scoring import AnswerPosition, SystemAnswer, Verified, scored, summary
from araxes.validation.benchmark.text_search import TextSearch

YES = GoldPosition("p:yes", {"en": "yes"}, ("c:1", "c:2"), ("h:1",), ("s:1",))
NO = GoldPosition("p:no", {"en": "no"}, ("c:3",), ("h:2",), ("s:1",))
CONTESTED = BenchmarkQuestion("dispute/x", "dispute", {"en": "?", "fa": "؟"}, "", "d:x", (YES, NO))
PLAIN = BenchmarkQuestion("statement/x", "statement", {"en": "?", "fa": "؟"}, "", "", (YES,))
SILENCE = BenchmarkQuestion("silence/x", "silence", {"en": "?", "fa": "؟"}, "", "", ())
ANYTHING = Verified(lambda claim: claim != "c:invented", lambda claim, text: text == "held")


def _answer(*positions: tuple[str, ...], verdict: str = "", no_source: bool = False) -> SystemAnswer:
    made = tuple(AnswerPosition("…", claims, {}) for claims in positions)
    return SystemAnswer("x", "en", made, no_source, verdict)


@pytest.mark.parametrize(
    ("answer", "sides", "covered", "reconciled"),
    [
        (_answer(("c:1",), ("c:3",)), True, 1.0, False),
        (_answer(("c:1", "c:2"), ("c:3", "c:9")), True, 1.0, False),
        (_answer(("c:1",)), False, 0.5, False),
        (_answer(("c:1", "c:3")), False, 1.0, True),  # one smoothed answer
        (_answer(("c:1",), ("c:3",), verdict="rather yes"), True, 1.0, True),
        (_answer(("c:9",)), False, 0.0, False),
        (_answer(), False, 0.0, False),
    ],
)
def test_sides_and_reconciliation(
    answer: SystemAnswer, sides: bool, covered: float, reconciled: bool
) -> None:
    score = scored(CONTESTED, answer, ANYTHING)
    assert (score.sides, score.covered, score.reconciled) == (sides, covered, reconciled)


def test_a_claim_of_both_sides_merges_nothing() -> None:
    both = GoldPosition("p:both", {}, ("c:2", "c:3"), (), ())
    question = BenchmarkQuestion("x", "dispute", {}, "", "d:x", (YES, NO, both))
    assert not scored(question, _answer(("c:2", "c:3"), ("c:1",)), ANYTHING).reconciled


def test_citations_are_verified() -> None:
    position = AnswerPosition("…", ("c:1", "c:2", "c:3", "c:invented"), {"c:1": "held", "c:2": "invented"})
    score = scored(CONTESTED, SystemAnswer("x", "en", (position,)), ANYTHING)
    assert (score.citations, score.verified, score.relevant) == (4, 2, 3)


def test_silence_is_an_answer() -> None:
    assert scored(SILENCE, _answer(no_source=True), ANYTHING).silent
    assert not scored(SILENCE, _answer(("c:1",), no_source=True), ANYTHING).silent
    found = summary(
        [(SILENCE, scored(SILENCE, _answer(), ANYTHING)), (PLAIN, scored(PLAIN, _answer(), ANYTHING))]
    )
    assert (found["silent"], found["silence kept"], found["uncontested answers"]) == (1, 0.0, 0.0)


def test_answers_are_read_as_they_are_written() -> None:
    position = AnswerPosition("yes", ("c:1",), {"c:1": "words"})
    answer = SystemAnswer("dispute/x", "fa", (position,), verdict="so")
    assert SystemAnswer.from_json(answer.to_json()) == answer
    for line in (
        "[]",
        "{}",
        "null",
        '{"id": "x", "language": "en", "positions": [{"citations": ["c:1"]}]}',
        "{",
    ):
        with pytest.raises(ValueError):
            SystemAnswer.from_json(line)


def test_the_questions_are_what_they_are_said_to_be() -> None:
    questions = read_questions()
    assert len(questions) == len({each.id for each in questions}) == NUMBER
    kinds = Counter(each.kind for each in questions)
    assert sum(each.contested for each in questions) == NUMBER // 2
    assert kinds["silence"] == SILENT
    assert 0 < kinds["competency"] <= COMPETENCY
    for each in questions:
        assert each.text.keys() == {"en", "fa"}
        assert all(each.text.values())
        assert len(each.positions) > 1 if each.contested else bool(each.positions) == (each.kind != "silence")
        assert all(position.claims and position.holders and position.sources for position in each.positions)


def test_every_gold_query_gives_what_is_written_down(project: ox.Store) -> None:
    stale = [each.id for each in read_questions() if renewed(project, each) != each]
    assert not stale, "run `araxes build` and `araxes benchmark renew`"


def test_the_questions_are_those_of_the_data(project: ox.Store) -> None:
    assert written(generated(project)) == written(read_questions()), "run `araxes benchmark renew`"


def test_citations_of_the_gold_verify(project: ox.Store) -> None:
    verified = verification(project)
    claims = {claim for each in read_questions() for position in each.positions for claim in position.claims}
    assert all(map(verified.exists, claims))
    assert not verified.exists("https://w3id.org/araxes/claim/invented/1")
    assert not verified.exists("no IRI")
    assert not verified.quoted(min(claims), "Nobody wrote this sentence in any source.")


def test_tools_keep_sides_apart_and_text_search_finds_some(project: ox.Store, project_store: Path) -> None:
    disputes = [each for each in read_questions() if each.kind == "dispute"][:6]
    verified, search = verification(project), TextSearch(project)
    with ToolPlan(project_store) as plan:
        by_tools = summary((each, scored(each, plan.answer(each, "fa"), verified)) for each in disputes)
    by_text = summary((each, scored(each, search.answer(each, "fa"), verified)) for each in disputes)
    assert by_tools["both sides"] == by_tools["citations that verify"] == 1.0
    assert by_tools["invented reconciliation"] == 0.0
    assert 0 < by_text["contested positions"] < by_tools["contested positions"]


def test_any_program_can_answer(tmp_path: Path, project_store: Path) -> None:
    program = tmp_path / "model.py"
    program.write_text(
        "import json, sys\nfor line in sys.stdin:\n    asked = json.loads(line)\n"
        "    assert asked.keys() == {'id', 'language', 'question'}\n"
        "    print(json.dumps({**asked, 'positions': [], 'no_source': True}))\n",
        "utf-8",
    )
    answers, runner = tmp_path / "answers.jsonl", CliRunner()
    command = ["benchmark", "run", "--command", f"{sys.executable} {program}", "-o", str(answers)]
    done = runner.invoke(main, [*command, "--language", "en", "--store", str(project_store)])
    assert done.exit_code == 0, done.output
    done = runner.invoke(main, ["benchmark", "score", str(answers), "--store", str(project_store)])
    found = json.loads(done.stdout)["en"]
    assert (found["silence kept"], found["both sides"]) == (1.0, 0.0)
    broken = runner.invoke(main, [*command[:3], "echo nonsense", "--store", str(project_store)])
    assert broken.exit_code == 1

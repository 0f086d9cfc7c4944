"""Questions of all corpora of a dataset, kept beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import AX
from araxes.triples.authoring.corpus_layers import layers_of
from araxes.validation.kept_questions import FILE as QUESTIONS_FILE
from araxes.validation.kept_questions import keeping_questions, kept_questions, questions_with_terms
from araxes.validation.questions import questions_of_layers

CORPORA = Path(__file__).parent.parent / "corpora"


@pytest.fixture
def lowlands(tmp_path: Path) -> Path:
    """A copy of the corpus that stands by itself, in English and Armenian."""
    ignored = shutil.ignore_patterns(".araxes")
    return Path(shutil.copytree(CORPORA / "lowlands", tmp_path / "lowlands", ignore=ignored))


def test_a_dataset_keeps_the_questions_of_all_its_corpora(lowlands: Path, tmp_path: Path) -> None:
    folder = lowlands / "questions"
    folder.mkdir(exist_ok=True)
    query = f"# en: Who trades?\n# hy: Ո՞վ։\n# family: claims\nSELECT ?a {{ ?a <{AX}tradesWith> ?b }}\n"
    (folder / "who-trades.rq").write_text(query, "utf-8")
    layers = layers_of([lowlands])
    keeping_questions(questions_with_terms(layers))(None, tmp_path / QUESTIONS_FILE)
    kept = {each.question.name: each for each in kept_questions(tmp_path)}
    assert kept["lowlands:who-trades"].question.text["en"] == "Who trades?"
    assert kept["lowlands:who-trades"].question.text["fa"] == "Who trades?", "the first language stands in"
    assert kept["lowlands:who-trades"].terms == {"tradesWith"}
    assert len(kept) == 1 + len(questions_of_layers(layers_of()))
    alone = questions_with_terms(layers_of([lowlands], shipped=False))
    assert [each.question.name for each in alone] == ["lowlands:who-trades"]


def test_a_question_that_is_no_query_is_refused(lowlands: Path) -> None:
    (lowlands / "questions").mkdir(exist_ok=True)
    (lowlands / "questions" / "bad.rq").write_text("# en: ?\n# hy: ?\n# family: claims\nSELEC ?c\n", "utf-8")
    with pytest.raises(InputError, match=r"bad: rdflib cannot read the query"):
        questions_with_terms(layers_of([lowlands]))

"""Mistakes in how verbs are called: each is told as what it is, and what is said to do fits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main

CALLS = {
    "file that is not there": (["locate", "nope.txt", "Iran"], "there is no file nope.txt", "check the path"),
    "line beyond the text": (["locate", "a.txt", "Iran", "--line", "9"], "has no line 9", "from 1 to 2"),
    "occurrence beyond": (
        ["locate", "a.txt", "Iran", "--occurrence", "9"], "it stands at 1 places", "choose one from 1 to 1"
    ),
    "claim by number": (["verify", "--claim", "9"], "'9' is no id of a claim", "claim/irna-2019/012"),
    "claim that there is not": (
        ["verify", "--claim", "claim/irna-2019/0012", "--originals", "."], "is no claim", "irna-2019/012"
    ),
    "guide of no file": (["draft", "--guide", "nope.txt"], "nope.txt: cannot be read", "check the path"),
    "corpus without slash": (
        ["new", "corpus", "q", "--namespace", "https://e.org/q"], "cannot be used", "nothing was made"
    ),
    "corpus in the shipped namespace": (
        ["new", "corpus", "q", "--namespace", "https://w3id.org/araxes/"], "of the shipped", "nothing was"
    ),
    "nameless curator": (
        ["new", "corpus", "q", "--namespace", "https://e.org/q/", "--curator", " "], "is blank", "leave it"
    ),
    "corpus that is not there": (["validate", "--corpus", "seabord"], "seabord is no folder", "'seaboard'"),
    "nanopublications as a dataset": (
        ["load", "np.nq"], "np.nq holds nanopublications", "araxes import nanopublications"
    ),
    "source without prefix": (
        ["import", "annotations", "n.json", "--source", "Icb 2024"], "is no id of a source", "source/icb-2024"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_a_call_that_cannot_be_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Iran trades.\n", "utf-8")
    Path("n.json").write_text("[]", "utf-8")
    Path("seaboard").mkdir()
    Path("seaboard/corpus.toml").write_text("", "utf-8")
    kind = (
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.nanopub.org/nschema#Nanopublication>"
    )
    Path("np.nq").write_text(f"<http://e.org/np> {kind} <http://e.org/np#Head> .\n", "utf-8")
    call, told, remedy = CALLS[name]
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 1
    assert told in done.output
    assert remedy in done.output
    assert "copy the words" not in done.output
    assert not Path("q").exists()


@pytest.mark.parametrize(
    ("thing", "told", "remedy"),
    [
        ("claim/irna-2019/002", "is a claim", "such as source/irna-2019"),
        ("religion/islam", "nothing of what is asked for is about", "--corroborations"),
    ],
)
def test_what_disputes_are_asked_of(project_store: Path, thing: str, told: str, remedy: str) -> None:
    done = CliRunner().invoke(main, ["disputes", "--of", thing, "--store", str(project_store)])
    assert done.exit_code == 1
    assert told in done.output
    assert remedy in done.output


def test_quotes_of_annotations_that_do_not_stand_in_the_text_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Iran trades.\n", "utf-8")
    marked = [
        {"target": {"selector": {"type": "TextQuoteSelector", "exact": text}}} for text in ("Iran", "Oman")
    ]
    (tmp_path / "n.json").write_text(json.dumps(marked), "utf-8")
    call = [
        "import",
        "annotations",
        str(tmp_path / "n.json"),
        "--source",
        "source/a",
        "--text",
        str(tmp_path / "a.txt"),
    ]
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 0
    assert "1 of the quotes do not stand in a.txt" in done.stderr

"""Passages against the originals: verified, shown, and every changed character named by claim."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.cli.main import main
from araxes.ontology.errors import InputError
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_corpus
from araxes.triples.originals.passages import locate, slice_digest
from tests.requirements_helper import require_folder
from tests.triples.corpus_fixtures import TEXT, TinyCorpus


def originals() -> Path:
    """The folder of the original texts."""
    return require_folder("ARAXES_SOURCES", "name the folder of the original texts")


def run(tiny: TinyCorpus, *arguments: str) -> Result:
    """A verb on the tiny corpus."""
    folders = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
    sources = ["--originals", str(tiny.originals)]
    return CliRunner().invoke(main, [arguments[0], *folders, *sources, *arguments[1:]])


def test_all_passages_stand(tiny: TinyCorpus) -> None:
    result = run(tiny, "verify")
    assert result.exit_code == 0, result.output
    assert "all 3 passages stand" in result.output


@pytest.mark.parametrize(("offset", "claim"), [(3, "001"), (40, "002"), (101, "003")])
def test_one_changed_character_is_named_by_claim(tiny: TinyCorpus, offset: int, claim: str) -> None:
    (tiny.originals / "test.txt").write_text(TEXT[:offset] + "#" + TEXT[offset + 1 :], "utf-8")
    result = run(tiny, "verify")
    assert result.exit_code == 1
    assert re.findall(r"claim/test/\d+", result.output) == [f"claim/test/{claim}"]
    assert "→" in result.output


def test_a_change_outside_every_passage_is_reported(tiny: TinyCorpus) -> None:
    (tiny.originals / "test.txt").write_text(TEXT[:-1] + " ", "utf-8")
    result = run(tiny, "verify")
    assert result.exit_code == 1
    assert "source/test: test.txt has changed" in result.output


def test_a_missing_or_undecodable_original(tiny: TinyCorpus) -> None:
    (tiny.originals / "test.txt").write_bytes(TEXT.encode()[:-1] + b"\xff")
    assert "is not UTF-8" in run(tiny, "verify").output
    (tiny.originals / "test.txt").unlink()
    result = run(tiny, "verify")
    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_without_a_folder_of_originals(tiny: TinyCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARAXES_SOURCES", raising=False)
    result = CliRunner().invoke(main, ["verify"])
    assert result.exit_code == 1
    assert "--originals or ARAXES_SOURCES" in result.output


def test_a_claim_is_shown_with_its_passage(tiny: TinyCorpus) -> None:
    result = run(tiny, "verify", "--claim", "claim/test/002")
    assert "Beta says that Alpha threatens it." in result.output
    assert run(tiny, "verify", "--claim", "claim/test/999").exit_code == 1


def test_locate_prints_yaml_that_verifies(tiny: TinyCorpus) -> None:
    result = run(tiny, "locate", "source/test", "Gamma … Beta.")
    assert result.output == f"passage: {{start: 70, end: 102, sha256: {slice_digest(TEXT, 70, 102)}}}\n"
    assert run(tiny, "locate", "source/test", "Delta").exit_code == 1
    assert "known are source/test" in run(tiny, "locate", "source/nope", "Beta").output


def test_coverage_lists_figures_and_names_outside_passages(tiny: TinyCorpus) -> None:
    tiny.claims[0]["passage"] = {"start": 0, "end": 5, "sha256": slice_digest(TEXT, 0, 5)}
    tiny.write()
    result = run(tiny, "coverage")
    assert "line 1: figure 1992." in result.output
    assert "line 1: name Beta" in result.output
    assert "line 2" not in result.output


@given(st.text(min_size=1), st.data())
def test_what_is_located_is_what_was_cut_out(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end].strip()
    if not words or "…" in words:
        return
    found = locate(text, words)
    assert text[found[0] : found[1]].split() == words.split()


@pytest.mark.parametrize("line", [0, -1, 4, 10**6])
def test_no_line_beyond_the_text(tiny: TinyCorpus, line: int) -> None:
    with pytest.raises(InputError, match="the text has no line"):
        locate("one two\nthree\n", "one", line=line)
    done = run(tiny, "locate", "source/test", "Alpha", "--line", str(max(line, 5)))
    assert done.exit_code == 1
    assert "the text has no line" in done.output
    assert "from 1 to 4" in done.output


@pytest.mark.parametrize("words", ["", " ", "…", "… May", "\u200b…"])
def test_no_words_are_no_passage(words: str) -> None:
    with pytest.raises(InputError, match=r"no words are given|not found"):
        locate("one two May", words)


def test_a_name_without_a_letter_covers_nothing(tiny: TinyCorpus) -> None:
    tiny.entities[0]["altLabel"] = {"en": ["!!!!", "…………"]}
    tiny.write()
    assert run(tiny, "coverage").exit_code == 0


def test_what_is_not_there_is_not_located() -> None:
    with pytest.raises(InputError, match="not found from line 2"):
        locate(TEXT, "Alpha recognized", 2)


def test_every_passage_of_the_project_stands_in_the_originals(tmp_path: Path) -> None:
    folder = originals()
    result = CliRunner().invoke(main, ["verify", "--originals", str(folder)])
    assert result.exit_code == 0, result.output
    assert int(re.findall(r"all (\d+) passages stand", result.output)[0]) > 1000


def test_one_changed_character_of_a_real_source_names_its_claims(tmp_path: Path) -> None:
    copies = tmp_path / "originals"
    shutil.copytree(originals(), copies)
    corpus = check_records(read_corpus()).whole()
    claim = next(record for record in corpus.claims if record.source == "source/iran-azerbaijan-paper")
    start, _, _ = claim.spans()[0]
    path = next(copies.glob("004_*.txt"))
    path.chmod(0o644)
    text = path.read_bytes().decode("utf-8")
    path.write_bytes((text[:start] + "~" + text[start + 1 :]).encode("utf-8"))
    result = CliRunner().invoke(main, ["verify", "--originals", str(copies)])
    assert result.exit_code == 1
    concerned = {
        record.id
        for record in corpus.claims
        if record.source == claim.source and any(s <= start < e for s, e, _ in record.spans())
    }
    assert set(re.findall(r"claim/[\w-]+/\d+", result.output)) == concerned

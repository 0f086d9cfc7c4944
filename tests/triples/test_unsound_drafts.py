"""Drafts of which something is wrong: only what is sound is written, and what is not is told."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main

TEXT = "In 1997 Iran recognized Armenia. The Delta Station was opened in Armenia.\n"
GOOD: dict[str, Any] = {
    "quote": "Iran recognized Armenia",
    "polarity": "Cooperative",
    "paraphrase": "Iran gave Armenia recognition.",
    "asserts": [["Iran", "recognizes", "Armenia"]],
}
STATION: dict[str, Any] = {
    "quote": "The Delta Station was opened in Armenia",
    "polarity": "Neutral",
    "paraphrase": "A station was opened in Armenia.",
    "asserts": [{"id": "Delta Station", "type": "Infrastructure", "place": "Armenia"}],
}
HEAD: dict[str, Any] = {
    "id": "source/vale",
    "type": "Report",
    "label": {"en": "Vale"},
    "language": "en",
    "sourceText": {
        "id": "source/vale#text",
        "type": "SourceText",
        "fileName": "vale.txt",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "characterCount": len(TEXT),
    },
    "sourceAuthor": {"id": "source/vale#author", "type": "Authorship", "label": {"en": "Author"}},
}
READING = {
    "id": "source/vale#reading-1", "type": "Curation", "label": {"en": "Reading"}, "date": "2026-11-30",
    "curator": "curator/jana-doe", "guideline": "2",
}  # fmt: skip


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of a stranger, in English alone, beside a text."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vale.txt").write_text(TEXT, "utf-8")
    space = ["--namespace", "https://example.org/mine/", "--curator", "Jana Doe"]
    assert CliRunner().invoke(main, ["new", "corpus", "mine", *space]).exit_code == 0
    return tmp_path / "mine"


def written(mine: Path, *claims: dict[str, Any], **more: Any) -> Result:
    """`araxes draft --write` of some claims."""
    data = {"source": "source/vale", "text": "vale.txt", **more, "claims": list(claims)}
    Path("vale.draft.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return CliRunner().invoke(main, ["draft", "vale.draft.yaml", "--corpus", "mine", "--write"])


def entities(mine: Path) -> list[str]:
    """Ids of the entities that were written."""
    path = mine / "entities" / "vale.drafted.yaml"
    return [each["id"] for each in yaml.safe_load(path.read_text("utf-8"))] if path.exists() else []


def claims(mine: Path) -> list[str]:
    """Ids of the claims that were written."""
    path = mine / "sources" / "vale.drafted.yaml"
    return [each["id"] for each in yaml.safe_load(path.read_text("utf-8"))["claims"]] if path.exists() else []


def test_a_new_entity_with_which_something_is_wrong_is_not_written_nor_what_names_it(mine: Path) -> None:
    station = {"type": "Infrastructure", "isoCode": "AM"}
    done = written(mine, GOOD, STATION, names={"Delta Station": station})
    assert done.exit_code == 1
    assert claims(mine) == ["claim/vale/001"], done.output
    assert entities(mine) == []
    assert (
        "[claim/vale/002] it names infrastructure/delta-station, with which something is wrong" in done.output
    )
    assert "new entities left out until they are right: infrastructure/delta-station" in done.output


def test_an_entity_that_another_new_one_names_is_written_with_it(mine: Path) -> None:
    names = {
        "Delta Station": {"type": "Infrastructure", "componentOf": "infrastructure/delta-line"},
        "Delta Line": {"type": "Infrastructure"},
    }
    assert written(mine, STATION, names=names).exit_code == 0
    assert entities(mine) == ["infrastructure/delta-station", "infrastructure/delta-line"]


def test_an_unknown_key_of_a_claim_refuses_it(mine: Path) -> None:
    done = written(mine, GOOD, {**GOOD, "modalty": "Denied"})
    assert claims(mine) == ["claim/vale/001"]
    assert "unknown key 'modalty' → did you mean 'modality'?" in done.output
    assert "1 of 2 claims accepted, 1 refused" in done.output


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ({"type": "Reprot"}, "type: unknown value 'Reprot' → did you mean 'Report'?"),
        ({"date": "2024-13"}, "bad date: '2024-13' is no EDTF date"),
        ({"language": None}, "language is blank"),
    ],
)
def test_of_a_draft_whose_head_is_wrong_nothing_is_written(mine: Path, head: Any, told: str) -> None:
    done = written(mine, GOOD, source={**HEAD, **head}, curation=[READING])
    assert done.exit_code == 1
    assert told in done.output
    assert "nothing was written: first correct vale.draft.yaml:" in done.output
    assert (claims(mine), entities(mine)) == ([], [])


def test_a_reading_that_is_wrong_is_told_and_a_head_that_is_right_is_written(mine: Path) -> None:
    wrong = written(mine, GOOD, source=HEAD, curation=[{**READING, "curator": "curator/nobody-known"}])
    assert "unknown entity 'curator/nobody-known'" in wrong.output
    assert claims(mine) == []
    right = written(mine, GOOD, source=HEAD, curation=[READING])
    assert right.exit_code == 0, right.output
    assert claims(mine) == ["claim/vale/001"]


def test_no_closing_line_speaks_of_a_store_where_none_is_built(mine: Path) -> None:
    done = CliRunner().invoke(main, ["draft", "gone.draft.yaml", "--corpus", "mine"])
    assert done.output == (
        "araxes: 1 problem in the input\n"
        "gone.draft.yaml: cannot be read: No such file or directory → check the file and its permissions\n"
    )


def test_languages_of_guide_and_remedies_are_those_of_the_corpus(mine: Path) -> None:
    """Nobody who writes English alone is asked for, or shown, Persian."""
    guide = CliRunner().invoke(main, ["draft", "--guide", "vale.txt", "--corpus", "mine"]).stdout
    assert "in your own words (en), in one sentence" in guide
    assert not any("\u0600" <= character <= "\u06ff" for character in guide)
    assert "fa:" not in guide
    done = written(mine, STATION, names={"Delta Station": {"type": "Statoin"}})
    assert "describe it as {type: …, label: {en: …}}" in done.output
    shipped = CliRunner().invoke(main, ["draft", "--guide", "vale.txt"]).stdout
    assert 'label: {en: "River Treaty", fa: ' in shipped


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"source": "source/vael"}, "did you mean source/vale"),
        ({"source": "vale"}, "names no source"),
        ({"source": None}, "names no source"),
        ({"text": "nope.txt"}, "nope.txt is not in"),
        ({"language": "English"}, "language: 'English' is no tag → write en"),
        ({"names": {"Iran": "state/irann"}}, "nothing was written: first correct vale.draft.yaml:"),
    ],
)
def test_mistakes_above_the_claims(mine: Path, change: dict[str, Any], told: str) -> None:
    assert written(mine, GOOD, source=HEAD, curation=[READING]).exit_code == 0
    (mine / "sources" / "vale.drafted.yaml").rename(mine / "sources" / "vale.yaml")
    (mine / "originals").mkdir(exist_ok=True)
    (mine / "originals" / "vale.txt").write_text(TEXT, "utf-8")
    given = {"text": "vale.txt", **change} if "source" not in change else {"text": "", **change}
    done = written(mine, GOOD, **given)
    assert done.exit_code == 1
    assert told in done.output
    assert claims(mine) == []


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"asserts": [["Iran", "recognizes"]]}, "the object of the statement [Iran, recognizes] is missing"),
        ({"certainty": "probably"}, "unknown value 'probably'"),
        ({"id": "first"}, "write claim/, what follows source/"),
    ],
)
def test_one_mistake_is_told_once(mine: Path, change: dict[str, Any], check: str) -> None:
    done = written(mine, {**GOOD, **change})
    assert check in done.output
    assert sum("[" in line for line in done.output.splitlines()) == 1, done.output


MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "a sentence as statements": (
        {"asserts": "Iran recognizes Armenia"},
        "asserts: 'Iran recognizes Armenia' is no list of statements → write below `asserts:`",
    ),
    "keys of one's own as statements": (
        {"asserts": {"actor": "Iran", "target": "Armenia"}},
        "is no list of statements → write below `asserts:` one line for each: `- [subject, ",
    ),
    "no statements": ({"asserts": None}, "such as `- [Iran, recognizes, Armenia]`"),
    "no object": (
        {"asserts": [["Iran", "recognizes"]]},
        "the object of the statement [Iran, recognizes] is missing → write [subject, property, object]",
    ),
    "neither property nor object": (
        {"asserts": [["Iran"]]}, "the property and object of the statement [Iran] are missing",
    ),
    "a condition in words": (
        {"condition": "if peace comes"}, """→ write `condition: "#c"`, and below `asserts:` the nodes""",
    ),
    "a condition of a statement in words": (
        {"asserts": [
            {"type": "Qualification", "subject": "Iran", "property": "recognizes", "object": "Armenia",
             "condition": "if peace comes"},
        ]},
        "conditionKind: If",
    ),
    "a date": ({"date": 1997}, "unknown key 'date' → say with `period:` when it holds, or with `date:`"),
    "a key of one's own": ({"mood": "calm"}, "the keys of a drafted claim are quote, "),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_wanted_is_shown_where_something_else_is_written(mine: Path, name: str) -> None:
    keys, told = MISTAKES[name]
    done = written(mine, GOOD | keys)
    assert told in done.output, done.output
    assert "no name or id of anything known" not in done.output
    assert claims(mine) == []


def test_the_keys_of_a_claim_are_all_named(mine: Path) -> None:
    assert ", passage, asserts" in written(mine, GOOD | {"mood": "calm"}).output


def test_a_name_that_is_explained_wrongly_is_told_there_and_is_no_new_one_to_decide(mine: Path) -> None:
    done = written(mine, STATION, names={"Delta Station": {"type": "Statoin"}})
    assert "unknown class 'Statoin'" in done.output
    assert "it names «Delta Station», with which something is wrong → correct that below" in done.output
    assert "names to decide" not in done.output
    assert "no name or id of anything known" not in done.output

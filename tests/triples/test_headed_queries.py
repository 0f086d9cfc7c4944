"""Query files with comment lines at their head."""

from __future__ import annotations

from pathlib import Path

import pytest

from araxes.triples.authoring.headed_queries import read_headed_queries


def test_keys_stand_at_the_head_only(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_text("# en: What?\n# a remark\nSELECT * {}\n# fa: late\n", "utf-8")
    (found,) = read_headed_queries(tmp_path, ["en"])
    assert found.header == {"en": "What?"}
    assert found.query.startswith("# en:")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SELECT * {}", "begin with `# en:` and `# fa:`"),
        ("# en: What?\nSELECT * {}", "begin with `# fa:`"),
        (
            "# en: What?\n# fa: x\n# sevrity: info\nSELECT * {}",
            "nobody reads `# sevrity:`; use en, fa, severity",
        ),
    ],
)
def test_a_missing_or_unread_key_is_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "a.rq").write_text(text, "utf-8")
    with pytest.raises(ValueError, match="a.rq: " + problem):
        list(read_headed_queries(tmp_path, ["en", "fa"], ["severity"]))


def test_no_file_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no query in"):
        list(read_headed_queries(tmp_path, ["en"]))

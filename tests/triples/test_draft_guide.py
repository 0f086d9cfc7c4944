"""The guide that is made for a passage, from which people and language models draft."""

from __future__ import annotations

import json

from tests.triples.corpus_fixtures import TinyCorpus
from tests.triples.draft_fixtures import GOOD, Desk


def test_the_guide_has_passage_terms_and_a_schema_that_drafts_follow(tiny: TinyCorpus) -> None:
    desk = Desk(tiny)
    path = desk.draft(GOOD)
    text = path.with_name("thaw.txt")
    result = desk.run(text, "--guide", "--lines", "3-5")
    assert result.exit_code == 0, result.output
    guide = result.stdout
    assert "> and Gamma was left out" in guide
    assert "thaw\n" not in guide.partition("## Passage")[2].partition("##")[0]
    assert "`state/alpha` Alpha / آلفا (State)" in guide
    assert "`recognizes`" in guide
    schema = json.loads(guide.partition("```json\n")[2].partition("\n```")[0])
    claim = schema["properties"]["claims"]["items"]
    statements = claim["properties"]["asserts"]["items"]["anyOf"]
    assert "recognizes" in statements[0]["prefixItems"][1]["enum"]
    assert desk.run(text, "--guide", "--lines", "90").exit_code == 1

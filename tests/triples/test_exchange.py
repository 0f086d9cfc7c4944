"""Claims as nanopublications and back; annotations of other programs as drafts."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import AX, DCTERMS, RDF
from araxes.triples.drafting.folded_text import FoldedText
from araxes.triples.drafting.quote_search import QuoteProblem, one_place
from araxes.triples.exchange.annotations import drafted_items, read_annotations
from araxes.triples.exchange.nanopublications import (
    About,
    claims_of_nanopublications,
    nanopublications,
)

ABOUT = About("https://example.org/np/", "https://example.org/dataset", "", "2026-11-29T00:00:00+00:00")
TEXT = "The river is low. Upper Vale trades with Lower Vale. The river is low."

CLAIM = f"""
<https://example.org/claim/x/1> <{RDF}type> <{AX}Claim> .
<https://example.org/claim/x/1> <{AX}holder> <https://example.org/source/x#author> .
<https://example.org/claim/x/1> <{AX}source> <https://example.org/source/x> .
<https://example.org/claim/x/1> <{AX}curator> <https://example.org/curator/me> .
<https://example.org/claim/x/1> <{AX}paraphrase> "They \\"trade\\".\\n"@en .
<https://example.org/claim/x/1> <{AX}passage> <https://example.org/claim/x/1#passage-1> .
<https://example.org/claim/x/1#passage-1> <{AX}sha256> "00" .
<https://example.org/a> <{AX}tradesWith> <https://example.org/b> <https://example.org/claim/x/1> .
<https://example.org/a> <{RDF}type> <{AX}State> .
"""


def dataset() -> list[ox.Quad]:
    return list(ox.parse(CLAIM, ox.RdfFormat.N_QUADS))


def of_claim(quads: list[ox.Quad]) -> set[ox.Quad]:
    return {quad for quad in quads if "claim/x/1" in str(quad.subject) + str(quad.graph_name)}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A private key, as the library makes one."""
    from nanopub.profile import Profile

    path = tmp_path_factory.mktemp("key") / "id_rsa"
    path.write_text(Profile("https://orcid.org/0000-0000-0000-0000", "A reader").private_key, "ascii")
    return path


@pytest.mark.parametrize("signed", [False, True])
def test_nothing_of_a_claim_is_lost_on_the_way(key: Path, signed: bool) -> None:
    [(name, data)] = nanopublications(dataset(), ABOUT, key if signed else None)
    assert name.startswith("https://example.org/np/RA")
    assert (b"hasSignature>" in data) == signed
    back = set(claims_of_nanopublications(data, ox.RdfFormat.N_QUADS))
    assert back == of_claim(dataset())
    assert DCTERMS.encode() + b"creator> <https://example.org/curator/me>" in data


def test_who_changes_a_nanopublication_is_found_out(key: Path) -> None:
    for signer in (None, key):
        [(_, data)] = nanopublications(dataset(), ABOUT, signer)
        for old, new in ((b"tradesWith", b"threatens"), (b"curator/me", b"curator/it"), (b'"00"', b'"01"')):
            with pytest.raises(InputError, match="1 of 1 nanopublications cannot be taken"):
                list(claims_of_nanopublications(data.replace(old, new), ox.RdfFormat.N_QUADS))


def test_a_signature_of_something_else_does_not_hold(key: Path) -> None:
    """Whoever changes a claim can make it a new name, but no signature."""
    from nanopub.sign_utils import replace_trusty_in_graph
    from nanopub.trustyuri.rdf import RdfHasher, RdfUtils
    from rdflib import ConjunctiveGraph

    [(name, data)] = nanopublications(dataset(), ABOUT, key)
    forged = ConjunctiveGraph()
    changed = data.replace(b"tradesWith", b"threatens").replace(f"{name}#".encode(), ABOUT.space.encode())
    forged.parse(data=changed.replace(name.encode(), ABOUT.space.encode()), format="nquads")
    quads = RdfUtils.get_quads(forged)  # type: ignore[no-untyped-call]
    artefact = RdfHasher.make_hash(quads, baseuri=ABOUT.space, hashstr=" ")
    renamed = replace_trusty_in_graph(artefact, ABOUT.space, forged).serialize(format="nquads")
    with pytest.raises(InputError, match="signature does not hold"):
        list(claims_of_nanopublications(renamed.encode(), ox.RdfFormat.N_QUADS))


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("no key", "ascii")
    with pytest.raises(InputError, match="cannot be used as a private key"):
        list(nanopublications(dataset(), ABOUT, path))


QUOTED = {
    "type": "Annotation",
    "body": [{"type": "TextualBody", "value": "They trade.\nUpper Vale | trades with | Lower Vale"}],
    "target": {
        "source": "https://example.org/text",
        "selector": [
            {"type": "TextQuoteSelector", "exact": "Upper Vale trades with Lower Vale", "prefix": "low. "},
            {"type": "TextPositionSelector", "start": 18, "end": 51},
        ],
    },
}
HYPOTHESIS = {
    "rows": [
        {
            "text": "They trade.",
            "tags": ["Upper Vale | trades with | Lower Vale"],
            "target": [QUOTED["target"]],
        }
    ]
}
BRAT = (
    "T1\tState 18 28\tUpper Vale\nT2\tState 41 51\tLower Vale\n"
    "R1\ttrades_with Arg1:T1 Arg2:T2\n#1\tAnnotatorNotes R1\tThey trade.\n"
)


@pytest.mark.parametrize(
    "given", [json.dumps(QUOTED), json.dumps(HYPOTHESIS), BRAT], ids=["web", "hypothesis", "brat"]
)
def test_annotations_become_claims_of_a_draft(given: str) -> None:
    [item] = drafted_items(read_annotations(given, TEXT))
    assert item["quote"] == "Upper Vale trades with Lower Vale"
    assert item["paraphrase"] == "They trade."
    assert item["asserts"] == [["Upper Vale", "trades with", "Lower Vale"]]


def test_a_position_alone_is_looked_up_and_told_apart() -> None:
    selector = {"type": "TextPositionSelector", "start": 53, "end": 70}
    [item] = drafted_items(read_annotations(json.dumps([{"target": {"selector": selector}}]), TEXT))
    assert item["quote"] == "The river is low."
    assert TEXT.count(item["within"]) == 1
    with pytest.raises(InputError, match="lie outside of the text"):
        read_annotations(json.dumps([{"target": {"selector": {**selector, "end": 99}}}]), TEXT)


REFRAIN = (
    "Deltaport trades with Vale. " * 3 + "In 1999 Deltaport trades with Vale. " + "The end is near. " * 9
)


@pytest.mark.parametrize("known", [REFRAIN, ""], ids=["with the text", "without it"])
def test_what_is_marked_or_told_of_its_surroundings_in_half_words_becomes_whole_ones(known: str) -> None:
    """Programs cut what stands around after so many characters; `draft` asks for whole words."""
    start = REFRAIN.index("In 1999") + len("In 1999 ")
    words = REFRAIN[start : start + len("Deltaport trades with Vale")]
    selector = {
        "type": "TextQuoteSelector", "exact": words, "prefix": REFRAIN[start - 16 : start],
        "suffix": REFRAIN[start + len(words) :][:8],
    }  # fmt: skip
    [item] = drafted_items(read_annotations(json.dumps([{"target": {"selector": selector}}]), known))
    found = one_place(FoldedText(REFRAIN), item["quote"], within=item["within"])
    assert found == (start, start + len(words))
    assert not isinstance(one_place(FoldedText(REFRAIN), item["within"]), QuoteProblem), "whole words"


def test_half_words_that_are_marked_are_lengthened_and_what_repeats_is_told_apart() -> None:
    start = REFRAIN.index("In 1999")
    by_position = {"type": "TextPositionSelector", "start": start + 10, "end": start + 21}
    [item] = drafted_items(read_annotations(json.dumps([{"target": {"selector": by_position}}]), REFRAIN))
    assert item["quote"] == "Deltaport trades"
    assert REFRAIN.count(item["within"]) == 1
    by_words = {"type": "TextQuoteSelector", "exact": " 1999 Deltaport trad"}
    [item] = drafted_items(read_annotations(json.dumps([{"target": {"selector": by_words}}]), REFRAIN))
    assert item["quote"] == "1999 Deltaport trades"
    blanks = f"\n\n{'Vale. ' * 4}\n\n"
    everywhere = {"type": "TextPositionSelector", "start": 8, "end": 12}
    [item] = drafted_items(read_annotations(json.dumps([{"target": {"selector": everywhere}}]), blanks))
    assert item["quote"] == "Vale"


def test_a_position_in_another_copy_does_not_keep_the_words_from_being_found() -> None:
    position = {"type": "TextPositionSelector", "start": 9000, "end": 9007}
    selectors = [{"type": "TextQuoteSelector", "exact": "In 1999"}, position]
    [item] = drafted_items(read_annotations(json.dumps([{"target": {"selector": selectors}}]), REFRAIN))
    assert item["quote"] == "In 1999"


def test_the_draft_is_written(tmp_path: Path) -> None:
    notes, text = tmp_path / "notes.json", tmp_path / "vale.txt"
    notes.write_text(json.dumps(QUOTED), "utf-8")
    text.write_text(TEXT, "utf-8")
    command = ["import", "annotations", str(notes), "--source", "source/vale", "--text", str(text)]
    draft = yaml.safe_load(CliRunner().invoke(main, command).stdout)
    assert draft["source"] == "source/vale"
    assert draft["claims"][0]["within"] == "low. Upper Vale trades with Lower Vale"
    notes.write_text("no annotations", "utf-8")
    assert "of a known form" in CliRunner().invoke(main, command).output


LEFT = {
    "a relation to what is not marked": (
        "T1\tMention 18 28\tUpper Vale\nT2\tMention 41 51\tLower Vale\n"
        "R1\ttrades_with Arg1:T1 Arg2:T2\nR2\tthreatens Arg1:T1 Arg2:T9\n",
        "R2 (threatens) names T9, which the file does not mark: left out",
    ),
    "annotations without target": (
        json.dumps([{"body": "x"}, {"target": {}, "body": "y"}, {"target": {"selector": {
            "type": "TextQuoteSelector", "exact": "Upper Vale"}}}]),
        "2 annotations mark no words (no target, or one that cannot be read): left out",
    ),
    "a note with one bar": (
        json.dumps([{"target": {"selector": {"type": "TextQuoteSelector", "exact": "Upper Vale"}},
                     "body": "Upper Vale | trades with"}]),
        "'Upper Vale | trades with' is no statement, and was taken as words: "
        "write subject | property | object",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_out_of_annotations_is_told(name: str) -> None:
    given, wanted = LEFT[name]
    told: list[str] = []
    assert len(read_annotations(given, TEXT, told.append)) == 1
    assert told == [wanted]


def test_a_note_of_a_span_whose_relation_is_left_out_stays() -> None:
    given = "T1\tMention 18 28\tUpper Vale\nR1\ttrades_with Arg1:T1 Arg2:T9\n#1\tNote T1\tIt trades.\n"
    [marked] = read_annotations(given, TEXT)
    assert marked.said == ["It trades."]


def test_a_source_that_no_corpus_describes_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(LEFT["a note with one bar"][0], "utf-8")
    lowlands = Path(__file__).parent.parent / "corpora" / "lowlands"
    where = ["--without-shipped", "--corpus", str(lowlands)]
    done = CliRunner().invoke(
        main, ["import", "annotations", str(path), "--source", "source/vale-1996", *where]
    )
    assert done.exit_code == 0
    assert (
        "no corpus describes source/vale-1996: did you mean source/vale-1995 (Note on the two" in done.stderr
    )
    done = CliRunner().invoke(
        main, ["import", "annotations", str(path), "--source", "source/vale-1995", *where]
    )
    assert "no corpus describes" not in done.stderr

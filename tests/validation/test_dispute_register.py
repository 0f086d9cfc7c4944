"""What readers write into the register of disputes, and whose position is told as whose."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from araxes.ontology.namespaces import AX, RDF
from araxes.triples.derived.claim_graphs import read_claim_graphs
from araxes.triples.labels import Description, Words
from araxes.validation.disagreement import dispute_wording
from araxes.validation.disagreement.clashes import LEVELS, find_cases
from araxes.validation.disagreement.dispute_layout import dispute_object, disputes_text, reading_order
from araxes.validation.disagreement.dispute_quads import dispute_quads
from araxes.validation.disagreement.dispute_register import Register, read_register
from araxes.validation.disagreement.dispute_wording import Teller
from araxes.validation.disagreement.disputes import Dispute, fold
from araxes.validation.disagreement.folds import Folds, read_folds
from araxes.validation.disagreement.natures import SLIP, natures
from tests.triples.corpus_fixtures import TinyCorpus
from tests.validation.disagreement_corpora import ALPHA, BETA, build, reading, relation, to_degree

CLOSE = "relations state/alpha state/beta"
OFFICIALS = "group/officials-of-alpha"
WHY = 'date = 2026-11-29\nreason = "a reader said so"\n'
IN_WORDS = 'date = 2026-11-29\nreason = { en = "Two days meet.", fa = "دو روز است." }\n'


def folded(
    tiny: TinyCorpus, text: str, one: dict[str, object], two: dict[str, object], *further: dict[str, object]
) -> tuple[list[Dispute], Teller, Register]:
    """The disputes of some claims under a register, and who puts them into words."""
    dataset = build(tiny, one, two, further=further)
    graphs = read_claim_graphs(dataset)
    known = read_register(text)
    disputes = fold(find_cases(dataset, graphs), read_folds(dataset, known.same), known)
    return disputes, Teller(Words(dataset), Description(dataset), graphs), known


def strong(tiny: TinyCorpus, text: str) -> Dispute:
    """A dispute of the firmest strength, under a register."""
    one = relation(ALPHA, "alliedWith", BETA, period="1992")
    two = relation(ALPHA, "hostileTo", BETA, period="1992")
    (found,) = folded(tiny, text, one, two)[0]
    return found


def entry(*lines: str) -> str:
    """An entry of the register for the dispute about how close two states are."""
    return "\n".join([f'[[dispute]]\nmatter = "{CLOSE}"', *lines])


def test_a_strength_is_lowered_and_never_raised(tiny: TinyCorpus) -> None:
    assert strong(tiny, "").strength == "Strong"
    for level in LEVELS[:-1]:
        lowered = f'[dispute.lowered]\nstrength = "{level}"\n{IN_WORDS}'
        assert strong(tiny, entry(lowered)).strength == level
    weak = f'[dispute.lowered]\nstrength = "Weak"\n{IN_WORDS}'
    text = weak.replace("Weak", "Moderate")
    hedged = relation(ALPHA, "alliedWith", BETA, certainty="LowCertainty")
    plain = relation(ALPHA, "hostileTo", BETA)
    (before,), _, _ = folded(tiny, "", hedged, plain)
    (after,), _, _ = folded(tiny, entry(text), hedged, plain)
    assert before.strength == after.strength == "Weak"


def test_a_nature_lowers_and_is_told(tiny: TinyCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    one = relation(ALPHA, "alliedWith", BETA, period="1992")
    two = relation(ALPHA, "hostileTo", BETA, period="1992")
    text = entry('nature = "perception"', f'[dispute.lowered]\nstrength = "Weak"\n{IN_WORDS}')
    (found,), teller, known = folded(tiny, text, one, two)
    monkeypatch.setattr(dispute_wording, "register", lambda: known)
    assert found.strength == "Weak"
    for language, why in (("en", "Two days meet."), ("fa", "دو روز است.")):
        assert teller.remark(found, language) == f"{natures()['perception'][language]} {why}"
    assert dispute_object(found, teller)["nature"] == "perception"
    assert strong(tiny, entry('nature = "perception"')).strength == "Moderate"


def test_slips_come_last_under_a_heading(tiny: TinyCorpus) -> None:
    slip, other = strong(tiny, entry('nature = "slip"')), strong(tiny, "")
    assert (slip.nature, slip.strength) == (SLIP, "Weak")
    assert reading_order([slip, other]) == [other, slip]
    _, teller, _ = folded(tiny, "", relation(ALPHA, "alliedWith", BETA), relation(ALPHA, "hostileTo", BETA))
    blocks = list(disputes_text([other, slip], teller, "en"))
    assert len(blocks) == 3
    assert "does not agree with itself" in blocks[1]
    assert len(list(disputes_text([other], teller, "en"))) == 1


def test_a_contrast_is_no_dispute_and_says_why(tiny: TinyCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its nature: a slip whose answers can both stand is a contrast, too."""
    one = relation(ALPHA, "alliedWith", BETA, period="1992")
    two = relation(ALPHA, "hostileTo", BETA, period="1992")
    plain = strong(tiny, "")
    assert plain.kind == "Dispute"
    assert strong(tiny, entry('nature = "slip"')).kind == "Inconsistency"
    for nature in ('nature = "slip"', ""):
        (found,), teller, known = folded(tiny, entry(nature, f"[dispute.contrast]\n{IN_WORDS}"), one, two)
        monkeypatch.setattr(dispute_wording, "register", lambda known=known: known)
        assert (found.kind, found.strength) == ("Contrast", "Weak")
        assert found.iri == plain.iri
        assert teller.remark(found, "en") == "Two days meet."
        kinds = {
            quad.object
            for quad in dispute_quads(found, teller, Folds())
            if quad.predicate.value == RDF + "type"
        }
        assert {ox.NamedNode(AX + "PointAtIssue"), ox.NamedNode(AX + "Contrast")} <= kinds
        assert ox.NamedNode(AX + "Dispute") not in kinds
        assert reading_order([found, plain]) == [plain, found]
        blocks = list(disputes_text([plain, found], teller, "fa"))
        assert len(blocks) == 3
        assert "نفی" in blocks[1]


def test_what_names_a_thing_of_another_question_is_left_out(tiny: TinyCorpus) -> None:
    claims = (relation(ALPHA, "alliedWith", BETA), relation(OFFICIALS, "hostileTo", BETA))
    assert len(folded(tiny, "", *claims)[0]) == 1
    apart = f'[[dispute.beside]]\nthings = ["{OFFICIALS}"]\n{WHY}'
    assert folded(tiny, entry(apart), *claims)[0] == []
    others = f'[[dispute.beside]]\nthings = ["group/friends-of-beta"]\n{WHY}'
    assert len(folded(tiny, entry(others), *claims)[0]) == 1


def test_one_side_goes_and_the_others_stay(tiny: TinyCorpus) -> None:
    """A clash of more than two sides loses one without losing the rest."""
    chief = [
        to_degree(cause, "furthers", "goal/union", "MainDegree")
        for cause in ("factor/oil", "factor/trust", "policy/opening")
    ]
    chief[2]["id"] = "claim/test/002"
    (whole,), _, _ = folded(tiny, "", *chief)
    assert len(whole.positions) == 3
    beside = f'[[dispute.beside]]\nanswers = ["cause factor/trust"]\n{WHY}'
    (rest,), _, _ = folded(tiny, f'[[dispute]]\nmatter = "{whole.matter.key}"\n{beside}', *chief)
    assert len(rest.positions) == 2


def test_a_position_that_is_anothers_is_told_as_anothers(tiny: TinyCorpus) -> None:
    one, two = reading("option/toll", positionOf=ALPHA), reading("option/free-passage", positionOf=BETA)
    (found,), teller, _ = folded(tiny, "", one, two)
    voices = {teller.voice(iri, "en", each) for each in found.positions.values() for iri in each.claims}
    assert all("which the author reports" in voice for voice in voices)
    assert any("Alpha" in voice for voice in voices)
    assert any("Beta" in voice for voice in voices)
    assert all("own view" in teller.voice(iri, "en") for iri in found.claims)


REFUSED = {
    "a strength that raises": f'[dispute.lowered]\nstrength = "Strong"\n{IN_WORDS}',
    "a strength that there is not": f'[dispute.lowered]\nstrength = "Faint"\n{IN_WORDS}',
    "lowered without a reason": '[dispute.lowered]\nstrength = "Weak"\ndate = 2026-11-29\n',
    "a contrast without a reason": "[dispute.contrast]\ndate = 2026-11-30\n",
    "a nature that there is not": 'nature = "comedy"',
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"name one of|lacks"):
        read_register(entry(REFUSED[name]))

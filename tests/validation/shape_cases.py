"""For each hand-written shape the change that breaks its demand, and as far as can be no other."""

from __future__ import annotations

import pyoxigraph as ox

from araxes.ontology.namespaces import DCTERMS, OA, OWL, PROV, RDF, RDFS, XSD
from tests.validation.shape_fixtures import (
    CLAIM,
    DECIMAL,
    MADE,
    Change,
    Node,
    add,
    all_of,
    ax,
    drop,
    erase,
    iri,
    node,
    number,
    swap,
    thing,
)
from tests.validation.shape_parts import (
    ALPHA,
    AX,
    BETA,
    DENIAL,
    DENIED,
    ENGLISH,
    EVENT,
    PASSAGE,
    POSITION,
    READING,
    SOURCE,
    TEXT,
    TRADE,
    codes,
    comparison,
    correction,
    dispute,
    figure,
    mapping,
    moment,
    perception,
    position,
    reading,
    side,
    text,
)

ISSUE, OPTION = iri("issue/made"), iri("option/made")
STAND = all_of(thing("issue/made", "Issue"), thing("option/made", "Option"))
AGREEMENT, PROCESS = iri("agreement/made"), iri("process/made")
COUNT = ax("ItemCount")
PARTIES: list[Node] = [ALPHA, BETA]

SHAPE_CASES: dict[str, Change] = {
    "Claim-kind": drop(CLAIM, RDF + "type", ax("FactualClaim")),
    "Claim-source": drop(CLAIM, AX + "source"),
    "Claim-holder": drop(CLAIM, AX + "holder"),
    "Claim-curator": drop(CLAIM, AX + "curator"),
    "Claim-reading": drop(CLAIM, PROV + "wasGeneratedBy"),
    "Claim-modality": drop(CLAIM, AX + "modality"),
    "Claim-stance": drop(CLAIM, AX + "authorStance"),
    "Claim-certainty": add(CLAIM, AX + "certainty", ax("LowCertainty")),
    "Claim-certainty-read": drop(CLAIM, AX + "certainty"),
    "Claim-time": drop(CLAIM, AX + "periodBasis"),
    "Claim-polarity": add(CLAIM, AX + "polarity", ax("Conflictual")),
    "Claim-work": add(CLAIM, "http://purl.org/spar/cito/citesAsEvidence", ALPHA),
    "Claim-passage": erase(PASSAGE, POSITION),
    "Claim-paraphrase": drop(CLAIM, AX + "paraphrase"),
    "Claim-paraphrase-languages": add(CLAIM, AX + "paraphrase", ENGLISH),
    "Claim-paraphrase-length": all_of(
        drop(CLAIM, AX + "paraphrase"),
        add(CLAIM, AX + "paraphrase", ox.Literal("Short.", language="en")),
        add(CLAIM, AX + "paraphrase", ox.Literal("این بلند است.", language="fa")),
    ),
    "Answer-issue": all_of(thing("option/made", "Option"), add(CLAIM, AX + "readAs", OPTION)),
    "Passage-claim": add(DENIED, AX + "passage", PASSAGE),
    "Passage-text": drop(PASSAGE, OA + "hasSource"),
    "Passage-digest": swap(PASSAGE, AX + "sha256", ox.Literal("ABC")),
    "Passage-selector": erase(POSITION),
    "Passage-row": all_of(
        add(PASSAGE, OA + "hasSelector", iri("claim/test/001#row")),
        add(iri("claim/test/001#row"), RDF + "type", ox.NamedNode(OA + "FragmentSelector")),
        add(iri("claim/test/001#row"), RDF + "value", ox.Literal("row=first")),
    ),
    "Position-start": swap(POSITION, OA + "start", number("40")),
    "Position-end": add(POSITION, OA + "end", number("90")),
    "Position-passage": position("claim/test/009#position"),
    "Source-text": text("source/b#text", SOURCE),
    "Source-author": all_of(
        thing("source/b#author", "Authorship"), add(SOURCE, AX + "sourceAuthor", iri("source/b#author"))
    ),
    "Source-language": swap(
        SOURCE, DCTERMS + "language", ox.Literal("English", datatype=ox.NamedNode(XSD + "language"))
    ),
    "SourceText-source": text("source/b#text", None),
    "SourceText-file": drop(TEXT, AX + "fileName"),
    "SourceText-digest": swap(TEXT, AX + "sha256", ox.Literal("0")),
    "SourceText-length": add(TEXT, AX + "characterCount", number("5000")),
    "Authorship-source": thing("source/b#author", "Authorship"),
    "Curation-curator": reading(readingOf=SOURCE),
    "Curation-source": reading(curator=iri("curator/tester")),
    "Curation-date": all_of(*(drop(READING, AX + name) for name in ("date", "earliest", "latest"))),
    "Curation-guideline": drop(READING, AX + "guideline"),
    "Correction-claim": correction(linked=False),
    "Correction-printed": correction(printed="Iran"),
    "Correction-corrected": correction(corrected=""),
    "Denial-subject": drop(DENIAL, OWL + "sourceIndividual"),
    "Denial-property": swap(DENIAL, OWL + "assertionProperty", ALPHA),
    "Denial-object": drop(DENIAL, OWL + "targetIndividual"),
    "Inference-claim": drop(iri("claim/test/001#inferred"), PROV + "wasDerivedFrom"),
    "Digest-form": add(CLAIM, AX + "contentDigest", ox.Literal("ABC")),
    "Labelled-count": drop(BETA, RDFS + "label"),
    "Labelled-languages": add(BETA, RDFS + "label", ox.Literal("Betaland", language="en")),
    "Iso-code": codes(BETA, iso="be"),
    "Cow-code": codes(BETA, cow="36O"),
    "Gw-code": codes(BETA, gw="GRG"),
    "State-independent": add(ALPHA, AX + "belongsTo", BETA),
    "Date-form": swap(READING, AX + "date", ox.Literal("2026-11-20?~")),
    "Period-form": all_of(
        add(CLAIM, AX + "period", ox.Literal("about 1992")),
        add(CLAIM, AX + "earliest", moment("1992-01-01T00:00:00Z")),
        add(CLAIM, AX + "latest", moment("1992-12-31T23:59:59Z")),
    ),
    "Hijri-form": add(READING, AX + "dateSolarHijri", ox.Literal("1405/8/29")),
    "Hijri-date": add(TRADE, AX + "dateSolarHijri", ox.Literal("1371"), CLAIM),
    "Mapping-subject": mapping(subject=None),
    "Mapping-predicate": mapping(predicate=ax("supports")),
    "Mapping-object": mapping(object=None),
    "Mapping-justification": mapping(why=None),
    "Mapping-author": mapping(author=None),
    "Mapping-date": mapping(day=ox.Literal("yesterday")),
    "Mapping-evidence": mapping(evidence=None),
    "Mapping-label": mapping(label=number("1")),
    "Mapping-confidence": mapping(confidence=number("1.5", DECIMAL)),
}
"""The apparatus, entities, codes, dates and mappings."""

SHAPE_CASES |= {
    "Perception-perceiver": perception(perceived=BETA),
    "Perception-perceived": perception(perceiver=BETA),
    "Stance-issue": all_of(STAND, node("Position", positionOf=BETA, favours=OPTION)),
    "Stance-stand": all_of(STAND, node("Position", positionOf=BETA, onIssue=ISSUE)),
    "Recommendation-action": all_of(
        swap(CLAIM, RDF + "type", ax("Claim")),
        add(CLAIM, RDF + "type", ax("NormativeClaim")),
        node("Recommendation", addressee=BETA),
    ),
    "CulturalTie-party": node("CulturalTie", tieKind=ax("ReligiousTie")),
    "CulturalTie-kind": node("CulturalTie", party=PARTIES),
    "Tenure-office": all_of(
        thing("person/made", "Person"),
        node("Tenure", concerns=BETA),
        add(iri("person/made"), AX + "hasTenure", MADE, CLAIM),
    ),
    "Tenure-holder": all_of(thing("office/made", "Office"), node("Tenure", office=iri("office/made"))),
    "Provision-obligor": all_of(
        thing("agreement/made", "Agreement"),
        node("Provision", concerns=BETA),
        add(AGREEMENT, AX + "hasProvision", MADE, CLAIM),
    ),
    "Provision-agreement": node("Provision", obligor=BETA),
    "ProcessStep-process": node("ProcessStep", filledBy=EVENT),
    "ProcessStep-filled": all_of(
        thing("process/made", "TracedProcess"),
        node("ProcessStep", stepNumber=number("1")),
        add(PROCESS, AX + "step", MADE, CLAIM),
    ),
    "ProcessStep-number": all_of(
        thing("process/made", "TracedProcess"),
        node("ProcessStep", filledBy=EVENT, stepNumber=number("0")),
        add(PROCESS, AX + "step", MADE, CLAIM),
    ),
    "Qualification-qualifier": node("Qualification", ofSubject=BETA),
    "MentionedStatement-subject": node("MentionedStatement", ofProperty=ax("supports"), ofObject=BETA),
    "MentionedStatement-property": node("MentionedStatement", ofSubject=ALPHA, ofObject=BETA),
    "MentionedStatement-object": node("MentionedStatement", ofSubject=BETA, ofProperty=ax("supports")),
    "Condition-kind": node("Condition", conditionOn=BETA),
    "Condition-content": node("Condition", conditionKind=ax("If")),
    "Appraisal-appraised": node("Appraisal", verdict=ax("Important")),
    "Appraisal-verdict": node("Appraisal", appraised=BETA),
    "DegreeComparison-thing": node("DegreeComparison", comparedWith=BETA, comparator=ax("MoreThan")),
    "DegreeComparison-with": node("DegreeComparison", comparedThing=BETA, comparator=ax("MoreThan")),
    "DegreeComparison-comparator": node("DegreeComparison", comparedThing=ALPHA, comparedWith=BETA),
    "Figure-given": figure(measuredEntity=BETA),
    "Figure-measure": node("Observation", measuredEntity=BETA, rank=number("1")),
    "Figure-subject": figure(rank=number("1")),
    "Figure-value": add(TRADE, AX + "value", number("7", DECIMAL), CLAIM),
    "Figure-range": figure(
        measuredEntity=BETA, unit=COUNT, lowerValue=number("7", DECIMAL), upperValue=number("6", DECIMAL)
    ),
    "Figure-upper": figure(
        measuredEntity=BETA, unit=COUNT, upperValue=[number("7", DECIMAL), number("6", DECIMAL)]
    ),
    "Figure-rank": figure(measuredEntity=BETA, rank=number("0")),
    "Figure-unit": add(TRADE, AX + "unit", ax("Percent"), CLAIM),
    "Figure-comparator": figure(
        measuredEntity=BETA, rank=number("1"), comparator=[ax("About"), ax("MoreThan")]
    ),
    "Figure-period": add(TRADE, AX + "perPeriod", ox.Literal("a year"), CLAIM),
    "Figure-weekday": add(TRADE, AX + "dayOfWeek", ox.Literal("Doomsday"), CLAIM),
    "Figure-flow": figure(rank=number("1"), fromActor=BETA, toActor=BETA),
    "Between-count": figure(rank=number("1"), betweenActor=BETA),
    "Between-direction": figure(rank=number("1"), betweenActor=PARTIES, fromActor=ALPHA),
    "Value-unit": figure(measuredEntity=BETA, value=number("1", DECIMAL)),
    "Lower-unit": figure(measuredEntity=BETA, lowerValue=number("1", DECIMAL)),
    "Upper-unit": figure(measuredEntity=BETA, upperValue=number("1", DECIMAL)),
    "Unit-value": figure(measuredEntity=BETA, rank=number("1"), unit=COUNT),
    "Comparison-strength": comparison("strength"),
    "Comparison-side": comparison(sides=0),
    "Comparison-claims": comparison("comparedClaim"),
    "Comparison-holders": comparison("comparedHolder"),
    "Comparison-sources": comparison("comparedSource"),
    "Disagreement-kind": comparison("disagreementKind", kind="Disagreement", sides=2),
    "Disagreement-sides": comparison(kind="Disagreement"),
    "Corroboration-side": comparison(sides=2),
    "Side-comparison": all_of(comparison(), side("corroboration/2#side-1", None)),
    "Side-property": comparison(side_without="sideProperty"),
    "Side-subject": comparison(side_without="sideSubject"),
    "Side-object": comparison(side_without="sideObject"),
    "Side-denies": comparison(side_without="sideDenies"),
    "Side-claims": comparison(side_without="comparedClaim"),
    "Side-holders": comparison(side_without="comparedHolder"),
    "Side-sources": comparison(side_without="comparedSource"),
    "PointAtIssue-question": all_of(dispute(), add(iri("dispute/1"), RDFS + "label", ENGLISH)),
    "PointAtIssue-strength": dispute(AX + "strength"),
    "PointAtIssue-clashes": dispute(AX + "hasClash"),
    "PointAtIssue-positions": dispute(positions=1),
    "PointAtIssue-things": dispute(AX + "thingAtIssue"),
    "PointAtIssue-claims": dispute(AX + "comparedClaim"),
    "DisputePosition-dispute": all_of(
        dispute(positions=3), drop(iri("dispute/1"), AX + "hasDisputePosition", iri("dispute/1#3"))
    ),
    "DisputePosition-answer": all_of(dispute(), add(iri("dispute/1#1"), RDFS + "label", ENGLISH)),
    "DisputePosition-claims": dispute(position_without=AX + "comparedClaim"),
    "DisputePosition-holders": dispute(position_without=AX + "comparedHolder"),
    "DisputePosition-sources": dispute(position_without=AX + "comparedSource"),
    "DisputePosition-shown": dispute(position_without=AX + "representativeClaim"),
}
"""Nodes of claims, figures, and comparisons."""

SHAPE_CASES["Figure-date"] = all_of(
    add(TRADE, AX + "date", ox.Literal("1999"), CLAIM),
    add(TRADE, AX + "date", ox.Literal("2000"), CLAIM),
    add(TRADE, AX + "earliest", moment("1999-01-01T00:00:00Z"), CLAIM),
    add(TRADE, AX + "latest", moment("2000-12-31T23:59:59Z"), CLAIM),
)

COMPANIONS: dict[str, set[str]] = {
    "Claim-curator": {"reading-not-named"},  # a claim without curator does not name that of its reading
    "Claim-reading": {"reading-not-named"},
    "Labelled-count": {"thing-without-label"},
    "Mapping-subject": {"mapping-without-evidence"},  # the link has lost its record
    "Mapping-predicate": {"mapping-without-evidence", "mapping-without-link"},
    "Mapping-object": {"mapping-without-evidence"},
}
"""What cannot but fire with a shape, and why."""

PASSING = {
    "comparison": comparison(),
    "disagreement": comparison(kind="Disagreement", sides=2),
    "dispute": dispute(),
    "mapping": mapping(),
    "correction": correction(),
}
"""What the failing examples leave something out of: complete, it passes."""

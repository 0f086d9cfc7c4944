"""Pairs of claims that each rule of disagreement finds."""

from __future__ import annotations

from tests.validation.disagreement_corpora import (
    ALPHA,
    BETA,
    GAMMA,
    ONE_VOICE,
    denies,
    event,
    figure,
    qualified,
    relation,
    says,
    to_degree,
)

WHOLE, PART = "relationship/alpha-beta", "relationship/alpha-beta-cultural"
WAR = {"id": "event/war", "type": "War", "belligerent": [ALPHA, BETA]}
ESTRANGEMENT = {"id": "event/estrangement", "type": "DeclineOfRelations", "relationshipConcerned": WHOLE}
MEDIATES = relation(GAMMA, "mediatesIn", "event/war")
CASES: dict[str, tuple[str, dict[str, object], dict[str, object]]] = {
    "denial": ("DeniedStatement", relation(ALPHA, "aids", BETA), denies(ALPHA, "aids", BETA)),
    "denial of the inverse": (
        "DeniedStatement",
        relation("event/battle", "subEventOf", "event/war"),
        denies("event/war", "hasSubEvent", "event/battle"),
    ),
    "denial of the wider": (
        "DeniedStatement",
        relation(ALPHA, "cooperatesMilitarilyWith", BETA),
        denies(ALPHA, "cooperatesWith", BETA),
    ),
    "denial of the mirror image": (
        "DeniedStatement",
        relation(ALPHA, "alliedWith", BETA),
        denies(BETA, "alliedWith", ALPHA),
    ),
    "tension": (
        "StatementsInTension",
        relation(ALPHA, "supports", BETA),
        relation(ALPHA, "opposes", BETA),
    ),
    "symmetric tension, other way round": (
        "StatementsInTension",
        relation(ALPHA, "alliedWith", BETA, period="1990/1995"),
        relation(BETA, "enemyOf", ALPHA, period="1993"),
    ),
    "qualities in tension": (
        "StatementsInTension",
        relation("relationship/alpha-beta", "relationshipQuality", "CloseRelations"),
        relation("relationship/alpha-beta", "relationshipQuality", "TenseRelations"),
    ),
    "dates": ("DivergingDates", event("1992-05"), event("1991")),
    "diverging-figures": ("DivergingValues", figure(value=3, date="1999"), figure(value=4, date="1999")),
    "ranges": ("DivergingValues", figure(value=3), figure(lowerValue=4, upperValue=5)),
    "causes": (
        "OppositeCausalSigns",
        relation("factor/oil", "contributesTo", "goal/union"),
        relation("factor/oil", "weakens", "goal/union"),
    ),
    "allies, one of whom feels threatened": (
        "StatementsInTension",
        relation(ALPHA, "alliedWith", BETA),
        relation(BETA, "perceivesThreatFrom", ALPHA),
    ),
    "close, and at a distance": (
        "StatementsInTension",
        relation(WHOLE, "relationshipQuality", "ExpandingRelations"),
        relation(WHOLE, "relationshipQuality", "StagnantRelations"),
    ),
    "exclusive values": (
        "StatementsInTension",
        relation(WHOLE, "basedOn", "factor/trust"),
        relation(WHOLE, "basedOn", "factor/mistrust"),
    ),
    "exclusive owners": (
        "StatementsInTension",
        relation("factor/trust", "situationOf", WHOLE),
        relation("factor/mistrust", "situationOf", WHOLE),
    ),
    "exclusive effects": (
        "OppositeCausalSigns",
        relation("factor/oil", "causes", "factor/trust"),
        relation("factor/oil", "contributesTo", "factor/mistrust"),
    ),
    "causes, of the whole and of a part": (
        "OppositeCausalSigns",
        relation("factor/oil", "weakens", WHOLE),
        relation("factor/oil", "strengthens", PART),
    ),
    "far more than more than": (
        "DivergingValues",
        figure(value=100, comparator="MoreThan"),
        figure(value=200),
    ),
    "two floors of a share": (
        "DivergingValues",
        figure(value=80, unit="Percent", comparator="MoreThan"),
        figure(value=90, unit="Percent", comparator="MoreThan"),
    ),
    "yearly, and in both years": (
        "DivergingValues",
        figure(value=100, perPeriod="P1Y", date="2015/2016"),
        figure(value=100, date="2015/2016"),
    ),
    "government against its state": (
        "StatementsInTension",
        relation(ALPHA, "alliedWith", BETA),
        relation("organization/government-of-alpha", "hostileTo", BETA),
    ),
    "rival accounts of what came of it": (
        "StatementsInTension",
        relation("event/war", "causes", "event/union"),
        relation("event/war", "causes", "event/partition"),
    ),
    "one author, two accounts, one of them dated": (
        "StatementsInTension",
        relation("factor/trust", "situationOf", WHOLE, **ONE_VOICE),
        relation("factor/mistrust", "situationOf", WHOLE, **ONE_VOICE, period="1992/1993"),
    ),
    "goals that exclude each other": (
        "StatementsInTension",
        relation(ALPHA, "seeks", "goal/union"),
        relation(ALPHA, "seeks", "goal/separation"),
    ),
    "theories of one thing": (
        "RivalExplanations",
        says({"id": "theory/contact", "explanandum": "event/union", "explanans": "factor/trust"}),
        says({"id": "theory/gain", "explanandum": "event/union", "explanans": "factor/oil"}),
    ),
    "a cause with its part, and another": (
        "RivalExplanations",
        says(
            {"id": "factor/oil", "causes": "event/union", "hasComponent": "goal/trade"},
            {"id": "goal/trade", "contributesTo": "event/union"},
            type="CausalClaim",
        ),
        relation(
            "factor/trust", "causes", "event/union", type="CausalClaim", holder=ALPHA, authorStance="Reports"
        ),
    ),
    "who belongs to a body": (
        "DifferingExtent",
        says(*({"id": each, "memberOf": "group/friends-of-beta"} for each in (ALPHA, BETA, GAMMA))),
        says(*({"id": each, "memberOf": "group/friends-of-beta"} for each in (ALPHA, BETA, "person/writer"))),
    ),
    "causes put forward alone": (
        "RivalExplanations",
        relation(
            "factor/oil", "causes", "event/union", type="CausalClaim", holder=ALPHA, authorStance="Reports"
        ),
        relation("factor/trust", "motivates", "event/union", type="CausalClaim"),
    ),
    "foremost among several, and alone": (
        "RivalExplanations",
        says(
            {"id": "factor/oil", "causes": "event/union"},
            {"id": "goal/union", "contributesTo": "event/union"},
            qualified("factor/oil", "causes", "event/union", "MainDegree"),
            type="CausalClaim",
        ),
        relation(
            "factor/trust", "causes", "event/union", type="CausalClaim", holder=ALPHA, authorStance="Reports"
        ),
    ),
    "all and some": (
        "DifferingExtent",
        to_degree(ALPHA, "controls", "place/isle", "Wholly"),
        to_degree(ALPHA, "controls", "place/isle", "Partly"),
    ),
    "the only one, and not the only one": (
        "DifferingExtent",
        to_degree(ALPHA, "aids", BETA, "OnlyDegree"),
        to_degree(ALPHA, "aids", BETA, "NotOnly"),
    ),
    "alone and jointly": (
        "DifferingExtent",
        says({"id": "event/talks", "participant": [ALPHA]}),
        says({"id": "event/talks", "participant": [ALPHA, BETA]}),
    ),
    "lists that differ in members": (
        "DifferingExtent",
        relation("goal/union", "hasComponent", ["factor/oil", "factor/trust", "goal/peace"]),
        relation("goal/union", "hasComponent", ["factor/oil", "factor/trust", "goal/trade"]),
    ),
    "three and four": (
        "DifferingExtent",
        relation("goal/union", "hasComponent", ["factor/oil", "factor/trust", "goal/peace"]),
        relation("goal/union", "hasComponent", ["factor/oil", "factor/trust", "goal/peace", "goal/trade"]),
    ),
    "a cause called foremost, and other causes": (
        "RivalExplanations",
        says(
            {"id": "factor/oil", "contributesTo": "event/union"},
            {"id": "goal/peace", "contributesTo": "event/union"},
            qualified("factor/oil", "contributesTo", "event/union", "AmongMain"),
            type="CausalClaim",
        ),
        relation("factor/trust", "motivates", "event/union", type="CausalClaim"),
    ),
    "the most important factor, and another": (
        "RivalExplanations",
        says(
            {"id": "factor/oil", "furthers": "goal/union"},
            qualified("factor/oil", "furthers", "goal/union", "MainDegree"),
            **ONE_VOICE,
        ),
        says(
            {"id": "factor/trust", "furthers": "goal/union"},
            qualified("factor/trust", "furthers", "goal/union", "MainDegree"),
            **ONE_VOICE,
        ),
    ),
    "nearer, and further apart": (
        "OppositeCausalSigns",
        relation("factor/oil", "strengthens", PART),
        says({"id": "factor/oil", "contributesTo": "event/estrangement"}, ESTRANGEMENT),
    ),
    "relies on what its policy excludes": (
        "StatementsInTension",
        relation(ALPHA, "reliesOn", "factor/trust"),
        relation(ALPHA, "pursuesPolicy", "factor/mistrust"),
    ),
    "corroboration": (
        "Corroboration",
        relation(ALPHA, "alliedWith", BETA),
        relation(BETA, "alliedWith", ALPHA),
    ),
    "cause and effect exchanged": (
        "RivalExplanations",
        relation("factor/oil", "causes", "event/union", type="CausalClaim"),
        relation("event/union", "motivates", "factor/oil", type="CausalClaim"),
    ),
    "who answers whom": (
        "RivalExplanations",
        says({"id": WHOLE, "type": "Relationship", "party": GAMMA, "balancesAgainst": [ALPHA, BETA]}),
        says(
            {
                "id": "group/officials-of-alpha",
                "hasMember": [ALPHA, BETA],
                "balancesAgainst": "group/friends-of-beta",
            },
        ),
    ),
    "a growing part of a low relationship": (
        "DifferingExtent",
        relation(PART, "relationshipQuality", "ExpandingRelations"),
        relation(WHOLE, "relationshipQuality", "LowLevelRelations"),
    ),
    "seeks what its policy excludes": (
        "StatementsInTension",
        relation(ALPHA, "seeks", "factor/trust"),
        relation(ALPHA, "pursuesPolicy", "factor/mistrust"),
    ),
    "nearly and more than": (
        "DivergingValues",
        figure(value=100, comparator="Nearly"),
        figure(value=100, comparator="MoreThan"),
    ),
}

"""Pairs of claims that each rule of disagreement finds, and pairs that differ and do not clash."""

from __future__ import annotations

from tests.validation.disagreement_corpora import (
    ALPHA,
    BETA,
    FIGURE,
    GAMMA,
    ONE_VOICE,
    denies,
    event,
    figure,
    position,
    qualified,
    relation,
    says,
    support,
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
    "soil denied to a group and lent to a member": (
        "WordAndDeed",
        relation(ALPHA, "aids", BETA),
        denies(ALPHA, "aids", "group/friends-of-beta", type="PredictiveClaim"),
    ),
    "never permitted, and happening on its soil": (
        "WordAndDeed",
        relation("action/base", "manifestedIn", "event/raid"),
        says(
            {"type": "Denial", "subject": ALPHA, "property": "enables", "object": "action/base"},
            {"id": "action/base", "type": "ProposedAction", "place": ALPHA},
            type="PredictiveClaim",
            modality="Denied",
        ),
    ),
    "ruled out and happening on its soil": (
        "WordAndDeed",
        relation("action/base", "manifestedIn", "event/raid"),
        {
            "type": "PredictiveClaim",
            "asserts": [
                {"id": ALPHA, "rejects": "action/base"},
                {"id": "action/base", "type": "ProposedAction", "place": ALPHA},
            ],
        },
    ),
    "officials against their state": (
        "DiscordantVoices",
        relation(ALPHA, "alliedWith", BETA),
        relation("group/officials-of-alpha", "hostileTo", BETA),
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
    "values": ("DivergingValues", figure(value=3, date="1999"), figure(value=4, date="1999")),
    "ranges": ("DivergingValues", figure(value=3), figure(lowerValue=4, upperValue=5)),
    "mediator and supporter": ("RoleConflict", MEDIATES, support(ALPHA)),
    "neutral and supporter": ("RoleConflict", relation(GAMMA, "isNeutralIn", "event/war"), support(ALPHA)),
    "supporter of both": ("RoleConflict", support(ALPHA), support(BETA)),
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
    "upholder of one, supporter of the other": (
        "RoleConflict",
        relation(GAMMA, "respectsTerritorialIntegrityOf", BETA),
        support(ALPHA),
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
    "favoured and rejected": (
        "OpposedPositions",
        position(ALPHA, "favours", type="NormativeClaim"),
        position(BETA, "rejects", type="NormativeClaim"),
    ),
    "positions that others report": (
        "OpposedPositions",
        position(ALPHA, "favours", holder=GAMMA),
        position(BETA, "rejects", holder=GAMMA),
    ),
    "options that exclude each other": (
        "OpposedPositions",
        position(ALPHA, "favours"),
        position(BETA, "favours", "option/free-passage"),
    ),
    "a figure that rests on an option": (
        "OpposedPositions",
        position(ALPHA, "favours"),
        says(
            {"id": "#p", "type": "Position", "positionOf": BETA, "favours": "#f"},
            {**FIGURE, "id": "#f", "value": 3, "basedOn": "option/free-passage"},
        ),
    ),
    "pursued and opposed": (
        "OpposedPositions",
        relation(ALPHA, "pursuesPolicy", "policy/opening"),
        relation(BETA, "opposes", "policy/opening"),
    ),
    "advised and rejected": (
        "OpposedPositions",
        says(
            {"id": "#r", "type": "Recommendation", "addressee": BETA, "recommendsAction": "action/base"},
            holder=ALPHA,
            authorStance="Reports",
            type="NormativeClaim",
        ),
        relation(BETA, "rejects", "action/base"),
    ),
    "mediation that a party rejects": (
        "OpposedPositions",
        relation("event/talks", "mediator", GAMMA),
        relation(BETA, "rejects", "event/talks"),
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
    "word, then deed": (
        "WordAndDeed",
        relation(ALPHA, "aids", BETA, period="2015"),
        denies(ALPHA, "aids", BETA, type="PredictiveClaim", period="2012"),
    ),
    "siding with a party in no conflict that is named": (
        "RoleConflict",
        says(
            WAR,
            {"id": GAMMA, "mediatesIn": "event/war"},
        ),
        relation(GAMMA, "sidesWith", ALPHA),
    ),
    "sides with one party, friend of the other": (
        "RoleConflict",
        says(WAR, {"id": GAMMA, "sidesWith": ALPHA}),
        relation(BETA, "hasCloseRelationsWith", GAMMA),
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
}

NO_CASES: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "ruled out, and happening elsewhere": (
        relation("action/base", "manifestedIn", "event/raid"),
        {
            "type": "PredictiveClaim",
            "asserts": [
                {"id": ALPHA, "rejects": "action/base"},
                {"id": "action/base", "type": "ProposedAction", "place": BETA},
            ],
        },
    ),
    "officials of another state": (
        relation(GAMMA, "alliedWith", BETA),
        relation("group/officials-of-alpha", "hostileTo", BETA),
    ),
    "denial of the narrower": (
        relation(ALPHA, "cooperatesWith", BETA),
        denies(ALPHA, "cooperatesMilitarilyWith", BETA),
    ),
    "denial for another time": (
        relation(ALPHA, "aids", BETA, period="1991"),
        denies(ALPHA, "aids", BETA, period="2001"),
    ),
    "denial in the other direction": (relation(ALPHA, "aids", BETA), denies(BETA, "aids", ALPHA)),
    "tension at different times": (
        relation(ALPHA, "supports", BETA, period="1990/1992"),
        relation(ALPHA, "opposes", BETA, period="1993/.."),
    ),
    "tension in different directions": (relation(ALPHA, "supports", BETA), relation(BETA, "opposes", ALPHA)),
    "tension towards others": (relation(ALPHA, "supports", BETA), relation(ALPHA, "opposes", GAMMA)),
    "two explanations": (
        relation(ALPHA, "hasCloseRelationsWith", BETA, type="CausalClaim"),
        relation(ALPHA, "hasTenseRelationsWith", BETA, type="CausalClaim"),
    ),
    "two explanations by quality": (
        relation("relationship/alpha-beta", "relationshipQuality", "CloseRelations", type="CausalClaim"),
        relation("relationship/alpha-beta", "relationshipQuality", "TenseRelations", type="CausalClaim"),
    ),
    "what is and what ought to be": (
        relation(ALPHA, "opposes", BETA),
        relation(ALPHA, "supports", BETA, type="NormativeClaim"),
    ),
    "what is and what will be": (
        relation(ALPHA, "opposes", BETA),
        relation(ALPHA, "supports", BETA, type="PredictiveClaim"),
    ),
    "a year and a day in it": (event("1992"), event("1992-05-04")),
    "figures of different years": (figure(value=3, date="1999"), figure(value=4, date="2000")),
    "figures on different bases": (
        figure(value=3, basedOn=ALPHA),
        figure(value=4, basedOn=BETA),
    ),
    "figures in different units": (figure(value=3), figure(value=4, unit="Percent")),
    "more than three, and four": (figure(value=3, comparator="MoreThan"), figure(value=4)),
    "about": (figure(value=100, comparator="About"), figure(value=105)),
    "mediator in one conflict, supporter in another": (MEDIATES, support(ALPHA, "event/battle")),
    "mediator, and supporter long after": ({**MEDIATES, "period": "1992"}, support(ALPHA, period="2020")),
    "causes of different things": (
        relation("factor/oil", "strengthens", "goal/union"),
        relation("factor/oil", "weakens", "relationship/alpha-beta"),
    ),
    "denial of an effect on a part": (
        relation("factor/oil", "strengthens", WHOLE),
        denies("factor/oil", "strengthens", PART),
    ),
    "effects of the same sign on whole and part": (
        relation("factor/oil", "strengthens", WHOLE),
        relation("factor/oil", "strengthens", PART),
    ),
    "friendly, and feeling threatened": (
        relation(ALPHA, "friendlyTo", BETA),
        relation(ALPHA, "perceivesThreatFrom", BETA),
    ),
    "one thing with components that exclude each other": (
        relation("factor/oil", "hasComponent", "factor/trust"),
        relation("factor/oil", "hasComponent", "factor/mistrust"),
    ),
    "exclusive factors of different things": (
        relation("factor/trust", "situationOf", WHOLE),
        relation("factor/mistrust", "situationOf", ALPHA),
    ),
    "exclusive accounts at different times": (
        relation("factor/trust", "situationOf", WHOLE, period="1991"),
        relation("factor/mistrust", "situationOf", WHOLE, period="2001"),
    ),
    "what furthers and what excludes it hinders": (
        relation("factor/trust", "strengthens", WHOLE),
        relation("factor/mistrust", "weakens", WHOLE),
    ),
    "one cause that furthers this and hinders its opposite": (
        relation("factor/oil", "strengthens", "factor/trust"),
        relation("factor/oil", "weakens", "factor/mistrust"),
    ),
    "mediator who upholds a party's integrity": (
        MEDIATES,
        relation(GAMMA, "respectsTerritorialIntegrityOf", BETA),
    ),
    "upholder and supporter of one party": (
        relation(GAMMA, "respectsTerritorialIntegrityOf", ALPHA),
        support(ALPHA),
    ),
    "upholder of one, supporter of the other in no conflict": (
        relation(GAMMA, "respectsTerritorialIntegrityOf", BETA),
        relation(GAMMA, "supports", ALPHA),
    ),
    "nearly, and rounded": (figure(value=100, comparator="Nearly"), figure(value=100)),
    "more than, and rounded": (figure(value=100, comparator="MoreThan"), figure(value=100)),
    "yearly, and twice as much in both years": (
        figure(value=100, perPeriod="P1Y", date="2015/2016"),
        figure(value=200, date="2015/2016"),
    ),
    "what a holder says in general, and its exception": (
        relation(ALPHA, "alliedWith", BETA, **ONE_VOICE, period="1991/.."),
        relation(ALPHA, "enemyOf", BETA, **ONE_VOICE, period="1992/1993"),
    ),
    "quality in general, and its exception": (
        relation(WHOLE, "relationshipQuality", "CloseRelations", **ONE_VOICE, period="1991/.."),
        relation(WHOLE, "relationshipQuality", "TenseRelations", **ONE_VOICE, period="1992/1993"),
    ),
    "denial of an effect on the whole": (
        relation("factor/oil", "strengthens", PART),
        denies("factor/oil", "strengthens", WHOLE),
    ),
    "sides with one party, ally of a third": (
        says(WAR, {"id": GAMMA, "sidesWith": ALPHA}),
        relation(GAMMA, "alliedWith", "group/friends-of-beta"),
    ),
    "supports one party, friend of the other": (
        says(WAR, {"id": GAMMA, "supports": ALPHA}),
        relation(BETA, "hasCloseRelationsWith", GAMMA),
    ),
    "one who furthers a decline and another who furthers relations": (
        relation("factor/trust", "strengthens", WHOLE),
        says({"id": "factor/oil", "contributesTo": "event/estrangement"}, ESTRANGEMENT),
    ),
    "relies on one thing, belongs to what it excludes": (
        relation(ALPHA, "reliesOn", "factor/trust"),
        relation(ALPHA, "memberOf", "factor/mistrust"),
    ),
    "denial of a degree": (
        relation(ALPHA, "aids", BETA),
        says(
            {"type": "Denial", "subject": ALPHA, "property": "aids", "object": BETA},
            qualified(ALPHA, "aids", BETA, "OnlyDegree"),
            modality="Denied",
        ),
    ),
    "soil denied to one state and lent to another": (
        relation(ALPHA, "aids", BETA),
        denies(ALPHA, "aids", GAMMA, type="PredictiveClaim"),
    ),
    "deed that was over before the word": (
        relation(ALPHA, "aids", BETA, period="2003"),
        denies(ALPHA, "aids", BETA, type="PredictiveClaim", period="2012"),
    ),
    "government and state in one claim": (
        relation("organization/government-of-alpha", "alliedWith", BETA),
        relation("organization/government-of-alpha", "recognizes", BETA),
    ),
    "support that is tied to no conflict": (
        says(
            WAR,
            {"id": GAMMA, "mediatesIn": "event/war"},
        ),
        relation(GAMMA, "supports", ALPHA),
    ),
    "nearly and more than": (
        figure(value=100, comparator="Nearly"),
        figure(value=100, comparator="MoreThan"),
    ),
    "a majority, and nine tenths": (
        figure(value=50, unit="Percent", comparator="MoreThan"),
        figure(value=90, unit="Percent", comparator="MoreThan"),
    ),
    "shares of different wholes": (figure(value=3, shareOf=ALPHA), figure(value=4, shareOf=BETA)),
    "bibliography": (event("2017-11-30", "work/book"), event("2017-12-02", "work/book")),
    "one actor's change of mind": (
        position(ALPHA, "favours"),
        position(ALPHA, "favours", "option/free-passage"),
    ),
    "positions on different issues": (
        position(ALPHA, "favours"),
        position(BETA, "rejects", onIssue="issue/harbour"),
    ),
    "options that go together": (position(ALPHA, "favours"), position(BETA, "favours", "option/pilots")),
    "positions at different times": (
        position(ALPHA, "favours", period="1991"),
        position(BETA, "rejects", period="2001"),
    ),
    "an actor opposed, and followed": (
        relation(ALPHA, "seeks", "goal/union"),
        relation(BETA, "opposes", ALPHA),
    ),
    "one voice with two causes": (
        relation("factor/oil", "causes", "event/union", type="CausalClaim", **ONE_VOICE),
        relation("factor/trust", "causes", "event/union", type="CausalClaim", **ONE_VOICE),
    ),
    "causes among others": (
        says(
            {"id": "factor/oil", "causes": "event/union"},
            {"id": "goal/union", "contributesTo": "event/union"},
            type="CausalClaim",
        ),
        relation(
            "factor/trust", "causes", "event/union", type="CausalClaim", holder=ALPHA, authorStance="Reports"
        ),
    ),
    "cause and its part": (
        says(
            {"id": "factor/oil", "causes": "event/union", "hasComponent": "factor/trust"},
            type="CausalClaim",
        ),
        relation(
            "factor/trust", "causes", "event/union", type="CausalClaim", holder=ALPHA, authorStance="Reports"
        ),
    ),
    "means to one goal": (
        relation(
            "factor/oil",
            "contributesTo",
            "goal/union",
            type="CausalClaim",
            holder=ALPHA,
            authorStance="Reports",
        ),
        relation("factor/trust", "contributesTo", "goal/union", type="CausalClaim"),
    ),
    "strongly, and unqualified": (to_degree(ALPHA, "aids", BETA, "Strongly"), relation(ALPHA, "aids", BETA)),
    "all of one thing, some of another": (
        to_degree(ALPHA, "controls", "place/isle", "Wholly"),
        to_degree(ALPHA, "controls", "place/port", "Partly"),
    ),
    "the same states, named in other roles": (
        says({"id": "event/talks", "actor": ALPHA, "participant": BETA}),
        says({"id": "event/talks", "participant": [ALPHA, BETA]}),
    ),
    "states that have nothing in common": (
        says({"id": "event/talks", "participant": [GAMMA]}),
        says({"id": "event/talks", "participant": [ALPHA, BETA]}),
    ),
    "short lists": (
        relation("goal/union", "hasComponent", ["factor/oil", "factor/trust"]),
        relation("goal/union", "hasComponent", ["factor/oil", "goal/trade"]),
    ),
    "lists of one order or another": (
        relation("goal/union", "hasComponent", ["factor/oil", "factor/trust", "goal/peace"]),
        relation("goal/union", "hasComponent", ["goal/peace", "factor/trust", "factor/oil"]),
    ),
    "cause and effect swapped": (
        relation("factor/oil", "strengthens", "goal/union"),
        relation("goal/union", "weakens", "factor/oil"),
    ),
}

"""Pairs of claims that rules of positions, sides, words and deeds find."""

from __future__ import annotations

from tests.validation.disagreement_cases import MEDIATES, PART, WAR, WHOLE
from tests.validation.disagreement_corpora import (
    ALPHA,
    BETA,
    FIGURE,
    GAMMA,
    denies,
    position,
    reading,
    relation,
    says,
    support,
)

STANCE_CASES: dict[str, tuple[str, dict[str, object], dict[str, object]]] = {
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
    "mediator and supporter": ("RoleConflict", MEDIATES, support(ALPHA)),
    "neutral and supporter": ("RoleConflict", relation(GAMMA, "isNeutralIn", "event/war"), support(ALPHA)),
    "supporter of both": ("RoleConflict", support(ALPHA), support(BETA)),
    "upholder of one, supporter of the other": (
        "RoleConflict",
        relation(GAMMA, "respectsTerritorialIntegrityOf", BETA),
        support(ALPHA),
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
    "readings of two texts": ("OpposedPositions", reading("option/toll"), reading("option/free-passage")),
    "a work and an author": (
        "OpposedPositions",
        reading("option/toll", positionOf="work/book"),
        reading("option/free-passage"),
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
        says(WAR, {"id": BETA, "hasCloseRelationsWith": GAMMA}),
    ),
    "a right to one, a threat to another": (
        "OpposedPositions",
        says(
            {
                "id": "#a",
                "type": "Appraisal",
                "appraiser": ALPHA,
                "appraised": "policy/opening",
                "verdict": "Legitimate",
            }
        ),
        relation(BETA, "perceivesThreatFrom", "policy/opening"),
    ),
    "a right on an issue, and a threat in it": (
        "OpposedPositions",
        position(ALPHA, "favours"),
        says(
            {
                "id": "#t",
                "type": "ThreatPerception",
                "perceiver": BETA,
                "perceived": "event/union",
                "concerns": "issue/canal",
            },
        ),
    ),
    "a part defended, the whole criticized": (
        "OpposedPositions",
        says({"id": "#p", "type": "Position", "positionOf": ALPHA, "favours": PART}),
        relation(BETA, "criticizes", WHOLE),
    ),
    "pursued, and what excludes it advised": (
        "OpposedPositions",
        relation(ALPHA, "seeks", "option/toll"),
        position(BETA, "favours", "option/free-passage"),
    ),
    "a report, and who rejects it": (
        "OpposedPositions",
        says({"id": "event/talks", "type": "Statement", "actor": ALPHA}),
        relation(BETA, "rejects", "event/talks"),
    ),
    "each sees the threat in the other": (
        "OpposedPositions",
        relation(ALPHA, "perceivesThreatFrom", BETA),
        relation(BETA, "perceivesThreatFrom", ALPHA),
    ),
    "a threat from one, and from its ties with a third": (
        "OpposedPositions",
        says(
            {"id": ALPHA, "perceivesThreatFrom": WHOLE},
            {"id": WHOLE, "type": "Relationship", "party": [BETA, GAMMA]},
        ),
        relation(BETA, "perceivesThreatFrom", ALPHA),
    ),
    "aid, or what is feared": (
        "OpposedPositions",
        says(
            {"id": "group/friends-of-beta", "aids": "group/officials-of-alpha", "operates": "factor/oil"},
            {"id": "#aid", "type": "AidProvision", "actor": "group/friends-of-beta", "place": ALPHA},
        ),
        relation(ALPHA, "perceivesThreatFrom", "factor/oil"),
    ),
    "no growth, and what will further it": (
        "OpposedPositions",
        relation("factor/trust", "strengthens", WHOLE, type="PredictiveClaim"),
        says(
            {
                "type": "Denial",
                "subject": PART,
                "property": "relationshipQuality",
                "object": "ExpandingRelations",
            },
            type="PredictiveClaim",
            modality="Denied",
        ),
    ),
    "one policy declared, another pursued": (
        "WordAndDeed",
        relation(ALPHA, "promotes", "factor/trust"),
        says(
            {
                "id": "#s",
                "type": "Statement",
                "actor": "group/officials-of-alpha",
                "declares": "factor/mistrust",
            }
        ),
    ),
    "said to side with both": (
        "RoleConflict",
        says(WAR, {"id": GAMMA, "sidesWith": ALPHA}),
        relation(GAMMA, "sidesWith", BETA),
    ),
}

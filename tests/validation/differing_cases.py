"""Pairs of claims that differ and do not clash."""

from __future__ import annotations

from tests.validation.disagreement_cases import ESTRANGEMENT, MEDIATES, PART, WAR, WHOLE
from tests.validation.disagreement_corpora import (
    ALPHA,
    BETA,
    GAMMA,
    ONE_VOICE,
    denies,
    event,
    figure,
    position,
    qualified,
    reading,
    relation,
    says,
    support,
    to_degree,
)

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
    "a worry about what another only pursues": (
        relation(ALPHA, "pursuesPolicy", "policy/opening"),
        relation(BETA, "concernedAbout", "policy/opening"),
    ),
    "a threat that concerns another issue": (
        position(ALPHA, "favours"),
        says(
            {
                "id": "#t",
                "type": "ThreatPerception",
                "perceiver": BETA,
                "perceived": "event/union",
                "concerns": "issue/harbour",
            },
        ),
    ),
    "a part criticized, the whole defended": (
        says({"id": "#p", "type": "Position", "positionOf": ALPHA, "favours": WHOLE}),
        relation(BETA, "criticizes", PART),
    ),
    "threats from a third": (
        relation(ALPHA, "perceivesThreatFrom", GAMMA),
        relation(BETA, "perceivesThreatFrom", ALPHA),
    ),
    "aid of a state that is feared": (
        says(
            {"id": GAMMA, "aids": BETA}, {"id": "#aid", "type": "AidProvision", "actor": GAMMA, "place": BETA}
        ),
        relation(BETA, "perceivesThreatFrom", GAMMA),
    ),
    "no growth to come, and growth now": (
        relation(WHOLE, "relationshipQuality", "ExpandingRelations"),
        says(
            {
                "type": "Denial",
                "subject": WHOLE,
                "property": "relationshipQuality",
                "object": "ExpandingRelations",
            },
            type="PredictiveClaim",
            modality="Denied",
        ),
    ),
    "sides with one party, friend of the other elsewhere": (
        says(WAR, {"id": GAMMA, "sidesWith": ALPHA}),
        relation(BETA, "hasCloseRelationsWith", GAMMA),
    ),
    "a cause called foremost, and a cause at times": (
        says(
            {"id": "factor/oil", "contributesTo": "event/union"},
            {"id": "goal/peace", "contributesTo": "event/union"},
            qualified("factor/oil", "contributesTo", "event/union", "AmongMain"),
            type="CausalClaim",
        ),
        says(
            {"id": "factor/trust", "contributesTo": "event/union"},
            {"id": "goal/trade", "contributesTo": "event/union"},
            type="CausalClaim",
            degree="AtTimes",
        ),
    ),
    "two of the most important factors": (
        says(
            {"id": "factor/oil", "furthers": "goal/union"},
            qualified("factor/oil", "furthers", "goal/union", "AmongMain"),
        ),
        says(
            {"id": "factor/trust", "furthers": "goal/union"},
            qualified("factor/trust", "furthers", "goal/union", "MainDegree"),
        ),
    ),
    "means and end": (
        relation("factor/oil", "enables", "goal/union", type="CausalClaim"),
        relation("goal/union", "motivates", "factor/oil", type="CausalClaim"),
    ),
    "parts of a relationship that differ": (
        relation(PART, "relationshipQuality", "ExpandingRelations"),
        relation("relationship/alpha-beta-economic", "relationshipQuality", "LowLevelRelations"),
    ),
    "a policy that officials of another state declare": (
        relation(BETA, "promotes", "factor/trust"),
        says(
            {
                "id": "#s",
                "type": "Statement",
                "actor": "group/officials-of-alpha",
                "declares": "factor/mistrust",
            }
        ),
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
    "one reading of two texts": (reading("option/toll"), reading("option/toll")),
    "readings that go together": (reading("option/toll"), reading("option/pilots")),
    "theories with means in common": (
        says({"id": "theory/contact", "explanandum": "event/union", "explanans": "factor/oil"}),
        says(
            {"id": "theory/gain", "explanandum": "event/union", "explanans": ["factor/oil", "factor/trust"]}
        ),
    ),
    "theories of different things": (
        says({"id": "theory/contact", "explanandum": "event/union", "explanans": "factor/trust"}),
        says({"id": "theory/gain", "explanandum": "event/partition", "explanans": "factor/oil"}),
    ),
    "two members, and two others": (
        says(*({"id": each, "memberOf": "group/friends-of-beta"} for each in (ALPHA, BETA))),
        says(*({"id": each, "memberOf": "group/friends-of-beta"} for each in (ALPHA, GAMMA))),
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
    "two aims named by those who declare them": (
        relation(
            ALPHA, "promotes", "factor/trust", holder="group/officials-of-alpha", authorStance="Reports"
        ),
        says(
            {
                "id": "#s",
                "type": "Statement",
                "actor": "group/officials-of-alpha",
                "declares": "factor/mistrust",
            }
        ),
    ),
}

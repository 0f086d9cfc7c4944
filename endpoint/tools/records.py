"""Claims and disputes as tools hand them out: projected, with the IRI of everything that has a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypedDict

from araxes.endpoint.tools.asking import Asker, Row, nodes
from araxes.ontology.namespaces import AX
from araxes.validation.disagreement.words_of_time import date_in_words

MOST_PASSAGES = 3
"""Passages of a claim that are given beside other claims."""

MOST_DATES = 4
"""Dates of what a claim speaks of that are given in words."""

MOST_HOLDERS = 12
"""Holders and sources of a position that are named."""

_INHERITED = AX + "InheritedHorizon"


class ThingCalled(TypedDict):
    """A thing with what it is called."""

    iri: str
    name: str


class PassagePlace(TypedDict):
    """Where a passage stands: IRI of the text, first code point and the one past the last."""

    text: str
    start: int
    end: int


class Claim(TypedDict):
    """A claim.

    Attributes:
        iri: its name.
        says: what it says, in the curators' words.
        holders: whose view it is.
        source: where it stands.
        stance: how the author stands to it.
        certainty: how firmly it is said.
        modality: asserted, denied, possible …
        time: of which it speaks, in words; else dates of what it speaks of, at most :data:`MOST_DATES`;
            empty where the text says none.
        period: the time of which the whole claim speaks, in EDTF.
        passages: where it stands, at most :data:`MOST_PASSAGES`.
        disputes: in which it takes part.
    """

    iri: str
    says: str
    holders: list[ThingCalled]
    source: ThingCalled
    stance: str
    certainty: str
    modality: str
    time: str
    period: str
    passages: list[PassagePlace]
    disputes: list[str]


class PositionTaken(TypedDict):
    """An answer to the question of a dispute.

    Attributes:
        iri: its name.
        answer: in words.
        holders: who gives it, at most :data:`MOST_HOLDERS`.
        holder_count: how many there are.
        sources: where it stands, likewise.
        claims: that stand for it.
        claim_count: how many there are.
    """

    iri: str
    answer: str
    holders: list[ThingCalled]
    holder_count: int
    sources: list[ThingCalled]
    claims: list[str]
    claim_count: int


class DisputeRecord(TypedDict):
    """A question to which claims give different answers, with every position."""

    iri: str
    question: str
    kind: str
    strength: str
    would_settle: str
    positions: list[PositionTaken]


def claims(asker: Asker, iris: Sequence[str]) -> list[Claim]:
    """The claims of some IRIs, in their order; those that are none are left out."""
    if not iris:
        return []
    values: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    described = asker.rows(_described(iris))
    called = asker.labels(row["value"] for row in described if "language" not in row)
    for row in described:
        name = called.get(row["value"], row["value"])
        values[row["claim"]][row["p"].removeprefix(AX)].append({**row, "name": name})
    passages: dict[str, list[PassagePlace]] = defaultdict(list)
    for row in asker.rows(
        f"""SELECT ?claim ?text ?start ?end {{ VALUES ?claim {{ {nodes(list(iris))} }}
          ?claim ax:passage ?passage . ?passage oa:hasSource ?text ; oa:hasSelector ?place .
          ?place oa:start ?start ; oa:end ?end }} ORDER BY ?text ?start"""
    ):
        passages[row["claim"]].append(
            {"text": row["text"], "start": int(row["start"]), "end": int(row["end"])}
        )
    disputes, within = disputes_of(asker, iris), _dates_within(asker, iris)
    found = (_claim(iri, values[iri], asker.language, within[iri]) for iri in iris if iri in values)
    return [
        {**claim, "passages": passages[claim["iri"]][:MOST_PASSAGES], "disputes": disputes[claim["iri"]]}
        for claim in found
    ]


def _described(iris: Sequence[str]) -> str:
    return f"""SELECT ?claim ?p ?value (LANG(?value) AS ?language) {{
      VALUES ?claim {{ {nodes(list(iris))} }} ?claim a ax:Claim ; ?p ?value .
      FILTER (?p IN (ax:paraphrase, ax:holder, ax:source, ax:authorStance, ax:certainty, ax:modality,
                     ax:period, ax:periodBasis)) }} ORDER BY ?claim ?p ?value"""


def _dates_within(asker: Asker, iris: Sequence[str]) -> dict[str, list[str]]:
    """Claim → the dates (EDTF) of what it speaks of, the earliest first, where it holds by these."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in asker.rows(
        f"""SELECT DISTINCT ?claim ?date ?first {{ VALUES ?claim {{ {nodes(list(iris))} }}
          ?claim ax:periodBasis ax:DatedStatements . GRAPH ?claim {{ ?dated ax:date ?date }}
          OPTIONAL {{ GRAPH ?claim {{ ?dated ax:earliest ?first }} }} }} ORDER BY ?claim ?first ?date"""
    ):
        if row["date"] not in found[row["claim"]]:
            found[row["claim"]].append(row["date"])
    return found


def _claim(iri: str, values: dict[str, list[Row]], language: str, within: list[str]) -> Claim:
    def named(name: str) -> list[ThingCalled]:
        once = {row["value"]: row["name"] for row in values[name]}
        return [{"iri": value, "name": label} for value, label in once.items()]

    def one(name: str) -> str:
        return next((row["name"] for row in values[name]), "")

    said = sorted(values["paraphrase"], key=lambda row: (row.get("language") != language, row["value"]))
    inherited = any(row["value"] == _INHERITED for row in values["periodBasis"])
    period = "" if inherited else one("period")
    times = [period] if period else within
    return {
        "iri": iri,
        "says": said[0]["value"] if said else "",
        "holders": named("holder"),
        "source": (named("source") or [ThingCalled(iri="", name="")])[0],
        "stance": one("authorStance"),
        "certainty": one("certainty"),
        "modality": one("modality"),
        "time": "; ".join(date_in_words(date, language) for date in times[:MOST_DATES]),
        "period": period,
        "passages": [],
        "disputes": [],
    }


def disputes_of(asker: Asker, iris: Iterable[str]) -> dict[str, list[str]]:
    """Claim → the disputes in which it takes part."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in asker.rows(
        f"""SELECT DISTINCT ?claim ?dispute {{ VALUES ?claim {{ {nodes(list(iris))} }}
          ?dispute ax:comparedClaim ?claim ; a ax:PointAtIssue }} ORDER BY ?claim ?dispute"""
    ):
        found[row["claim"]].append(row["dispute"])
    return found


def disputes(asker: Asker, iris: Iterable[str]) -> list[DisputeRecord]:
    """The disputes of some IRIs, each whole, in their order; those that are none are left out."""
    wanted = list(dict.fromkeys(iris))
    if not wanted:
        return []
    about: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    positions: dict[str, list[str]] = defaultdict(list)
    told = asker.rows(
        f"""SELECT ?dispute ?node ?p ?value (LANG(?value) AS ?language) {{
          {{ VALUES ?dispute {{ {nodes(wanted)} }} ?dispute a ax:PointAtIssue ; ?p ?value .
            BIND (?dispute AS ?node) FILTER (?p IN (rdfs:label, ax:strength, ax:wouldSettle)
              || ?value IN (ax:Dispute, ax:Contrast, ax:Inconsistency)) }}
          UNION {{ VALUES ?dispute {{ {nodes(wanted)} }}
            ?dispute a ax:PointAtIssue ; ax:hasDisputePosition ?node . ?node ?p ?value .
            FILTER (?p IN (rdfs:label, ax:comparedHolder, ax:comparedSource, ax:representativeClaim)) }}
          }} ORDER BY ?dispute ?node ?p ?value"""
    )
    called = asker.labels(row["value"] for row in told if "language" not in row)
    for row in told:
        name = called.get(row["value"], row["value"])
        about[row["node"]][row["p"].rpartition("/")[2].rpartition("#")[2]].append({**row, "name": name})
        if row["node"] != row["dispute"] and row["node"] not in positions[row["dispute"]]:
            positions[row["dispute"]].append(row["node"])
    counted = {
        row["node"]: int(row["n"])
        for row in asker.rows(
            f"""SELECT ?node (COUNT(DISTINCT ?claim) AS ?n) {{ VALUES ?dispute {{ {nodes(wanted)} }}
              ?dispute ax:hasDisputePosition ?node . ?node ax:comparedClaim ?claim }} GROUP BY ?node"""
        )
        if "node" in row
    }

    def text(node: str, name: str) -> str:
        rows = sorted(about[node][name], key=lambda row: (row.get("language") != asker.language, row["name"]))
        return rows[0]["name"] if rows else ""

    def named(node: str, name: str) -> list[ThingCalled]:
        return [{"iri": row["value"], "name": row["name"]} for row in about[node][name]]

    def position(node: str) -> PositionTaken:
        return {
            "iri": node,
            "answer": text(node, "label"),
            "holders": named(node, "comparedHolder")[:MOST_HOLDERS],
            "holder_count": len(about[node]["comparedHolder"]),
            "sources": named(node, "comparedSource")[:MOST_HOLDERS],
            "claims": [row["value"] for row in about[node]["representativeClaim"]],
            "claim_count": counted.get(node, 0),
        }

    return [
        {
            "iri": iri,
            "question": text(iri, "label"),
            "kind": text(iri, "type"),
            "strength": text(iri, "strength"),
            "would_settle": text(iri, "wouldSettle"),
            "positions": sorted(
                map(position, positions[iri]), key=lambda each: (-each["claim_count"], each["iri"])
            ),
        }
        for iri in wanted
        if iri in about
    ]

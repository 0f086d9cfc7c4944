"""``compare``: two sources or holders side by side: where they stand against each other, where they agree."""

from __future__ import annotations

from typing import Any, TypedDict

from araxes.endpoint.tools.answers import ToolAnswer, said
from araxes.endpoint.tools.asking import MOST_DISPUTES, Asker, node
from araxes.endpoint.tools.claim_pages import Slice, page, slice_of
from araxes.endpoint.tools.paging import cursor_at, start_of
from araxes.endpoint.tools.records import ThingCalled, claims, disputes
from araxes.endpoint.tools.resolving import meant, unclear
from araxes.endpoint.tools.shown import claim_lines, dispute_lines, notice
from araxes.ontology.namespaces import RDF

PARTS = ("disagree", "agree", "only_first", "only_second")
"""What can be asked for."""

PAGE = 4
"""Disputes or agreements of a page."""


class SharedStatement(TypedDict):
    """A statement that both make: its claims, voices, and the origins that stand behind these."""

    iri: str
    says: str
    claims: list[str]
    voices: int
    origins: int


def compare(asker: Asker, given: dict[str, Any]) -> ToolAnswer:
    """ToolAnswer.

    Raises:
        HttpProblem: the dataset could not be asked.
        ToolError: the cursor is none.
    """
    parties: list[ThingCalled] = []
    for words in (given["first"], given["second"]):
        thing = meant(asker, words)
        if not thing.iri:
            return unclear(thing, asker.language)
        parties.append({"iri": thing.iri, "name": thing.name})
    start = start_of(given.get("cursor"), asker.dataset)
    first, second = (each["iri"] for each in parties)
    part = given.get("part", "disagree")
    between = _disputes_between(asker, first, second)
    agreed = _agreements(asker, first, second)
    counts = {
        "disagree": len(between),
        "agree": len(agreed),
        "first_claims": _count(asker, first),
        "second_claims": _count(asker, second),
    }
    if part == "disagree":
        answer = _disagreeing(asker, between, start)
    elif part == "agree":
        answer = _agreeing(asker, agreed, start)
    else:
        one, other = (first, second) if part == "only_first" else (second, first)
        answer = _alone(asker, one, other, start)
    if not counts["first_claims"] or not counts["second_claims"]:
        silent = parties[0 if not counts["first_claims"] else 1]["name"]
        answer.notice = said(asker.language, "holds_nothing", what=silent)
    elif between:
        answer.notice = notice(len(between), disputes(asker, between[:3]), asker.language)
    line = said(
        asker.language,
        "compared",
        one=parties[0]["name"],
        two=parties[1]["name"],
        **counts,
    )
    answer.lines.insert(0, line)
    disputed = bool(between or answer.data.get("disputed") or answer.data.get("disputes"))
    answer.data |= {"parties": parties, "part": part, "counts": counts, "disputed": disputed}
    return answer


def _count(asker: Asker, party: str) -> int:
    return asker.number(f"SELECT (COUNT(DISTINCT ?claim) AS ?n) {{ {_party(party, 'claim')} }}")


def _party(party: str, variable: str) -> str:
    """A pattern for the claims of a source or holder."""
    return f"?{variable} ax:source|ax:holder {node(party)} ."


def _disputes_between(asker: Asker, first: str, second: str) -> list[str]:
    """Disputes in which the two take different positions."""
    rows = asker.rows(
        f"""SELECT DISTINCT ?dispute {{ ?dispute a ax:PointAtIssue ; ax:hasDisputePosition ?p, ?q .
          FILTER (?p != ?q)
          ?p ax:comparedClaim ?one . ?q ax:comparedClaim ?two .
          {_party(first, "one")} {_party(second, "two")} }} ORDER BY ?dispute LIMIT {MOST_DISPUTES}"""
    )
    return [row["dispute"] for row in rows]


def _agreements(asker: Asker, first: str, second: str) -> list[str]:
    """Corroborations in which claims of both take part, but not one claim alone."""
    rows = asker.rows(
        f"""SELECT DISTINCT ?case {{ ?case a ax:Corroboration ; ax:comparedClaim ?one, ?two .
          FILTER (?one != ?two)
          {_party(first, "one")} {_party(second, "two")} }} ORDER BY ?case LIMIT {MOST_DISPUTES}"""
    )
    return [row["case"] for row in rows]


def _disagreeing(asker: Asker, between: list[str], start: int) -> ToolAnswer:
    whole = disputes(asker, between[start : start + PAGE])
    wanted = [iri for each in whole for position in each["positions"] for iri in position["claims"]]
    records = claims(asker, list(dict.fromkeys(wanted)))
    known = {record["iri"]: record for record in records}
    lines = [line for each in whole for line in dispute_lines(each, known, asker.language)]
    data = {"found": bool(whole), "disputes": whole, "further_claims": records}
    return _paged(
        asker, ToolAnswer(said(asker.language, "no_dispute_between"), lines, data), start, len(between)
    )


def _agreeing(asker: Asker, agreed: list[str], start: int) -> ToolAnswer:
    found = _agreement_rows(asker, agreed[start : start + PAGE])
    records = claims(asker, list(dict.fromkeys(iri for each in found for iri in each["claims"])))
    known = {record["iri"]: record for record in records}
    lines = []
    for each in found:
        lines.append(
            said(asker.language, "agreement", says=each["says"], origins=each["origins"], iri=each["iri"])
        )
        lines += [
            line for iri in each["claims"] if iri in known for line in claim_lines(known[iri], asker.language)
        ]
    touching = [iri for record in records for iri in record["disputes"]]
    whole = disputes(asker, touching)
    lines += [line for each in whole for line in dispute_lines(each, {}, asker.language)]
    data = {"found": bool(found), "agreements": found, "claims": records, "disputes": whole}
    first = notice(len(whole), whole, asker.language)
    return _paged(asker, ToolAnswer(first, lines, data), start, len(agreed))


def _agreement_rows(asker: Asker, iris: list[str]) -> list[SharedStatement]:
    if not iris:
        return []
    found: dict[str, SharedStatement] = {}
    for row in asker.rows(
        f"""SELECT ?case ?says ?claim ?voices ?origins {{ VALUES ?case {{ {" ".join(map(node, iris))} }}
          ?case ax:comparedClaim ?claim ; ax:voiceCount ?voices ; ax:originCount ?origins .
          {asker.label("case", "says")} }} ORDER BY ?case ?claim"""
    ):
        each = found.setdefault(
            row["case"],
            {
                "iri": row["case"],
                "says": row["says"],
                "claims": [],
                "voices": int(row["voices"]),
                "origins": int(row["origins"]),
            },
        )
        if row["claim"] not in each["claims"]:
            each["claims"].append(row["claim"])
    return list(found.values())


def _alone(asker: Asker, one: str, other: str, start: int) -> ToolAnswer:
    """Claims of one party with no statement that a claim of the other makes, and no dispute with it."""
    shared = f"""{_party(one, "claim")} GRAPH ?claim {{ ?s ?p ?o }} GRAPH ?another {{ ?s ?p ?o }}
          {_party(other, "another")} FILTER (?p NOT IN (<{RDF}type>, ax:concerns))"""
    pattern = f"""{_party(one, "claim")}
      MINUS {{ SELECT DISTINCT ?claim {{ {shared} }} }}
      MINUS {{ ?case ax:comparedClaim ?claim, ?rival . {_party(other, "rival")} }}"""
    part = slice_of(asker, pattern, start)
    return page(asker, Slice(part.iris, part.start, part.total, part.disputes))


def _paged(asker: Asker, answer: ToolAnswer, start: int, total: int) -> ToolAnswer:
    following = cursor_at(start + PAGE, asker.dataset) if start + PAGE < total else None
    if following:
        answer.lines.append(said(asker.language, "next", cursor=following))
    answer.data |= {"total": total, "next_cursor": following}
    return answer

"""The whole way through Debian's OpenRefine: create, guess, reconcile, judge, extend, export.

Each fault that was once found with it is asked for by name of what it broke.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from araxes.ontology.namespaces import AX, BASE
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.openrefine_client import OpenRefine, Project, running_openrefine
from tests.requirements_helper import require_tool

SPACES = {"identifierSpace": BASE, "schemaSpace": AX}
EVERYTHING = {"facets": [], "mode": "row-based"}

NAMES = [
    ("Iran", "630", "http://www.wikidata.org/entity/Q794"),
    (" ", "", ""),
    ("Ermənistan", "371", "http://www.wikidata.org/entity/Q399"),
    ("Amerika Birləşmiş Ştatları", "", "http://www.wikidata.org/entity/Q30"),
    ("Россия", "365", "http://www.wikidata.org/entity/Q159"),
    ("ترکيه", "", "https://www.wikidata.org/wiki/Q43"),
    ("Azerbaycan Cumhuriyeti", "", "http://www.wikidata.org/entity/Q227"),
    ("Gürcüstan", "372", "http://www.wikidata.org/entity/Q230"),
]
STATES = [
    "state/iran",
    None,
    "state/armenia",
    "state/united-states",
    "state/russia",
    "state/turkiye",
    "state/azerbaijan",
    "state/georgia",
]
ABSENT = ["İlham Əliyeva", "Heydər Əliyeva", "TAP", "Гейдар Алиева", "World War III"]


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRefine]:
    """OpenRefine, with a data directory of its own."""
    program = require_tool("openrefine")
    with running_openrefine(program, Path(tmp_path_factory.mktemp("openrefine"))) as started:
        yield started


@pytest.fixture(scope="module")
def service(project_server: Server) -> str:
    """The address that somebody adds as a standard service."""
    return f"{project_server.base}/reconcile"


def table(*rows: tuple[str, ...]) -> str:
    """Rows as the text of a table."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def reconcile(
    project: Project, service: str, *, kind: str = "", columns: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Reconcile the column of names; each row's judgment."""
    details = [
        {"column": name, "propertyName": name, "propertyID": prop} for name, prop in (columns or {}).items()
    ]
    config = {
        "mode": "standard-service",
        "service": service,
        **SPACES,
        "type": {"id": kind, "name": kind} if kind else None,
        "autoMatch": True,
        "columnDetails": details,
        "limit": 0,
    }
    project.apply(
        {"op": "core/recon", "engineConfig": EVERYTHING, "columnName": "name", "config": config},
    )
    return [row[0].get("r", {}) for row in project.rows()]


def extended(project: Project, service: str, *names: str) -> list[list[Any]]:
    """Add columns of properties to the reconciled names; the new cells of each row.

    OpenRefine appends new cells to a row, wherever it shows their column.
    """
    before = max(len(row) for row in project.rows())
    project.apply(
        {
            "op": "core/extend-reconciled-data",
            "engineConfig": EVERYTHING,
            "baseColumnName": "name",
            "endpoint": service,
            **SPACES,
            "extension": {"properties": [{"id": name, "name": name} for name in names]},
            "columnInsertIndex": 1,
        }
    )
    rows = [row[before:] for row in project.rows()]
    return [row + [{}] * (len(names) - len(row)) for row in rows]


def use_as_identifiers(project: Project, service: str) -> None:
    """Take the values of the column as ids, unasked."""
    project.apply(
        {
            "op": "core/recon-use-values-as-identifiers",
            "engineConfig": EVERYTHING,
            "columnName": "name",
            "service": service,
            **SPACES,
        }
    )


def matched(judgment: dict[str, Any]) -> str | None:
    """The id that was taken by itself or chosen."""
    return str(judgment["m"]["id"]) if judgment.get("j") == "matched" else None


@pytest.fixture(scope="module")
def states(refine: OpenRefine) -> Project:
    """States in several languages, one blank among them."""
    return refine.create("states", table(("name", "code", "item"), *NAMES))


def test_types_are_guessed_though_a_cell_is_blank(states: Project, service: str) -> None:
    assert states.guess_types("name", service)[0] == "State"


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("", {}),
        ("State", {}),
        ("State", {"code": "cowCode"}),
        ("State", {"item": "wikidata"}),
        ("State", {"code": "cowCode", "item": "wikidata"}),
    ],
)
def test_states_are_matched_by_name_and_columns(
    states: Project, service: str, kind: str, columns: dict[str, str]
) -> None:
    """A name that is written the same, a code, or an item's IRI: none stands in the way of another."""
    assert [matched(one) for one in reconcile(states, service, kind=kind, columns=columns)] == STATES


def test_the_table_is_extended_and_exported(states: Project, service: str) -> None:
    """Classes and codes are text, entities are entities, to be extended again; the export has all."""
    reconcile(states, service, kind="State")
    cells = extended(states, service, "type", "capital", "iso3166Alpha3", "label_ru")
    kind, capital, code, label = cells[6]
    assert (kind["v"], kind["r"]) == ("state", {})
    assert (capital["v"], capital["r"]["m"]["id"]) == ("Baku", "place/baku")
    assert (code["v"], label["v"]) == ("AZE", "Азербайджан")
    assert [bool(row[0].get("v")) for row in cells] == [bool(state) for state in STATES]
    rows = list(csv.DictReader(io.StringIO(states.export("csv"))))
    # OpenRefine writes what a matched cell means.
    assert [row["name"] for row in rows][:4] == ["Iran", " ", "Armenia", "United States"]
    # OpenRefine names the columns by what the answer calls the properties, not by their ids.
    assert {"kind", "Russian label"} <= rows[6].keys()
    assert {"AZE", "Baku", "Азербайджан"} <= set(rows[6].values())
    for form, beginning in (("tsv", "name\t"), ("html", "<html>")):
        assert states.export(form).lstrip().startswith(beginning)


def test_one_bad_id_leaves_its_neighbours_alone(refine: OpenRefine, service: str) -> None:
    ids = ["state/iran", "ARM", "state/armenia", "state/nowhere"]
    project = refine.create("ids", table(("name", "row"), *((name, "1") for name in ids)))
    use_as_identifiers(project, service)
    cells = extended(project, service, "label_en", "iso3166Alpha3")
    assert [row[0].get("v") for row in cells] == ["Iran", None, "Armenia", None]
    assert [row[1].get("v") for row in cells] == ["IRN", None, "ARM", None]


def test_ids_and_addresses_are_matched(refine: OpenRefine, service: str) -> None:
    names = ["state/iran", "organization/bbc", f"{BASE}place/baku", "Q399"]
    project = refine.create("addresses", table(("name", "row"), *((name, "1") for name in names)))
    assert [matched(one) for one in reconcile(project, service)] == [
        "state/iran",
        "organization/bbc",
        "place/baku",
        "state/armenia",
    ]


def test_what_is_absent_is_left_to_people(refine: OpenRefine, service: str) -> None:
    """Nothing is matched by itself; whoever knows better chooses, and the choice is extended."""
    project = refine.create("absent", table(("name", "row"), *((name, "1") for name in ABSENT)))
    judged = reconcile(project, service)
    assert [matched(one) for one in judged] == [None] * len(ABSENT)
    chosen = next(one for one in judged[0]["c"] if one["id"] == "person/ilham-aliyev")
    project.judge(0, 0, chosen, SPACES)
    assert [matched(row[0]["r"]) for row in project.rows()] == ["person/ilham-aliyev", *[None] * 4]
    assert [row[0].get("v") for row in extended(project, service, "label_en")][:2] == ["Ilham Aliyev", None]


def test_a_kind_in_a_column_tells_namesakes_apart(refine: OpenRefine, service: str) -> None:
    rows = [("Nakhchivan", "City"), ("Nakhchivan", "AdministrativeUnit")]
    project = refine.create("kinds", table(("name", "kind"), *rows))
    judged = reconcile(project, service, columns={"kind": "type"})
    assert [(one.get("m") or one["c"][0])["id"] for one in judged] == [
        "place/nakhchivan-city",
        "place/nakhchivan",
    ]


def test_times_are_dates_and_statements_keep_their_periods(refine: OpenRefine, service: str) -> None:
    names = ["event/second-nagorno-karabakh-war", "place/baku"]
    project = refine.create("times", table(("name", "row"), *((name, "1") for name in names)))
    use_as_identifiers(project, service)
    (earliest, _), *places = extended(project, service, "earliest", "locatedIn")[:3]
    (place,) = (cell for _, cell in places if cell["v"].startswith("Russian Empire"))
    assert earliest["t"] == "date"
    assert earliest["v"].startswith("2020-")
    assert place["r"]["m"]["id"] == "historical-state/russian-empire"
    assert place["v"].startswith("Russian Empire (")


def test_what_its_pages_ask_of_the_service(project_server: Server) -> None:
    """Properties in its dialogues, by prefix and kind; the previews in its frames."""

    def ids(path: str, key: str) -> list[str]:
        return [one["id"] for one in project_server.get(path).json()[key]]

    suggest = "/reconcile/suggest/property?spell=always&exact=false&prefixed=true&prefix="
    assert "capital" in ids(suggest + "capital", "result")
    assert {"cowCode", "gwCode"} <= set(ids(suggest + "code", "result"))
    proposed = {kind: ids(f"/reconcile/propose?type={kind}", "properties") for kind in ("State", "Person")}
    assert "cowCode" in proposed["State"]
    assert "cowCode" not in proposed["Person"]
    manifest = project_server.get("/reconcile").json()
    assert manifest["batchSize"] >= 10  # what OpenRefine sends at once
    asked = json.dumps({"ids": ["state/iran"], "properties": [{"id": "hasPoliticalSystem"}]})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    meta = project_server.request("POST", "/reconcile", f"extend={asked}", headers).json()["meta"]
    assert meta[0]["name"] != "hasPoliticalSystem"

"""Settings: every row of the table has bounds that hold, wherever its value comes from."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.endpoint.settings import SettingsError, load_settings
from araxes.endpoint.settings_table import SETTINGS, Setting
from tests.endpoint.endpoint_fixtures import CHEAP, Server, serving

_ARAXES = [sys.executable, "-c", "from araxes.endpoint.cli.main import main; main()"]

NUMBERS = [row for row in SETTINGS if row.kind in ("number", "whole number")]
TEXTS = [row for row in SETTINGS if row.kind in ("text", "list of texts")]
_PROCESSES = ("evaluators", "spares", "long_queries", "queue")
"""At their most these start hundreds of processes and threads; a machine for tests is too small for that."""


def _beyond(row: Setting) -> list[Any]:
    """Numbers just outside the bounds, far outside, and what is no number."""
    step = 1 if row.kind == "whole number" else 1e-6
    near = [row.least - step, row.most * 1.001 + step] if step < 1 else [row.least - 1, row.most + 1]
    return [
        *near,
        -1,
        math.inf,
        -math.inf,
        math.nan,
        10**400,
        "1e400",
        "-1e400",
        "inf",
        "nan",
        "-5",
        "",
        "x",
        "0x5",
        "5_0",
        "٥٠",
        "۵۰",
        "５０",
        "5 0",
        "5,0",
    ]


def _sources(row: Setting, value: Any, folder: Path) -> list[dict[str, Any]]:
    """The ways to give a value: a flag, a variable, a file."""
    file = folder / "araxes.toml"
    number = (
        {math.inf: "inf", -math.inf: "-inf"}.get(value, str(value)) if not isinstance(value, str) else None
    )
    file.write_text(f"{row.name} = {number if number is not None else repr(value)}\n", "utf-8")
    return [
        {"flags": {row.name: str(value)}, "environment": {}},
        {"environment": {row.variable: str(value)}} if str(value) else {"flags": {row.name: ""}},
        {"environment": {}, "file": file},
    ]


def _with_room(row: Setting, given: dict[str, Any]) -> dict[str, Any]:
    """The spool must have room for two answers: when either is at its edge the other must fit."""
    room: dict[str, dict[str, Any]] = {
        "spool_size": {"result_size": 1},
        "result_size": {"spool_size": 1 << 21},
    }
    return given | {"flags": room.get(row.name, {}) | (given.get("flags") or {})}


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: str(row.name))
def test_a_number_is_bounded_on_both_sides(row: Setting, tmp_path: Path) -> None:
    assert row.least < row.most
    assert row.least <= float(row.default) <= row.most  # type: ignore[arg-type]
    for value in (row.least, row.most):
        whole = int(value) if row.kind == "whole number" else value
        for given in _sources(row, whole, tmp_path):
            assert load_settings(**_with_room(row, given))[row.name] == whole
    for value in _beyond(row):
        for given in _sources(row, value, tmp_path):
            with pytest.raises(SettingsError, match=row.name):
                load_settings(**given)


_NO_TEXT = ("\0", "a\0b", "x" * 5000, "http://e/\r\nX-Injected: 1", "http:// e/")


@pytest.mark.parametrize("row", TEXTS, ids=lambda row: str(row.name))
def test_a_text_has_a_form(row: Setting) -> None:
    assert row.form is not None
    assert row.form.words
    defaults = row.default if isinstance(row.default, tuple) else (row.default,)
    assert all(row.form.fits(str(text)) for text in defaults)
    for text in _NO_TEXT:
        if row.form.fits(text):
            assert row.name in (
                "store",
                "spool_dir",
                "originals",
                "engine_credentials",
                "pdf_reader",
            )  # a folder's name may hold anything but NUL
            assert "\0" not in text
        else:
            with pytest.raises(SettingsError, match=row.name):
                load_settings({row.name: (text,) if row.kind.startswith("list") else text}, {})


@pytest.mark.parametrize(
    "row", [row for row in SETTINGS if row.kind != "list of texts"], ids=lambda row: str(row.name)
)
def test_a_value_of_another_type_is_refused(row: Setting, tmp_path: Path) -> None:
    file = tmp_path / "araxes.toml"
    for text in ("[]", "[1]", "{a = 1}", "2026-11-29", *(["5"] if row.kind == "text" else ["'perhaps'"])):
        file.write_text(f"{row.name} = {text}\n", "utf-8")
        with pytest.raises(SettingsError, match=f"no {row.kind}"):
            load_settings(environment={}, file=file)


@pytest.mark.parametrize("text", ["5", "{a = 1}", "['ftp://e/']", "[5]", "['']", str(["http://e/"] * 201)])
def test_a_bad_list_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "araxes.toml"
    file.write_text(f"federation = {text}\n", "utf-8")
    with pytest.raises(SettingsError, match="federation"):
        load_settings(environment={}, file=file)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "trusted_proxy",
            ["10.0.0.1", "::1", "2001:db8::1"],
            ["localhost", "10.0.0.0/8", "::0001", "*", "999.0.0.1"],
        ),
        (
            "cors_origin",
            ["*", "null", "https://e.example:8080"],
            ["https://a https://b", "e.example", "https://e/x"],
        ),
        (
            "base_url",
            [
                "https://e.example/araxes",
                "http://a_b:8080",
                "http://[::1]:5000/",
                "",
                "https://e.example/ارس/",
            ],
            [
                *(
                    "e.example",
                    "ftp://e/",
                    "/araxes",
                    "http://",
                    "http:///x",
                    "http://:80/",
                    "http://e:99999/",
                ),
                *("http://e/#", "http://e/#a", "http://e/?", "http://e/?a=b", "http://e?a", "http://e:x/"),
                *("http://user:secret@e/", "http://[::1/", "http://e/ ", "http://e:0/"),
            ],
        ),
        ("namespace", ["http://e.example/#", "https://e.example/a/"], ["", "https://e.example/a", "urn:x:"]),
        ("log_format", ["text", "json"], ["xml", "JSON", ""]),
        (
            "host",
            ["0.0.0.0", "::", "localhost", "a_b", "fe80::1%eth0", "kg.example.", "ارس.example"],
            [
                *("", "http://e/", "a b", "127.0.0.1:80", "localhost:80", "[::1]", "[::1]:80", "''", "'a'"),
                *('""', "5000", "999.0.0.1", "a..b", ".", "*", "a,b", "x" * 64, "a\n", "user@host", "::1:"),
            ],
        ),
    ],
)
def test_forms(name: str, good: list[str], bad: list[str]) -> None:
    for text in good:
        assert load_settings({name: text}, {})[name] == text
    for text in bad:
        with pytest.raises(SettingsError, match=name):
            load_settings({name: text}, {})


@pytest.mark.parametrize(
    "value", ["tcp://10.0.0.7:5000", "udp://10.0.0.7:5000", "tcp://[fd00::7]:5000", "sctp://araxes:5000"]
)
def test_what_a_container_platform_sets_is_told_and_ignored(
    value: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = load_settings(environment={"ARAXES_PORT": value, "ARAXES_TIMEOUT": "7"})
    assert (found["port"], found.origins["port"], found["timeout"]) == (5000, "default", 7.0)
    assert value in caplog.text
    assert "--port" in caplog.text
    assert load_settings({"port": "8080"}, {"ARAXES_PORT": value})["port"] == 8080


@pytest.mark.parametrize("value", ["tcp:", "10.0.0.7:5000", "http://e/", "70000", "-1", "5000x"])
def test_other_nonsense_in_a_variable_is_an_error_that_names_it(value: str) -> None:
    with pytest.raises(SettingsError, match="environment, ARAXES_PORT"):
        load_settings(environment={"ARAXES_PORT": value})


def test_a_verb_does_not_mind_variables_it_has_no_use_for(
    small_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for row in SETTINGS:
        monkeypatch.delenv(row.variable, raising=False)
    for name, value in (("PORT", "tcp://10.0.0.7:5000"), ("RATE", "many"), ("HOST", "\x01 ")):
        monkeypatch.setenv(f"ARAXES_{name}", value)
    done = CliRunner().invoke(main, ["query", CHEAP, "--store", str(small_store)])
    assert done.exit_code == 0, done.output
    monkeypatch.setenv("ARAXES_MEMORY", "much")
    done = CliRunner().invoke(main, ["query", CHEAP, "--store", str(small_store)])
    assert done.exit_code == 1
    assert "ARAXES_MEMORY" in done.output


def test_the_spool_has_room_for_two_answers() -> None:
    for result_size in ("51", "101"):
        with pytest.raises(SettingsError, match="no room for two answers"):
            load_settings({"spool_size": "100", "result_size": result_size}, {})
    assert load_settings({"spool_size": "100", "result_size": "50"}, {})


@pytest.mark.parametrize("edge", ["least", "most"])
def test_a_server_serves_at_the_edges(small_store: Path, edge: str) -> None:
    """All limits at once at one end of what the table allows, except where no query could run or no machine
    would do."""
    flags = []
    for row in NUMBERS:
        skipped = row.name == "port" or (edge == "most" and row.name in _PROCESSES)
        # A cheap query needs a moment, some memory, a place to wait, and one request before the rate counts.
        needed = {"timeout": 5, "memory": 128, "queue": 1, "queue_wait": 5, "idle_time": 2, "send_time": 5}
        value = needed[row.name] if edge == "least" and row.name in needed else getattr(row, edge)
        if not skipped:
            flags += [row.flag, str(int(value) if row.kind == "whole number" else value)]
    with serving(small_store, *flags) as server:
        reply = server.query(CHEAP)
        assert reply.status == 200, reply.text
        row = next(row for row in NUMBERS if row.name == "request_size")
        _largest_request(server, int(getattr(row, edge)) << 10)


def _largest_request(server: Server, size: int) -> None:
    """A request of exactly the allowed size passes, whatever its bytes become further on."""
    for filling in ('"', "\x01", "é"):
        query = "ASK {} #"
        query += filling * ((size - len(query)) // len(filling.encode()))
        assert server.post(query, "text/html").status == 200
        assert server.post(query).status == 200
    assert server.post("ASK {} #" + "x" * size).code == "request-size"


def test_print_config_reads_back(tmp_path: Path) -> None:
    environment = {**os.environ, "ARAXES_TIMEOUT": "7"}
    done = subprocess.run(
        [*_ARAXES, "serve", "--print-config", "--port", "1234", "--federation", "http://e/1"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    values = tomllib.loads(done.stdout)
    assert set(values) == {setting.name for setting in SETTINGS}
    assert (values["timeout"], values["port"], values["federation"]) == (7.0, 1234, ["http://e/1"])
    file = tmp_path / "araxes.toml"
    file.write_text(done.stdout, "utf-8")
    assert dict(load_settings(environment={}, file=file)) == dict(
        load_settings({"port": "1234", "federation": ("http://e/1",)}, {"ARAXES_TIMEOUT": "7"})
    )


def test_later_sources_win(tmp_path: Path) -> None:
    file = tmp_path / "araxes.toml"
    file.write_text("timeout = 1\nmemory = 99\nqueue = 5\n", "utf-8")
    found = load_settings({"timeout": "3"}, {"ARAXES_TIMEOUT": "2", "ARAXES_MEMORY": "77"}, file)
    assert (found["timeout"], found["memory"], found["queue"]) == (3.0, 77, 5)
    assert (found.origins["timeout"], found.origins["memory"]) == ("command line", "environment")


@pytest.mark.parametrize("text", ["[x]", "[x]\nport = 1", "[[x]]", "x = {port = 1}", "x.port = 1", "[x.y]"])
def test_a_table_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "araxes.toml"
    file.write_text("timeout = 1\n" + text + "\n", "utf-8")
    with pytest.raises(SettingsError, match="tables are not read") as caught:
        load_settings(environment={}, file=file)
    assert "[x]" in (caught.value.remedy or "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_is_skipped(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "araxes.toml"
    file.write_text("timeout = 7\nstore = 'ارس'\n", encoding)
    found = load_settings(environment={}, file=file)
    assert (found["timeout"], found["store"]) == (7.0, "ارس")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1256", "latin-1"])
def test_another_encoding_is_named(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "araxes.toml"
    file.write_text("store = 'ارس'\n" if encoding != "latin-1" else "store = 'é'\n", encoding)
    with pytest.raises(SettingsError, match="is not UTF-8: byte"):
        load_settings(environment={}, file=file)


def test_print_config_checks_what_it_prints(tmp_path: Path) -> None:
    for flags in (["--host", "127.0.0.1:80"], ["--host", "''"], ["--port", "٥٠٠٠"], ["--timeout", "1_0"]):
        done = CliRunner().invoke(main, ["serve", "--print-config", *flags])
        assert (done.exit_code, flags[0][2:] in done.output) == (1, True), done.output
        assert "Traceback" not in done.output


@pytest.mark.parametrize("text", ["nonsense = 1", "= 1", "timeout = 1\ntimeout = 2"])
def test_a_bad_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "araxes.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"unknown setting|cannot be read"):
        load_settings(environment={}, file=file)

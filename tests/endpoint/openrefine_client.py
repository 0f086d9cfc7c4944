"""A headless OpenRefine of our own, driven through the commands that its pages send."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2 as httpx

_MEMORY = "256M"
_SECONDS_TO_START = 90.0
_SECONDS_TO_WORK = 120.0


class OpenRefine:
    """A running OpenRefine and its commands (``/command/core/…`` of OpenRefine 3)."""

    def __init__(self, base: str) -> None:
        self._client = httpx.Client(base_url=f"{base}/command/core/", timeout=60)

    def read(self, command: str, **parameters: str) -> Any:
        """What a reading command answers."""
        return self._client.get(command, params=parameters).raise_for_status().json()

    def send(self, command: str, *, upload: str | None = None, **fields: str) -> httpx.Response:
        """Send a changing command, with the token that it wants, and a table to upload."""
        files = {"project-file": ("table.csv", upload.encode("utf-8"), "text/csv")} if upload else None
        token = str(self.read("get-csrf-token")["token"])
        reply = self._client.post(command, params={"csrf_token": token}, data=fields, files=files)
        assert reply.status_code < 400, (command, reply.status_code, reply.text[:500])
        return reply

    def create(self, name: str, table: str) -> Project:
        """A project of a table with commas, as somebody uploads it."""
        options = {"separator": ",", "headerLines": 1, "encoding": "UTF-8", "trimStrings": False}
        reply = self.send(
            "create-project-from-upload",
            upload=table,
            **{"project-name": name, "format": "text/line-based/*sv", "options": json.dumps(options)},
        )
        return Project(self, parse_qs(urlsplit(reply.headers["Location"]).query)["project"][0])


class Project:
    """A table in OpenRefine."""

    def __init__(self, refine: OpenRefine, number: str) -> None:
        self._refine, self._number = refine, number

    def guess_types(self, column: str, service: str) -> list[str]:
        """The classes that OpenRefine proposes for a column, the likeliest first."""
        answer = self._send("guess-types-of-column", columnName=column, service=service).json()
        return [str(one["id"]) for one in answer["types"]]

    def apply(self, *operations: dict[str, Any]) -> None:
        """Run operations and wait until all are done."""
        self._send("apply-operations", operations=json.dumps(operations))
        end = time.monotonic() + _SECONDS_TO_WORK
        while processes := self._refine.read("get-processes", project=self._number)["processes"]:
            assert time.monotonic() < end, processes
            time.sleep(0.05)

    def rows(self) -> list[list[dict[str, Any]]]:
        """All rows: a cell has ``v``, its value, and ``r``, with the judgment ``j`` and candidates ``c``."""
        answer = self._send("get-rows", start="0", limit="500").json()
        judged = answer["pool"]["recons"]
        return [
            [{**(cell or {}), "r": judged.get(str((cell or {}).get("r")), {})} for cell in row["cells"]]
            for row in answer["rows"]
        ]

    def judge(self, row: int, column: int, candidate: dict[str, Any], spaces: dict[str, str]) -> None:
        """Choose a candidate for one cell."""
        kinds = ",".join(str(kind) for kind in candidate["types"])
        chosen = {key: str(candidate[key]) for key in ("id", "name", "score")}
        where = {"row": str(row), "cell": str(column), "judgment": "matched"}
        self._send("recon-judge-one-cell", **where, **chosen, types=kinds, **spaces)

    def export(self, kind: str) -> str:
        """The table in a format."""
        return self._send("export-rows", format=kind, engine="{}").text

    def _send(self, command: str, **fields: str) -> httpx.Response:
        reply = self._refine.send(command, project=self._number, **fields)
        kind = reply.headers.get("Content-Type", "")
        assert "json" not in kind or reply.json().get("code") != "error", (command, reply.text[:500])
        return reply


@contextlib.contextmanager
def running_openrefine(program: str, folder: Path) -> Iterator[OpenRefine]:
    """OpenRefine on a free port, its projects and log in a folder.

    Args:
        program: its start script.
        folder: is there and empty.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program, "-i", "127.0.0.1", "-p", str(port), "-m", _MEMORY, "-d", str(folder)]
    log = folder / "refine.log"
    with log.open("wb") as lines:
        # A session of its own, since the script starts Java beside itself and does not end it.
        process = subprocess.Popen(
            [*command, "-x", "refine.headless=true"], stdout=lines, stderr=lines, start_new_session=True
        )
    try:
        refine = OpenRefine(f"http://127.0.0.1:{port}")
        _wait(refine, process, log)
        yield refine
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all of its group: nothing in its folder is wanted any more."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def _wait(refine: OpenRefine, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(httpx.TransportError, httpx.HTTPStatusError):
            refine.read("get-csrf-token")
            return
        time.sleep(0.1)
    raise AssertionError(f"OpenRefine did not start:\n{log.read_text('utf-8', 'replace')}")

"""The tools for language models, used by a fixed plan instead of a model: what they give by themselves."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from araxes.endpoint.engines.jobs import Job
from araxes.endpoint.service.service import CompleteAnswer, Service
from araxes.endpoint.settings import load_settings
from araxes.endpoint.tools.envelope import Carried
from araxes.endpoint.tools.messages import Host, answer
from araxes.ontology.errors import AraxesError
from araxes.validation.benchmark.gold import BenchmarkQuestion
from araxes.validation.benchmark.scoring import AnswerPosition, SystemAnswer

_SETTINGS = {"evaluators": "2", "spares": "0", "long_queries": "1", "cache_size": "0"}
_SECONDS = 60.0


class ToolPlan:
    """Asks the tool ``positions`` each question as it stands, and hands on what it says.

    Each position of a dispute becomes an answer, and each claim that no dispute holds. Where the tool says
    which claims answer, or that none does, nothing else is handed on.
    """

    def __init__(self, store: Path) -> None:
        """Prepare; the engine starts with the ``with`` statement."""
        names = ("timeout", "memory", "result_size", "spool_dir", "spool_size", "namespace", *_SETTINGS)
        self._service = Service(load_settings({**_SETTINGS, "store": str(store)}, only=names))

    def __enter__(self) -> Self:
        """Start the engine."""
        self._service.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self._service.stop()

    def answer(self, question: BenchmarkQuestion, language: str) -> SystemAnswer:
        """What the tool says to a question.

        Raises:
            AraxesError: it failed.
        """
        data = self._called("positions", question=question.text[language], language=language)
        if data.get("answered") is False:
            return SystemAnswer(question.id, language, (), no_source=True)
        if data.get("answered"):
            data = _answering(data)
        disputes = data.get("disputes", [])
        positions = [
            AnswerPosition(each["answer"], tuple(each["claims"]), {})
            for dispute in disputes
            for each in dispute["positions"]
        ]
        held = {claim for position in positions for claim in position.claims}
        positions += [
            AnswerPosition(claim["says"], (claim["iri"],), {})
            for claim in data.get("claims", [])
            if claim["iri"] not in held
        ]
        return SystemAnswer(question.id, language, tuple(positions), no_source=not data.get("found", False))

    def _called(self, name: str, **arguments: object) -> dict[str, Any]:
        call = {"name": name, "arguments": arguments}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        host = Host(
            evaluate=self._evaluate,
            reference=lambda: self._service.reference(client="127.0.0.1", gone=lambda: False),
            seconds=_SECONDS,
            language="en",
            failed=lambda problem: None,
        )
        reply = answer(json.dumps(message).encode(), host, Carried(None))
        result: dict[str, Any] = json.loads(reply.body)["result"]
        if result.get("isError"):
            # A call that failed is no answer, least of all that no source says anything.
            raise AraxesError(f"the tool {name} failed: {result['content'][0]['text'][:300]}", "try again")
        found: dict[str, Any] = result["structuredContent"]
        return found

    def _evaluate(self, job: Job) -> CompleteAnswer:
        return self._service.evaluate(job, client="127.0.0.1", gone=lambda: False)


def _answering(data: dict[str, Any]) -> dict[str, Any]:
    """Of an answer what is said on the relation that was asked: claims, and the disputes that hold them."""
    wanted = {each["claim"] for each in data["answering"]}
    claims = [each for each in data["claims"] if each["iri"] in wanted]
    touched = {iri for each in claims for iri in each["disputes"]}
    disputes = [each for each in data["disputes"] if each["iri"] in touched]
    return {**data, "claims": claims, "disputes": disputes}

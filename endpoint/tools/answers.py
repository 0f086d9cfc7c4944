"""What tools answer with: a first line that says whether there is a dispute, lines for reading, and data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from araxes.endpoint.tools.words import words
from araxes.ontology.namespaces import BASE
from araxes.triples.labels import in_digits


class ToolError(Exception):
    """A call that cannot be answered as it is; its sender can mend it.

    Args:
        name: of the message among the words of the tools (``[errors]``).
        given: what the message names.
    """

    def __init__(self, name: str, **given: str) -> None:
        """Keep the parts."""
        super().__init__(name)
        self.name = name
        self.given = given

    def text(self, language: str) -> str:
        """The message in a language."""
        message: str = words(language)["errors"][self.name]
        return message.format(**self.given)


@dataclass(slots=True)
class ToolAnswer:
    """An answer.

    Attributes:
        notice: the first line: whether the sources disagree, or that none says anything.
        lines: the rest for reading, in the language of the call.
        data: the same as data; the notice is added to it.
        whole_iris: whether IRIs stand in the lines as they are.
    """

    notice: str
    lines: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    whole_iris: bool = False

    def text(self, language: str) -> str:
        """All lines; the project's IRIs without their base, which the last line gives."""
        text = "\n".join([self.notice, *self.lines])
        shorter = text if self.whole_iris else text.replace(f"<{BASE}", "<")
        return text if shorter == text else f"{shorter}\n{said(language, 'base', iri=BASE)}"

    @property
    def structured(self) -> dict[str, Any]:
        """The data with the notice in front."""
        return {"notice": self.notice, **self.data}


def said(language: str, line: str, /, **given: str | int) -> str:
    """A line of the answers (``[lines]``), numbers in the digits of the language."""
    pattern: str = words(language)["lines"][line]
    shown = {
        key: in_digits(str(value), language) if isinstance(value, int) else value
        for key, value in given.items()
    }
    return pattern.format(**shown)

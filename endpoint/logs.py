"""Log lines as text or JSON, one per event, with request ids and without queries or secrets."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}


class LineFormatter(logging.Formatter):
    """Formats a record with its extra members on one line, control characters escaped."""

    def __init__(self, *, as_json: bool) -> None:
        """Write JSON objects, or text with ``key=value`` pairs."""
        super().__init__()
        self._json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the record holds."""
        extra = {name: value for name, value in record.__dict__.items() if name not in _STANDARD}
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        message = record.getMessage()
        if record.exc_info:
            extra["exception"] = self.formatException(record.exc_info)
        if self._json:
            entry: dict[str, Any] = {"time": time, "level": record.levelname.lower(), "logger": record.name}
            return json.dumps(entry | {"message": message} | extra, ensure_ascii=False, default=str)
        pairs = (f"{name}={_quoted(value)}" for name, value in extra.items())
        return " ".join([time, record.levelname.lower(), record.name, _plain(message), *pairs])


def _plain(text: str) -> str:
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text
    )


def _quoted(value: Any) -> str:
    text = str(value)
    return text if text.isprintable() and not set(text) & set(' "=') else json.dumps(text, ensure_ascii=True)


def configure(level: str, log_format: str) -> None:
    """Send all log lines to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter(as_json=log_format == "json"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # waitress warns of every request that waits for a thread; the queue has its own figures.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)

"""Settings and limits: one table, read from a file, the environment and flags.

Later sources win: default < configuration file (TOML) < ``ARAXES_*`` < command line.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from araxes.ontology.errors import AraxesError

Value = str | int | float | bool | tuple[str, ...]


class SettingsError(AraxesError):
    """A setting is unknown or has an unusable value."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    Attributes:
        name: as in the file; ``--name-with-dashes``, ``ARAXES_NAME``.
        default: also decides the type.
        help: one sentence.
        unit: of a number, else empty.
        least: smallest allowed number.
    """

    name: str
    default: Value
    help: str
    unit: str = ""
    least: float = 0

    @property
    def flag(self) -> str:
        """The command line option."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """The environment variable."""
        return "ARAXES_" + self.name.upper()


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in force, for messages."""

    name: str
    value: Value
    unit: str


_RELAY = "Believe X-Forwarded-For, -Proto and -Host from this proxy's address; empty: from nobody."
_PRIVATE = "Allow listed SERVICE endpoints to resolve to private or loopback addresses."

SETTINGS: tuple[Setting, ...] = (
    Setting("host", "127.0.0.1", "Address to listen on."),
    Setting("port", 5000, "TCP port to listen on; 0 takes a free one.", "port"),
    Setting("store", ".araxes/store", "Folder that holds the store."),
    Setting(
        "base_url", "", "Public address of the service, when it stands behind a proxy under another name."
    ),
    Setting(
        "namespace", "https://w3id.org/araxes/", "IRIs that begin so are resolved by this server's paths."
    ),
    Setting("timeout", 30.0, "Longest evaluation of a query.", "seconds", 0.05),
    Setting("memory", 512, "Memory that one query may take.", "MiB", 16),
    Setting("result_size", 256, "Largest answer.", "MiB", 1),
    Setting("request_size", 2048, "Largest request body.", "KiB", 1),
    Setting("header_size", 512, "Largest request line and headers together.", "KiB", 4),
    Setting("evaluators", 6, "Quick queries evaluated at the same time.", "processes", 1),
    Setting("spares", 2, "Warm evaluators kept besides, to replace killed ones at once.", "processes"),
    Setting("queue", 32, "Requests that may wait for an evaluator.", "requests"),
    Setting("queue_wait", 10.0, "Longest wait in the queue.", "seconds", 0.05),
    Setting("long_after", 0.5, "A query that runs longer counts as long.", "seconds", 0.05),
    Setting("long_queries", 3, "Long queries evaluated besides, even while others wait.", "processes", 1),
    Setting("recycle", 2000, "An evaluator is replaced after so many queries.", "queries", 1),
    Setting("rate", 0.0, "Queries a client address may send on average; 0: no limit.", "per second"),
    Setting("rate_burst", 20, "Queries a client may send at once before the rate counts.", "queries", 1),
    Setting("spool_dir", "", "Folder for answers on their way; empty: the system's temporary folder."),
    Setting("spool_size", 2048, "All answers on their way together.", "MiB", 1),
    Setting("cache_size", 64, "Memory for answers kept for repetition; 0: none.", "MiB"),
    Setting(
        "connections", 500, "Open connections; beyond, the one idle longest is closed.", "connections", 8
    ),
    Setting("request_time", 20.0, "Longest time for a request to arrive completely.", "seconds", 0.5),
    Setting("idle_time", 30.0, "Longest silence on a connection.", "seconds", 0.5),
    Setting("send_time", 600.0, "Longest time for an answer to be taken by its client.", "seconds", 1),
    Setting("stop_time", 10.0, "How long a stop waits for running requests.", "seconds"),
    Setting("federation", (), "Endpoint IRIs that SERVICE may name, exactly so; empty: none."),
    Setting("federation_private", False, _PRIVATE),
    Setting("federation_time", 10.0, "Longest single SERVICE call.", "seconds", 0.1),
    Setting("federation_size", 16, "Largest answer of a SERVICE call.", "MiB", 1),
    Setting("trusted_proxy", "", _RELAY),
    Setting("cors_origin", "*", "Value of Access-Control-Allow-Origin; empty: no CORS headers."),
    Setting("log_format", "text", "Log lines as 'text' or 'json'."),
    Setting("log_level", "info", "'debug', 'info', 'warning' or 'error'."),
)
"""Every setting there is."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}
_CHOICES = {"log_format": ("text", "json"), "log_level": ("debug", "info", "warning", "error")}


class Settings(Mapping[str, Value]):
    """The values in force, and where each comes from."""

    def __init__(self, values: Mapping[str, Value], origins: Mapping[str, str]) -> None:
        """Complete values with their origins, as :func:`load_settings` makes them."""
        self._values = dict(values)
        self.origins = dict(origins)

    def __getitem__(self, name: str) -> Value:
        """The value of a setting."""
        return self._values[name]

    def __iter__(self) -> Any:
        """The names."""
        return iter(self._values)

    def __len__(self) -> int:
        """The number of settings."""
        return len(self._values)

    def integer(self, name: str) -> int:
        """A whole number."""
        value = self._values[name]
        assert isinstance(value, int)  # noqa: S101 -- the table decides the type, _checked enforces it
        return value

    def number(self, name: str) -> float:
        """A number."""
        value = self._values[name]
        assert isinstance(value, int | float)  # noqa: S101 -- as above
        return float(value)

    def text(self, name: str) -> str:
        """A string."""
        return str(self._values[name])

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        value = self._values[name]
        assert isinstance(value, tuple)  # noqa: S101 -- as above
        return value

    def size(self, name: str) -> int:
        """A number of bytes, from MiB or KiB."""
        return self.integer(name) << (20 if _BY_NAME[name].unit == "MiB" else 10)

    def limit(self, name: str) -> Limit:
        """A setting as a limit to name in a message."""
        return Limit(name, self._values[name], _BY_NAME[name].unit)

    def printed(self) -> str:
        """All settings as a TOML file that gives these values, each with help and origin."""
        lines = []
        for setting in SETTINGS:
            unit = f" ({setting.unit})" if setting.unit else ""
            lines += [f"# {setting.help}{unit} [{self.origins[setting.name]}]"]
            lines += [f"{setting.name} = {_toml(self._values[setting.name])}", ""]
        return "\n".join(lines)


def _toml(value: Value) -> str:
    # JSON's strings, numbers, booleans and lists of strings are TOML's as well.
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def load_settings(
    flags: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """Settings out of all sources.

    Args:
        flags: name → value from the command line; ``None`` values and empty tuples are not given.
        environment: usually ``os.environ``.
        file: a TOML file of names and values.

    Raises:
        SettingsError: unknown name, wrong type, too small a number, unreadable file.
    """
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    origins = dict.fromkeys(values, "default")
    environment = os.environ if environment is None else environment
    sources = [
        (str(file), _from_file(file) if file else {}),
        ("environment", {s.name: environment[s.variable] for s in SETTINGS if environment.get(s.variable)}),
        ("command line", {name: value for name, value in (flags or {}).items() if value not in (None, ())}),
    ]
    for origin, given in sources:
        for name, value in given.items():
            if name not in _BY_NAME:
                known = ", ".join(_BY_NAME)
                raise SettingsError(f"unknown setting {name!r} in {origin}", f"the settings are: {known}")
            values[name] = _checked(_BY_NAME[name], value, origin)
            origins[name] = origin
    return Settings(values, origins)


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"the configuration file {file} cannot be read: {error}",
            "`araxes serve --print-config` prints one to start from",
        ) from error


def _checked(setting: Setting, value: Any, origin: str) -> Value:
    """``value`` in the setting's type.

    Raises:
        SettingsError: it does not fit.
    """
    try:
        converted = _converted(setting, value)
    except (TypeError, ValueError):
        kind = type(setting.default).__name__
        raise SettingsError(
            f"{setting.name} = {value!r} ({origin}) is no {kind}",
            f"{setting.help} Default: {setting.default!r}",
        ) from None
    if (
        isinstance(converted, int | float)
        and not isinstance(converted, bool)
        and not converted >= setting.least
    ):
        raise SettingsError(
            f"{setting.name} = {converted} ({origin}) is too small", f"give {setting.least} or more"
        )
    choices = _CHOICES.get(setting.name)
    if choices and converted not in choices:
        raise SettingsError(
            f"{setting.name} = {converted!r} ({origin})", f"choose one of {', '.join(choices)}"
        )
    return converted


def _converted(setting: Setting, value: Any) -> Value:
    default = setting.default
    if isinstance(default, bool):
        words = {
            "true": True,
            "1": True,
            "yes": True,
            "on": True,
            "false": False,
            "0": False,
            "no": False,
            "off": False,
        }
        found = value if isinstance(value, bool) else words.get(str(value).lower())
        if found is None:
            raise ValueError
        return found
    if isinstance(value, bool):
        raise TypeError
    if isinstance(default, int):
        if isinstance(value, float) and not value.is_integer():
            raise ValueError
        return int(value)
    if isinstance(default, float):
        return float(value)
    if isinstance(default, tuple):
        items = value.split() if isinstance(value, str) else value
        if not all(isinstance(item, str) for item in items):
            raise TypeError
        return tuple(items)
    return str(value)

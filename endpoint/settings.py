"""The settings in force: read from a file, the environment and flags, and checked against the table.

Later sources win: default < configuration file (TOML) < ``ARAXES_*`` < command line. An empty variable is
as none.

Container platforms set variables of their own for every service they run; for one called "araxes" they set
``ARAXES_PORT`` to something like ``tcp://10.0.0.7:5000``. Such a value is reported and ignored.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from araxes.endpoint.settings_table import SETTINGS, Setting, Value
from araxes.ontology.errors import AraxesError
from araxes.ontology.toml_files import parse_toml

_log = logging.getLogger("araxes.settings")
_PLATFORMS = re.compile(r"(tcp|udp|sctp)://\S+")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_LONGEST_SHOWN = 100
_USER = re.compile(r"//[^/\s]*@")


_BY_NAME = {setting.name: setting for setting in SETTINGS}


class SettingsError(AraxesError):
    """A setting is unknown or has an unusable value."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in force, for messages."""

    name: str
    value: Value
    unit: str


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
    only: Collection[str] = (),
) -> Settings:
    """Settings out of all sources.

    Args:
        flags: name → value from the command line; ``None`` values and empty tuples are not given.
        environment: usually ``os.environ``.
        file: a TOML file of names and values.
        only: names of the settings whose variables are looked at, for whoever needs no others; empty: all.

    Raises:
        SettingsError: unknown name, wrong type or form, outside the bounds, unreadable file, or a spool
            without room for two answers.
    """
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    origins = dict.fromkeys(values, "default")
    sources = [
        (str(file), _from_file(file) if file else {}),
        ("environment", _from_environment(os.environ if environment is None else environment, only)),
        ("command line", {name: value for name, value in (flags or {}).items() if value not in (None, ())}),
    ]
    for origin, given in sources:
        for name, value in given.items():
            if name not in _BY_NAME:
                raise _unknown(name, value, origin)
            values[name] = _checked(_BY_NAME[name], value, origin)
            origins[name] = origin
    settings = Settings(values, origins)
    _check_room(settings)
    check_address(settings.text("engine"))
    return settings


def _unknown(name: str, value: Any, origin: str) -> SettingsError:
    members = value if isinstance(value, list) else [value]
    if members and all(isinstance(member, dict) for member in members):
        return SettingsError(
            f"there is a table {name!r} in {origin}: tables are not read",
            f"take the line [{name}] out, and {name}. in front of names: every setting is name = value alone",
        )
    return SettingsError(f"unknown setting {name!r} in {origin}", f"the settings are: {', '.join(_BY_NAME)}")


def _check_room(settings: Settings) -> None:
    """See that two answers have room: the last room is kept from a client that has one under evaluation.

    Raises:
        SettingsError: it has not.
    """
    if settings.size("spool_size") < 2 * settings.size("result_size"):
        both = (
            f"{name} = {settings[name]} MiB ({settings.origins[name]})"
            for name in ("spool_size", "result_size")
        )
        raise SettingsError(
            " has no room for two answers of ".join(both),
            "raise spool_size to twice result_size or more, or lower result_size",
        )


def check_address(address: str) -> None:
    """See that an engine's address tells no secret: it is shown, in listings of settings for one.

    Raises:
        SettingsError: it holds a user or a password, which are not repeated, or a fragment.
    """
    if _USER.search(address):
        raise SettingsError(
            "the address of the engine holds a user or a password",
            "put them into ARAXES_ENGINE_CREDENTIALS or the file that engine_credentials names",
        )
    if "#" in address:
        raise SettingsError("the address of the engine has a fragment (#…)", "leave it out")


def _from_environment(environment: Mapping[str, str], only: Collection[str]) -> dict[str, str]:
    """The variables that are set, without those that a container platform has set for itself."""
    found = {}
    for setting in SETTINGS:
        value = environment.get(setting.variable)
        if not value or (only and setting.name not in only):
            continue
        if setting.name == "port" and _PLATFORMS.fullmatch(value):
            _log.warning(
                "%s=%s is ignored: container platforms set it so for a service called araxes; "
                "give the port with --port or in the configuration file, or the service another name",
                setting.variable,
                value[:_LONGEST_SHOWN],
            )
            continue
        found[setting.name] = value
    return found


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return parse_toml(file.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"the configuration file {file} is not UTF-8: byte {error.start + 1} is "
            f"{error.object[error.start]:#04x}",
            "save it as UTF-8; some shells write redirected output as UTF-16",
        ) from error
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"the configuration file {file} cannot be read: {error}",
            "`araxes serve --print-config` prints one to start from",
        ) from error


def _checked(setting: Setting, value: Any, origin: str) -> Value:
    """``value`` in the setting's type, within its bounds.

    Raises:
        SettingsError: it does not fit.
    """
    source = f"{origin}, {setting.variable}" if origin == "environment" else origin
    shown = repr(value)
    shown = _USER.sub("//…@", shown)
    shown = shown if len(shown) <= _LONGEST_SHOWN else shown[:_LONGEST_SHOWN] + "…"
    given = f"{setting.name} = {shown} ({source})"
    try:
        converted = _converted(setting, value)
    except (TypeError, ValueError, OverflowError):
        raise SettingsError(
            f"{given} is no {setting.kind}", f"{setting.help} Default: {setting.default!r}"
        ) from None
    texts = converted if isinstance(converted, tuple) else (converted,)
    form = setting.form
    if form is not None and not all(form.fits(str(text)) for text in texts):
        raise SettingsError(f"{given} cannot be used", f"give {form.words}. {setting.help}")
    if isinstance(converted, tuple):
        if len(converted) > setting.most:
            raise SettingsError(f"{given} has too many entries", f"give at most {setting.most:,.0f}")
    elif isinstance(converted, int | float) and not isinstance(converted, bool):
        # Not every comparison with NaN is false by accident here: it is neither small nor large enough.
        if not converted >= setting.least:
            raise SettingsError(f"{given} is too small", f"give {setting.least:,} or more {setting.unit}")
        if not converted <= setting.most:
            raise SettingsError(f"{given} is too large", f"give {setting.most:,} or less {setting.unit}")
    return converted


def _converted(setting: Setting, value: Any) -> Value:
    """``value`` in the setting's type.

    Raises:
        TypeError, ValueError, OverflowError: it has no such value.
    """
    default = setting.default
    if isinstance(default, bool):
        return value if isinstance(value, bool) else _switch(str(value))
    if isinstance(value, bool):
        raise TypeError
    if isinstance(default, int):
        if isinstance(value, float) and not value.is_integer():
            raise ValueError
        return int(_digits(value, _WHOLE))
    if isinstance(default, float):
        return float(_digits(value, _DECIMAL))
    if isinstance(default, tuple):
        items = value.split() if isinstance(value, str) else value
        if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
            raise TypeError
        return tuple(items)
    if not isinstance(value, str):
        raise TypeError
    return value


def _digits(value: Any, form: re.Pattern[str]) -> Any:
    """A number, or its text if that is written as everywhere: Python also reads 5_000 and ٥٠٠٠.

    Raises:
        ValueError: it is not.
    """
    if isinstance(value, str) and not form.fullmatch(value.strip(" \t\r\n")):
        raise ValueError
    return value


def _switch(word: str) -> bool:
    """What a word says.

    Raises:
        ValueError: it is none of the usual ones.
    """
    if word.lower() in ("true", "1", "yes", "on"):
        return True
    if word.lower() in ("false", "0", "no", "off"):
        return False
    raise ValueError

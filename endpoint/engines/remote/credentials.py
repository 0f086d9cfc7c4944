"""What the engine's server wants to see before it answers: from the environment or a file, never shown."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from araxes.ontology.errors import InputError

VARIABLE = "ARAXES_ENGINE_CREDENTIALS"
"""``user:password``, or ``Bearer`` and a token. Not a setting, so that no listing of settings shows it."""

_HIDDEN = "…"
_SHORTEST = 4
"""Characters of a secret that is looked for in messages: shorter ones occur in any text."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """User and password, or a token; nothing of it is in any representation.

    Attributes:
        user: name; empty for a token and for nobody.
        secret: password or token.
    """

    user: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)

    def headers(self) -> dict[str, str]:
        """The header of a request (RFC 7617, RFC 6750).

        >>> Credentials("a", "b").headers()
        {'Authorization': 'Basic YTpi'}
        >>> Credentials()
        Credentials()
        """
        if self.user:
            pair = f"{self.user}:{self.secret}".encode()
            return {"Authorization": "Basic " + base64.b64encode(pair).decode("ascii")}
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}

    def hidden(self, text: str) -> str:
        """A text of somebody else without what is secret.

        >>> Credentials("ann", "sesame").hidden("ann:sesame is wrong")
        'ann:… is wrong'
        """
        secrets = [self.secret, *(value.partition(" ")[2] for value in self.headers().values())]
        for secret in secrets:
            if len(secret) >= _SHORTEST:
                text = text.replace(secret, _HIDDEN)
        return text


def read_credentials(file: str = "", environment: Mapping[str, str] | None = None) -> Credentials:
    """The credentials of the variable, else of the file, else none.

    Raises:
        InputError: the file cannot be read, or neither form is there; the message holds nothing of it.
    """
    text = (os.environ if environment is None else environment).get(VARIABLE, "")
    origin = VARIABLE
    if not text and file:
        origin = f"the file {file}"
        try:
            text = Path(file).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise InputError(
                f"the engine's credentials cannot be read: {origin}: {reason}",
                "name a file that holds user:password or Bearer and a token, readable for this user",
            ) from None
    text = text.strip()
    if not text:
        return Credentials()
    kind, _, token = text.partition(" ")
    if kind.lower() == "bearer" and token.strip():
        found = Credentials("", token.strip())
    else:
        user, colon, secret = text.partition(":")
        found = Credentials(user, secret) if colon and user else Credentials()
    if found == Credentials() or not text.isprintable():
        raise InputError(
            f"the engine's credentials in {origin} have no form that is known",
            "write user:password, or Bearer and a token, on one line",
        )
    return found

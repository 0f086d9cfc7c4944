"""Escapes of XPath's regular expressions: which there are, and what the engine's dialect has for them.

After XML Schema 1.1, part 2, §G.4.2.
"""

from __future__ import annotations

CATEGORIES = frozenset(
    """L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co
    Cn""".split()  # noqa: SIM905 -- readable so
)
"""General categories."""

CASELESS = frozenset(
    {"Nd", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp", "Sm", "Sc"}
)
"""Those whose members have no case."""

_START = (
    r":A-Z_a-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}\x{200C}-\x{200D}"
    r"\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}"
)
_NAME = _START + r"\-.0-9\x{B7}\x{300}-\x{36F}\x{203F}-\x{2040}"
_WORD = r"\p{P}\p{Z}\p{C}"
MULTI = {
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "w": f"[^{_WORD}]",
    "W": f"[{_WORD}]",
    "i": f"[{_START}]",
    "I": f"[^{_START}]",
    "c": f"[{_NAME}]",
    "C": f"[^{_NAME}]",
}
"""Escapes for several characters."""

WAYS = {
    "b": "write (^|\\W)…(\\W|$) instead",
    "B": "write \\w…\\w instead",
    "A": "write ^ instead",
    "z": "write $ instead",
    "Z": "write $ instead",
    "x": "write the character itself, or \\u… in the SPARQL string",
    "u": "write the character itself, or \\u… with one backslash in the SPARQL string",
    "Q": "use the flag q",
    "E": "use the flag q",
}
"""What to write instead of escapes that other dialects have."""

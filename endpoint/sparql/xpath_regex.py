"""Regular expressions of XPath (F&O 3.1 §5.6) in the engine's own dialect, or why there is none.

SPARQL's REGEX and REPLACE are XPath's fn:matches and fn:replace (SPARQL 1.1 §17.4.3.14 f.). The engine
hands both to a library with another dialect, where ``$1year`` names a group "1year", ``[a-z-[aeiou]]`` has no
subtraction, ``\\w`` holds "_" and ``\\p{IsArabic}`` is a script. What can be said exactly in that dialect is
translated; what cannot, or is no XPath at all, is refused with its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from araxes.endpoint.sparql.regex_escapes import CASELESS, CATEGORIES, MULTI, WAYS
from araxes.endpoint.sparql.unicode_blocks import block_range

_SPACE = " \t\n\r"
_SPECIAL = frozenset("\\.+*?()|[]{}^$#&-~")
_SINGLE = {"n": "\n", "r": "\r", "t": "\t"}
_MOST_NESTED = 100

_BACK_REFERENCE = "compare the parts in a FILTER, taken with REPLACE or STRBEFORE and STRAFTER"
_LOOK = "say it in a FILTER of its own, such as !REGEX(…)"


class RegexProblem(ValueError):  # noqa: N818 -- becomes a problem
    """A regular expression or replacement that cannot be translated.

    Attributes:
        message: what, in words.
        offset: where in the pattern or replacement, from 0.
        way: what to write instead; empty if there is nothing to say.
    """

    def __init__(self, message: str, offset: int, way: str = "") -> None:
        """Keep all parts."""
        super().__init__(message)
        self.message, self.offset, self.way = message, offset, way


@dataclass(frozen=True, slots=True)
class Regex:
    """A translated pattern.

    Attributes:
        text: in the engine's dialect.
        flags: for the engine: "i" or nothing.
        groups: number of groups that capture.
        empty: whether it matches the empty string.
        literal: whether the flag q makes the replacement literal as well.
    """

    text: str
    flags: str
    groups: int
    empty: bool
    literal: bool


def translate(pattern: str, flags: str = "") -> Regex:
    """A pattern of XPath in the engine's dialect.

    >>> translate("[a-z-[aeiou]]").text
    '[[a-z]--[aeiou]]'

    Raises:
        RegexProblem: no XPath (FORX0001, FORX0002), or nothing that the engine's dialect can say.
    """
    unknown = next((offset for offset, flag in enumerate(flags) if flag not in "smixq"), None)
    if unknown is not None:
        raise RegexProblem(f"there is no flag {flags[unknown]!r}", unknown, "flags are s, m, i, x and q")
    out = "i" if "i" in flags else ""
    if "q" in flags:
        return Regex("".join(map(_escaped, pattern)), out, 0, not pattern, literal=True)
    kept = _without_space(pattern) if "x" in flags else list(enumerate(pattern))
    reader = _PatternReader(
        [character for _, character in kept], [at for at, _ in kept] + [len(pattern)], flags
    )
    text, empty = reader.expression(0)
    if reader.at < len(reader.characters):
        raise reader.problem('this ")" closes nothing', way="write \\) for the character itself")
    return Regex(text, out, reader.groups, empty, literal=False)


def _without_space(pattern: str) -> list[tuple[int, str]]:
    """The characters that the flag x leaves, with their offsets: white space counts within brackets only."""
    kept, depth, at = [], 0, 0
    while at < len(pattern):
        character = pattern[at]
        if character == "\\" and at + 1 < len(pattern):
            kept += [(at, character), (at + 1, pattern[at + 1])]
            at += 2
            continue
        depth += (character == "[") - (character == "]" and depth > 0)
        if depth or character not in _SPACE:
            kept.append((at, character))
        at += 1
    return kept


def _escaped(character: str) -> str:
    return "\\" + character if character in _SPECIAL else character


@dataclass(slots=True)
class _Class:
    """The parts of one bracketed class."""

    negated: bool
    literals: list[str] = field(default_factory=list)
    escapes: list[str] = field(default_factory=list)
    cased: bool = False  # whether literals differ by case
    case_bound: bool = False  # whether escapes differ by case

    def text(self) -> str:
        return f"[{'^' if self.negated else ''}{''.join(self.literals + self.escapes)}]"


class _PatternReader:
    """Reads a pattern once, from left to right."""

    def __init__(self, characters: list[str], offsets: list[int], flags: str) -> None:
        self.characters, self._offsets = characters, offsets
        self.at = 0
        self.groups = 0
        self._dot = r"(?s:.)" if "s" in flags else r"[^\n\r]"
        self._lines = "m" in flags
        self._caseless = "i" in flags

    def problem(self, message: str, at: int | None = None, way: str = "") -> RegexProblem:
        return RegexProblem(
            message, self._offsets[min(self.at if at is None else at, len(self.characters))], way
        )

    def _peek(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.characters[at] if at < len(self.characters) else ""

    def expression(self, depth: int) -> tuple[str, bool]:
        """Branches up to the end or a closing parenthesis; whether they match the empty string."""
        if depth > _MOST_NESTED:
            raise self.problem("groups are nested too deeply")
        branches = [self._branch(depth)]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._branch(depth))
        return "|".join(text for text, _ in branches), any(empty for _, empty in branches)

    def _branch(self, depth: int) -> tuple[str, bool]:
        out: list[str] = []
        empty = True
        waiting: int | None = None  # the last "^" of a line after which nothing must follow yet
        while self._peek() not in ("", "|", ")"):
            start = self.at
            text, atom_empty = self._atom(depth)
            quantifier, optional = self._quantifier()
            if self._lines and self.characters[start] == "^":
                waiting = start
            elif not (atom_empty or optional):
                waiting = None
            out.append(text + quantifier)
            empty = empty and (atom_empty or optional)
        if waiting is not None:
            raise self.problem(
                'with the flag m the engine also finds "^" behind a newline that ends the text, unlike XPath',
                waiting,
                "let a character follow, as in ^. or ^\\n",
            )
        return "".join(out), empty

    def _atom(self, depth: int) -> tuple[str, bool]:
        """One atom, and whether it matches the empty string."""
        character = self._peek()
        self.at += 1
        if character == "(":
            return self._group(depth)
        if character == "[":
            return self._class(depth), False
        if character == "\\":
            return self._escape(), False
        if character == ".":
            return self._dot, False
        if character in "^$":
            return (f"(?m:{character})" if self._lines else f"(?:{character})"), True
        if character in "?*+":
            raise self.problem(
                f'"{character}" follows nothing that it could repeat',
                self.at - 1,
                f"write \\{character} for the character itself",
            )
        if character == "{":
            raise self.problem('"{" stands alone', self.at - 1, "write \\{ for the character itself")
        return _escaped(character), False

    def _group(self, depth: int) -> tuple[str, bool]:
        start = self.at - 1
        opening = "("
        if self._peek() == "?":
            if self._peek(1) != ":":
                kind = "".join(self.characters[start : start + 4])
                look = self._peek(1) in ("=", "!") or (self._peek(1) == "<" and self._peek(2) in ("=", "!"))
                name = "looking ahead or behind" if look else "a group of this kind"
                way = _LOOK if look else "groups are (…) and (?:…); for case use the flag i"
                raise self.problem(f'XPath has no "{kind}…", {name}', start, way)
            self.at += 2
            opening = "(?:"
        else:
            self.groups += 1
        text, empty = self.expression(depth + 1)
        if self._peek() != ")":
            raise self.problem('this "(" is never closed', start, "write \\( for the character itself")
        self.at += 1
        return f"{opening}{text})", empty

    def _quantifier(self) -> tuple[str, bool]:
        """What follows an atom, and whether it allows none of it."""
        start = self.at
        character = self._peek()
        if character in ("?", "*", "+") and character:
            self.at += 1
            text, optional = character, character != "+"
        elif character == "{":
            text, optional = self._counts(start)
        else:
            return "", False
        if self._peek() == "?":
            self.at += 1
            text += "?"
        if self._peek() in ("?", "*", "+", "{") and self._peek():
            raise self.problem(
                f'"{self._peek()}" repeats what is repeated already',
                way="put the part in parentheses, as in (?:a+)+",
            )
        return text, optional

    def _counts(self, start: int) -> tuple[str, bool]:
        end = self.at
        while end < len(self.characters) and self.characters[end] != "}":
            end += 1
        inside = "".join(self.characters[start + 1 : end])
        least, _, most = inside.partition(",")
        numbers = [part for part in (least, most) if part]
        if end == len(self.characters) or not least or not all(n.isascii() and n.isdigit() for n in numbers):
            raise self.problem(
                "these braces hold no count",
                start,
                "write {2}, {2,} or {2,3}, or \\{ for the character itself",
            )
        if most and int(most) < int(least):
            raise self.problem("the greater count stands first", start)
        self.at = end + 1
        return f"{{{inside}}}", int(least) == 0

    def _escape(self) -> str:
        """An escape outside brackets."""
        text, kind = self._escaped_text()
        return text if kind == "character" or not self._caseless else f"(?-i:{text})"

    def _escaped_text(self) -> tuple[str, str]:
        """What follows a backslash: its text, and "character", "caseless" or "cased"."""
        start = self.at - 1
        character = self._peek()
        if not character:
            raise self.problem('a "\\" stands at the end', start, "write \\\\ for the character itself")
        self.at += 1
        if character in MULTI:
            return MULTI[character], "caseless" if character in "sSdD" else "cased"
        if character in ("p", "P"):
            return self._property(character)
        if character in _SINGLE:
            return f"\\{character}", "character"
        if character.isascii() and not character.isalnum() and character.isprintable() and character != " ":
            return _escaped(character), "character"
        if character.isdigit() and character.isascii():
            raise self.problem(
                f'the engine has no back-references such as "\\{character}"', start, _BACK_REFERENCE
            )
        raise self.problem(f'XPath has no escape "\\{character}"', start, WAYS.get(character, ""))

    def _property(self, letter: str) -> tuple[str, str]:
        start = self.at - 2
        end = self.at
        while end < len(self.characters) and self.characters[end] != "}":
            end += 1
        name = "".join(self.characters[self.at + 1 : end])
        if self._peek() != "{" or end == len(self.characters):
            raise self.problem(
                f'"\\{letter}" names no category in braces', start, "write \\p{L} or \\p{IsArabic}"
            )
        self.at = end + 1
        if name in CATEGORIES:
            return f"\\{letter}{{{name}}}", "caseless" if name in CASELESS else "cased"
        found = block_range(name.removeprefix("Is")) if name.startswith("Is") else None
        if found is None:
            raise self.problem(
                f'XPath has no category or block "{name}"',
                start,
                "categories are such as L and Lu, blocks such as IsArabic; scripts have no names in XPath",
            )
        first, last = found
        return f"[{'^' if letter == 'P' else ''}\\x{{{first:X}}}-\\x{{{last:X}}}]", "cased"

    def _class(self, depth: int) -> str:
        """A class in brackets, after its opening one."""
        start = self.at - 1
        found, minus = self._class_parts(start, depth)
        mixed = self._caseless and found.case_bound and found.cased
        if self._caseless and found.case_bound and not mixed:
            return f"(?-i:{self._subtracted(found, minus)})"
        if mixed and (found.negated or minus):
            raise self.problem(
                "with the flag i the engine cannot tell letters from \\p{…} and the like in one class",
                start,
                "write both cases and leave out the flag, or take the class apart with |",
            )
        if mixed:
            return f"(?:[{''.join(found.literals)}]|(?-i:[{''.join(found.escapes)}]))"
        return self._subtracted(found, minus)

    @staticmethod
    def _subtracted(found: _Class, minus: str) -> str:
        return f"[{found.text()}--{minus}]" if minus else found.text()

    def _class_parts(self, start: int, depth: int) -> tuple[_Class, str]:
        """The parts of a class, and what is subtracted from it as a class of its own."""
        if depth > _MOST_NESTED:
            raise self.problem("classes are nested too deeply", start)
        found = _Class(self._peek() == "^")
        self.at += found.negated
        first = True
        while True:
            character = self._peek()
            if not character:
                raise self.problem('this "[" is never closed', start, "write \\[ for the character itself")
            if character == "]" and not first:
                self.at += 1
                return found, ""
            if character == "-" and self._peek(1) == "[" and not first:
                self.at += 2
                inner, minus = self._class_parts(self.at - 1, depth + 1)
                found.case_bound |= inner.case_bound
                found.cased |= inner.cased
                if self._peek() != "]":
                    raise self.problem("nothing may follow a subtracted class", self.at)
                self.at += 1
                return found, self._subtracted(inner, minus)
            self._item(found, first=first)
            first = False

    def _item(self, found: _Class, *, first: bool) -> None:
        """One character, range or escape of a class."""
        at = self.at
        low = self._class_character(found, first=first)
        if low is None:
            return
        high = low
        ends = self._peek(1) in ("]", "[", "") or (self._peek(1) == "-" and self._peek(2) == "[")
        if self._peek() == "-" and not ends:
            self.at += 1
            end = self.at
            other = self._class_character(None, first=False)
            if other is None or ord(other) < ord(low):
                raise self.problem(f'"{low}-{self.characters[end]}" is no range', at)
            high = other
        found.cased = found.cased or high != low or low.lower() != low.upper()
        found.literals.append(_escaped(low) + (f"-{_escaped(high)}" if high != low else ""))

    def _class_character(self, found: _Class | None, *, first: bool) -> str | None:
        """One character; ``None`` for an escape for several, which is noted."""
        at = self.at
        character = self._peek()
        self.at += 1
        if character in ("[", "]"):
            way = f"write \\{character} for the character itself"
            raise self.problem(f'"{character}" stands in a class', at, way)
        last = self._peek() == "]" or (self._peek() == "-" and self._peek(1) == "[")
        if character == "-" and found is not None and not first and not last:
            raise self.problem(
                '"-" stands between parts of a class', at, "write \\- for the character itself"
            )
        if character != "\\":
            return character
        text, kind = self._escaped_text()
        if kind == "character":
            return _SINGLE[text[1]] if text[1:] in _SINGLE else text[-1]
        if found is None:
            return None
        found.escapes.append(text)
        found.case_bound = found.case_bound or kind == "cased"
        return None

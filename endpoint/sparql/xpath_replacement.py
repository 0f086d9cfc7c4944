"""The replacement of XPath's fn:replace (F&O 3.1 §5.6.4) in the engine's dialect."""

from __future__ import annotations

from araxes.endpoint.sparql.xpath_regex import Regex, RegexProblem


def translate_replacement(replacement: str, regex: Regex) -> str:
    """A replacement in the engine's dialect, for a pattern.

    >>> from araxes.endpoint.sparql.xpath_regex import translate
    >>> translate_replacement("$1year", translate("(a)"))
    '${1}year'

    Raises:
        RegexProblem: FORX0004.
    """
    if regex.literal:
        return replacement.replace("$", "$$")
    out: list[str] = []
    at = 0
    while at < len(replacement):
        character, following = replacement[at], replacement[at + 1 : at + 2]
        if character == "\\":
            if following not in ("\\", "$") or not following:
                raise RegexProblem(
                    '"\\" stands neither before "\\" nor before "$"',
                    at,
                    "write \\\\ for the character itself",
                )
            out.append("$$" if following == "$" else following)
            at += 2
        elif character == "$":
            end = _reference(replacement, at + 1, regex.groups)
            if end == at + 1:
                raise RegexProblem('"$" stands before no digit', at, "write \\$ for the character itself")
            out.append(f"${{{int(replacement[at + 1 : end])}}}")
            at = end
        else:
            out.append(character)
            at += 1
    return "".join(out)


def _reference(replacement: str, start: int, groups: int) -> int:
    """The end of a group's number: as many digits as still name a group, but at least one."""
    end = start
    while end < len(replacement) and replacement[end] in "0123456789":
        if end > start and int(replacement[start : end + 1]) > groups:
            break
        end += 1
    return end

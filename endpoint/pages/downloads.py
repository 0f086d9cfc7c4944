"""The page of downloads: every file with what it holds, its size and digest, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from flask import render_template

from araxes.triples.exports.descriptions import DESCRIPTIONS, LICENCE, MadeFile, Release
from araxes.triples.exports.table_columns import tables


def size_words(size: int) -> tuple[float, str]:
    """A number of bytes as people say it: a number and its unit.

    >>> size_words(31_617_259), size_words(812)
    ((31.6, 'MB'), (0.8, 'kB'))
    """
    return (round(size / 1e6, 1), "MB") if size >= 1e6 else (max(0.1, round(size / 1e3, 1)), "kB")


def downloads_page(files: Mapping[str, MadeFile], release: Release, base: str) -> str:
    """The page.

    Args:
        files: every file by name, also compressed.
        release: what they are made of.
        base: public address of the service.
    """
    plain = [made for made in files.values() if not made.packed]
    groups = [(key, list(found)) for key, found in groupby(plain, lambda made: made.file.group)]
    return render_template(
        "downloads.html",
        groups=groups,
        files=files,
        release=release,
        licence=LICENCE,
        descriptions=list(DESCRIPTIONS),
        tables=list(tables().values()),
        size_words=size_words,
        base=base,
    )

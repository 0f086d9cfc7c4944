"""How well pieces of passages can be guessed: ``python -m tests.benchmarks.bench_fingerprints``.

Whoever has fingerprints alone can try out texts until one has the number of a piece, 24 bits for 24 letters.
How many texts come before the right one is told by a model of letters (contexts of up to six, Witten and
Bell's weights) that has read all other originals (``ARAXES_SOURCES``) and tries the likeliest first. A piece
that takes it fewer than 24 bits is guessed with certainty; beyond, as many wrong texts have the same number.
A large language model, or somebody who has the paraphrase, needs fewer guesses than this model does.
"""

from __future__ import annotations

import math
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from araxes.triples.originals.fingerprints import PIECE, OwnCopy

_LONGEST = 6
_BITS = 24  # of the number of a piece
_LETTERS = 60  # of which any may come where nothing is known


class Letters:
    """How likely each letter is after others."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Read folded texts."""
        self._after: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for place, letter in enumerate(text):
                for length in range(min(place, _LONGEST) + 1):
                    self._after[text[place - length : place]][letter] += 1

    def bits(self, before: str, letter: str) -> float:
        """What it takes to tell a letter after others."""
        share = 1 / _LETTERS
        for length in range(min(len(before), _LONGEST) + 1):
            seen = self._after.get(before[len(before) - length :])
            if not seen:
                break
            share = (seen[letter] + len(seen) * share) / (seen.total() + len(seen))
        return -math.log2(share)


def main() -> None:
    """Print the table."""
    folder = Path(os.environ["ARAXES_SOURCES"])
    texts = {path.name[:3]: OwnCopy(path.read_text("utf-8")).folded for path in sorted(folder.glob("0*.txt"))}
    sys.stdout.write("| text | bits of a piece, median | pieces below 24 bits |\n| --- | ---: | ---: |\n")
    for name, text in texts.items():
        model = Letters(other for each, other in texts.items() if each != name)
        bits = [
            model.bits(text[max(0, place - _LONGEST) : place], letter) for place, letter in enumerate(text)
        ]
        pieces = [sum(bits[place : place + PIECE]) for place in range(0, len(bits) - PIECE + 1, PIECE)]
        guessed = sum(each < _BITS for each in pieces) / len(pieces)
        sys.stdout.write(f"| {name} | {median(pieces):.0f} | {guessed:.1%} |\n")


if __name__ == "__main__":
    main()

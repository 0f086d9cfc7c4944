"""The kinds of points at issue, without what computes them: pages show them, and a server starts light."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["Dispute", "Contrast", "Inconsistency"]
"""Local names of the classes below ``ax:PointAtIssue``.

Of a dispute, answers shut each other out or are put forward as rivals; of a contrast they merely differ; an
inconsistency is one text's, which does not agree with itself.
"""

KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which they are shown."""

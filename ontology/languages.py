"""The languages in which every term, entity and page has its words."""

from __future__ import annotations

LANGUAGES = ("en", "fa")
"""BCP 47 tags, in the order in which they are shown."""

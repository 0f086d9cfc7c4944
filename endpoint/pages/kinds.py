"""Which page shows a thing: by what the thing is. The first that fits is taken: the most special come first.

A kind of page is one file with a :class:`~araxes.endpoint.pages.thing_pages.ThingPage`, and one line here.
What no page fits is shown as its statements (:func:`araxes.endpoint.pages.views.resource_page`).
"""

from __future__ import annotations

from araxes.endpoint.pages import claim, compared, dispute, entity, source, theory
from araxes.endpoint.pages.thing_pages import ThingPage

PAGES: tuple[ThingPage, ...] = (
    claim.PAGE,
    dispute.PAGE,
    compared.PAGE,
    source.PAGE,
    theory.PAGE,
    entity.PAGE,
)
"""The pages, in the order in which they are tried."""

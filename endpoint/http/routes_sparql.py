"""``/sparql``: the SPARQL 1.1 Protocol, the service description, and the form."""

from __future__ import annotations

from flask import Flask, Response, g, request

from araxes.endpoint.engines.jobs import QueryJob, ResultPage
from araxes.endpoint.engines.replies import AnswerKind
from araxes.endpoint.http.repeated_answers import KEPT
from araxes.endpoint.http.responses import (
    base_url,
    check_format,
    file_response,
    gone,
    negotiate,
    query_field,
    with_dataset,
)
from araxes.endpoint.http.service_description import describe
from araxes.endpoint.pages import views
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.pages.query import QuerySite, example_of, query_page, result_page
from araxes.endpoint.service.etags import etag, matches, permalink
from araxes.endpoint.service.reply_problems import not_acceptable
from araxes.endpoint.service.result_cache import Kept
from araxes.endpoint.service.service import CompleteAnswer, Service
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format, content_type, version_in
from araxes.endpoint.sparql.protocol import QueryRequest, RawRequest, parse_request
from araxes.endpoint.sparql.query_outline import asks_for_triples
from araxes.triples.stores.versioned_store import StoreVersion

_REVALIDATE = "no-cache"  # a cache must ask again, which a 304 answers without evaluation

_LONGEST_KEPT = 1 << 16
"""Bytes of a query in a malformed request that are put back into the form."""

Chosen = tuple[Format, str] | None


def register(app: Flask, service: Service) -> None:
    """Add the routes."""

    @app.route("/sparql", methods=["GET", "POST", "OPTIONS"])
    @app.route("/sparql/", methods=["GET", "POST", "OPTIONS"])
    def sparql() -> Response:
        return _sparql(service)

    @app.route("/.well-known/void")
    def void() -> Response:
        return _description(service, None)


def _sparql(service: Service) -> Response:
    raw = RawRequest(
        request.method,
        request.query_string,
        request.headers.get("Content-Type", ""),
        request.get_data(cache=False) if request.method == "POST" else b"",
        request.headers.get("Content-Encoding", ""),
        base_url(service.settings) + "sparql",
    )
    parsed = parse_request(raw)
    g.query_sent = parsed.query if parsed else None
    if parsed is None:
        return _description(service, query_field("format"))
    return _Answering(service, parsed).response()


def _description(service: Service, name: str | None) -> Response:
    """What is here, as RDF or, for browsers, the form."""
    check_format(name, GRAPH_FORMATS)
    chosen = negotiate(name, GRAPH_FORMATS)
    if chosen is None:
        raise not_acceptable("service description", [entry.media_types[0] for entry in GRAPH_FORMATS])
    entry, media_type = chosen
    if entry.name == "html":
        here, example = site(service), query_field("example")
        query = example_of(example, here) or views.example_for(service)
        body: str | bytes = query_page(here, query, example)
    else:
        body = describe(service, base_url(service.settings), entry.name)
    response = Response(body, content_type=content_type(media_type))
    response.vary.add("Accept")
    return with_dataset(response, service.dataset.digest)


def site(service: Service, dataset: StoreVersion | None = None) -> QuerySite:
    """Where this request's query page is.

    Args:
        service: that serves it.
        dataset: that is asked, if not the present one.
    """
    return QuerySite(
        base_url(service.settings),
        service.settings.text("namespace"),
        chosen_language(request),
        dataset or service.dataset,
        past=dataset is not None and dataset.digest != service.dataset.digest,
    )


def query_sent() -> str | None:
    """The query of this request, as far as it was read; ``None`` where there is none."""
    if request.path.rstrip("/") != "/sparql":
        return None
    sent: str | None = g.get("query_sent")
    return sent or query_field("query", _LONGEST_KEPT)


class _Answering:
    """One query on its way to a response."""

    def __init__(self, service: Service, query: QueryRequest) -> None:
        """Negotiate both kinds of formats: which one counts is known after parsing."""
        self.service = service
        self.query = query
        self.dataset = service.dataset_named(query.dataset) if query.dataset else None
        self.solutions: Chosen = negotiate(query.format, SOLUTION_FORMATS)
        self.graph: Chosen = negotiate(query.format, GRAPH_FORMATS)

    def response(self) -> Response:
        """304, a kept answer, or a fresh one.

        Raises:
            HttpProblem: whatever went wrong.
        """
        # No evaluator is asked for an answer that nothing could carry.
        if self.solutions is None and self.graph is None:
            raise not_acceptable("any", [e.media_types[0] for e in SOLUTION_FORMATS + GRAPH_FORMATS])
        digest = (self.dataset or self.service.dataset).digest
        for chosen in (self.solutions, self.graph):
            if chosen is not None:
                found = self._known(digest, chosen)
                if found is not None:
                    return found
        self.service.check_rate(request.remote_addr or "")
        client = request.remote_addr or ""
        answer = self.service.evaluate(self._job(), client=client, gone=gone(), dataset=self.dataset)
        return self._fresh(answer)

    def _job(self) -> QueryJob:
        solutions = self.solutions[0].name if self.solutions else None
        graph = self.graph[0].name if self.graph else None
        query, page = self.query, ResultPage()
        if "html" in (solutions, graph):
            here = site(self.service, self.dataset)
            page = result_page(here, query, graph=asks_for_triples(query.query))
        graphs = (query.default_graphs, query.named_graphs)
        kinds = (self.solutions, self.graph)
        versions = tuple(version_in(chosen[1]) if chosen else "" for chosen in kinds)
        return QueryJob(query.query, solutions, graph, *graphs, page, query.base, (versions[0], versions[1]))

    def _known(self, digest: str, chosen: tuple[Format, str]) -> Response | None:
        """What can be said without an evaluation: only answers that were given before have tags."""
        if chosen[0].name == "html":
            return None
        tag = etag(digest, self.query, chosen[1])
        header = request.headers.get("If-None-Match")
        metrics = self.service.metrics
        if header and header.strip() != "*" and matches(header, tag):
            metrics.not_modified.inc()
            request.environ[KEPT] = None
            return self._dress(_unchanged(chosen), digest, tag, chosen)
        kept = self.service.cache.get(tag)
        if kept is None:
            return None
        metrics.cache.labels("hit").inc()
        request.environ[KEPT] = kept
        response = Response(kept.body, content_type=content_type(kept.media_type))
        return self._dress(response, digest, kept.tag, chosen)

    def _fresh(self, answer: CompleteAnswer) -> Response:
        reply, body, digest = answer.reply, answer.body, answer.dataset.digest
        chosen = self.graph if reply.kind == AnswerKind.GRAPH else self.solutions
        assert chosen is not None  # noqa: S101 -- the engine refuses kinds without a format
        if reply.volatile or chosen[0].name == "html":
            return self._dress(file_response(body, chosen[1]), digest, None, chosen)
        tag = etag(digest, self.query, chosen[1])
        if reply.blank:
            tag = "W/" + tag  # new blank nodes each time: equal in meaning, not in bytes
        elif self.service.cache.fits(body.size):
            self.service.cache.put(Kept(tag, chosen[1], body.content()))
            self.service.metrics.cache.labels("miss").inc()
        if matches(request.headers.get("If-None-Match"), tag):
            body.close()
            return self._dress(_unchanged(chosen), digest, tag, chosen)
        return self._dress(file_response(body, chosen[1]), digest, tag, chosen)

    def _dress(
        self, response: Response, digest: str, tag: str | None, chosen: tuple[Format, str]
    ) -> Response:
        """Headers that tie the answer to dataset, query and format."""
        headers = response.headers
        if tag is None:
            headers["Cache-Control"] = "no-store"
        else:
            headers["ETag"] = tag
            headers["Cache-Control"] = _REVALIDATE
        link = permalink(base_url(self.service.settings), self.query, chosen, digest)
        if link:
            headers["Link"] = f'<{link}>; rel="bookmark"'
        response.vary.add("Accept")
        return with_dataset(response, digest)


def _unchanged(chosen: tuple[Format, str]) -> Response:
    """304, known as what it stands for: without a type Flask takes a response for a page."""
    return Response(status=304, content_type=content_type(chosen[1]))

"""The table of settings and limits: every setting there is, with its default, bounds and meaning."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

Value = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What a text may be.

    Attributes:
        fits: whether a text is.
        words: the same for people, to stand after "give".
    """

    fits: Callable[[str], bool]
    words: str


def _pattern(pattern: str, words: str) -> Form:
    compiled = re.compile(pattern)
    return Form(lambda text: compiled.fullmatch(text) is not None, words)


def _is_address(text: str) -> bool:
    """Whether it is one IP address in the spelling in which connections show it, or nothing."""
    try:
        return not text or str(ipaddress.ip_address(text)) == text
    except ValueError:
        return False


def _is_host(text: str) -> bool:
    """Whether it is the name of a host, or an IP address without brackets and port."""
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        # What ends in a number is an address or nothing: "5000", "999.0.0.1".
        return _NAME.fullmatch(text) is not None and not text.rpartition(".")[2].isdecimal()


def _is_base(text: str) -> bool:
    """Whether paths can be put behind it, or it is empty."""
    if not text:
        return True
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return usable and re.fullmatch(_WEB, text) is not None and not set("?#@") & set(text)


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    Attributes:
        name: as in the file; ``--name-with-dashes``, ``ARAXES_NAME``.
        default: also decides the type.
        help: one sentence.
        unit: of a number, else empty.
        least: smallest allowed number.
        most: largest allowed number, or number of entries of a list.
        form: of a text, or of every entry of a list.
    """

    name: str
    default: Value
    help: str
    unit: str = ""
    least: float = 0
    most: float = 0
    form: Form | None = None

    @property
    def flag(self) -> str:
        """The command line option."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """The environment variable."""
        return "ARAXES_" + self.name.upper()

    @property
    def kind(self) -> str:
        """The type of its values, in words."""
        kinds = {
            bool: "true or false",
            int: "whole number",
            float: "number",
            str: "text",
            tuple: "list of texts",
        }
        return kinds[type(self.default)]


_WEB = r"https?://[^\s\0-\x1f<>\"{}|\\^`]{1,2000}"
_PATH = _pattern(r"[^\0]{1,4096}", "a path of at most 4,096 characters")
_PATH_OR_NOTHING = _pattern(r"[^\0]{0,4096}", "a path of at most 4,096 characters, or nothing")
_NAME = re.compile(r"(?=.{1,253}\.?$)[\w-]{1,63}(\.[\w-]{1,63})*\.?")
_HOST = Form(_is_host, "a host name or an address, without port, brackets and quotes")
_BASE = Form(_is_base, "a whole http(s) address without user, query and fragment, or nothing")
_NAMESPACE = _pattern(rf"{_WEB}[/#]", "an http(s) IRI that ends in / or #")
_ENDPOINTS = _pattern(_WEB, "whole http(s) IRIs")
_ENGINE_ADDRESS = _pattern(
    r"(https?://(?:[^\s\0-\x1f<>\"{}|\\^`]|\{dataset\}){1,2000})?", "one whole http(s) address, or nothing"
)
_ADDRESS = Form(_is_address, "one IP address in its usual spelling, or nothing")
_ORIGIN = _pattern(
    r"\*|null|(https?://[^\s/,\0-\x1f]{1,300})?", "*, one origin such as https://example.org, or nothing"
)
_ORIGINS = _pattern(r"https?://[^\s/,\0-\x1f]{1,300}", "origins such as https://example.org")
_LOG_FORMAT = _pattern("text|json", "text or json")
_LOG_LEVEL = _pattern("debug|info|warning|error", "debug, info, warning or error")

_ENGINE = (
    "SPARQL 1.1 query address of the engine that holds the dataset; {dataset} in it stands for the first 12 "
    "characters of the digest; empty: the local store."
)
_KEY_FILE = (
    "File with the engine's user:password, or Bearer and a token; ARAXES_ENGINE_CREDENTIALS wins over it."
)
_BASE_URL = "Public address of the service, when it stands behind a proxy under another name."
_IRIS = "IRIs that begin so are resolved by this server's paths."
_SPARES = "Warm evaluators kept besides, to replace killed ones at once."
_LONG = "Long queries evaluated besides, even while others wait."
_RATE = "Queries a client address may send on average; 0: no limit."
_WORKSHOP = "Memory that the drawing of one picture, or the making of one file, may take."
_BURST = "Queries a client may send at once before the rate counts."
_FOLDER = "Folder for answers on their way; empty: the system's temporary folder."
_SPOOL = (
    "All answers on their way together; one under evaluation counts with all it may become (result_size). "
    "At least twice that: a client with one under evaluation leaves the last room to others."
)
_CONNECTIONS = "Open connections; beyond, whoever has most of them loses the one that idles or is slowest."
_SEND_TIME = "In every such period a client must take as much of its answer as send_rate says."
_SEND_RATE = "Slowest pace at which an answer may be taken; 0: any byte in send_time will do."
_ORIGINALS = (
    "Folder of the original texts; empty: none. Nothing of them is shown unless show_passages allows it."
)
_PDF_READER = "Folder build of npm's pdfjs-dist, with which browsers read PDF files for /own-copy."
_SHOWN = (
    "Allow pages of claims to show the passage in its context, out of originals: you must hold that right."
)
_FEDERATION = "Endpoint IRIs that SERVICE may name, exactly so; empty: none."
_PRIVATE = "Allow listed SERVICE endpoints to resolve to private or loopback addresses."
_CALL_TIME = "Longest single SERVICE call, from looking up the name to the last byte."
_PAGES = "Origins whose pages may use /mcp in browsers, beside base_url and this machine's own."
_RELAY = "Believe X-Forwarded-For, -Proto and -Host from this proxy's address; empty: from nobody."

SETTINGS: tuple[Setting, ...] = (
    Setting("host", "127.0.0.1", "Address to listen on.", form=_HOST),
    Setting("port", 5000, "TCP port to listen on; 0 takes a free one.", "port", 0, 65_535),
    Setting("store", ".araxes/store", "Folder that holds the store.", form=_PATH),
    Setting("engine", "", _ENGINE, form=_ENGINE_ADDRESS),
    Setting("engine_credentials", "", _KEY_FILE, form=_PATH_OR_NOTHING),
    Setting("base_url", "", _BASE_URL, form=_BASE),
    Setting("namespace", "https://w3id.org/araxes/", _IRIS, form=_NAMESPACE),
    Setting("timeout", 30.0, "Longest evaluation of a query.", "seconds", 0.05, 86_400),
    Setting("memory", 512, "Memory that one query may take.", "MiB", 16, 1 << 20),
    Setting("workshop_memory", 2048, _WORKSHOP, "MiB", 1024, 1 << 20),
    Setting("file_time", 600.0, "Longest making of a file of the whole dataset.", "seconds", 1, 86_400),
    Setting("result_size", 256, "Largest answer.", "MiB", 1, 1 << 20),
    Setting("request_size", 2048, "Largest request body.", "KiB", 1, 4096),
    Setting("header_size", 512, "Largest request line and headers together.", "KiB", 4, 4096),
    Setting("evaluators", 6, "Quick queries evaluated at the same time.", "processes", 1, 256),
    Setting("spares", 2, _SPARES, "processes", 0, 64),
    Setting("queue", 32, "Requests that may wait for an evaluator.", "requests", 0, 1000),
    Setting("queue_wait", 10.0, "Longest wait in the queue.", "seconds", 0.05, 3600),
    Setting("long_after", 0.5, "A query that runs longer counts as long.", "seconds", 0.05, 86_400),
    Setting("long_queries", 3, _LONG, "processes", 1, 256),
    Setting("recycle", 2000, "An evaluator is replaced after so many queries.", "queries", 1, 10**9),
    Setting("rate", 0.0, _RATE, "per second", 0, 10**6),
    Setting("rate_burst", 20, _BURST, "queries", 1, 10**6),
    Setting("spool_dir", "", _FOLDER, form=_PATH_OR_NOTHING),
    Setting("spool_size", 4096, _SPOOL, "MiB", 2, 1 << 24),
    Setting("cache_size", 64, "Memory for answers kept for repetition; 0: none.", "MiB", 0, 1 << 20),
    Setting("connections", 500, _CONNECTIONS, "connections", 8, 50_000),
    Setting("request_time", 20.0, "Longest time for a request to arrive completely.", "seconds", 0.5, 3600),
    Setting("idle_time", 30.0, "Longest silence on a connection.", "seconds", 0.5, 3600),
    Setting("send_time", 30.0, _SEND_TIME, "seconds", 0.5, 3600),
    Setting("send_rate", 8, _SEND_RATE, "KiB per second", 0, 1 << 20),
    Setting("stop_time", 10.0, "How long a stop waits for running requests.", "seconds", 0, 3600),
    Setting("originals", "", _ORIGINALS, form=_PATH_OR_NOTHING),
    Setting("pdf_reader", "", _PDF_READER, form=_PATH_OR_NOTHING),
    Setting("show_passages", False, _SHOWN),
    Setting("federation", (), _FEDERATION, most=200, form=_ENDPOINTS),
    Setting("federation_private", False, _PRIVATE),
    Setting("federation_time", 10.0, _CALL_TIME, "seconds", 0.1, 3600),
    Setting("federation_size", 16, "Largest answer of a SERVICE call.", "MiB", 1, 1024),
    Setting("trusted_proxy", "", _RELAY, form=_ADDRESS),
    Setting(
        "cors_origin", "*", "Value of Access-Control-Allow-Origin; empty: no CORS headers.", form=_ORIGIN
    ),
    Setting("tool_origins", (), _PAGES, most=200, form=_ORIGINS),
    Setting("log_format", "text", "Log lines as 'text' or 'json'.", form=_LOG_FORMAT),
    Setting("log_level", "info", "'debug', 'info', 'warning' or 'error'.", form=_LOG_LEVEL),
)
"""Every setting there is."""

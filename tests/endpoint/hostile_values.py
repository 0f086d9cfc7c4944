"""What a stranger puts into paths, fields, headers and bodies: long, odd, and what is no text."""

from __future__ import annotations

import gzip
from urllib.parse import quote

from tests.endpoint.endpoint_fixtures import FORM

LONG = {
    "letters": "x" * 400_000,
    "slashes": "/" * 400_000,
    "dots": "../" * 100_000,
    "codes": "%41" * 130_000,
    "marks": "%CC%81" * 60_000,
    "ligatures": quote("\ufdfa") * 40_000,
    "brackets": "%5B" * 130_000,
    "digits": "9" * 400_000,
    "fields": "&a=1" * 100_000,
}
ODD = (
    "%00",
    "%0d%0aX-Injected:%201",
    "%c0%ae%c0%ae/etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%252e%252e/etc/passwd",
    "%ff%fe",
    "%ed%a0%80",
    "%zz%",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%7B%7B7*7%7D%7D%7B%25%20x%20%25%7D",
    "%5B%5D",
    "null",
    "NaN",
    "1e999",
    "-1",
    "%E2%80%AE%E2%80%8B",
    "",
)
HEADERS = {
    "Accept": ("a/b," * 90_000, "text/html;q=0.5," * 20_000, 'a/b;c="' * 50_000, "*/*" + ";a=b" * 90_000),
    "Accept-Language": ("en," * 120_000, "fa;q=0.1," * 40_000),
    "If-None-Match": ('"a",' * 90_000, "W/" * 200_000),
    "If-Modified-Since": ("x" * 400_000,),
    "Range": ("bytes=" + "0-1," * 90_000,),
    "Cookie": ("lang=fa;" * 50_000, ";" * 400_000),
    "Content-Type": ("a/b" + ";c=d" * 90_000,),
    "X-Forwarded-For": ("1.2.3.4," * 50_000,),
    "Access-Control-Request-Headers": ("x," * 200_000,),
}
BODIES: dict[str, tuple[bytes, tuple[tuple[str, str], ...]]] = {
    "a form": (b"a=b&" * 100_000, (("Content-Type", FORM),)),
    "JSON": (b"[" * 1_000_000, (("Content-Type", "application/json"),)),
    "gzip": (gzip.compress(b"\0" * 50_000_000), (("Content-Type", FORM), ("Content-Encoding", "gzip"))),
    "parts": (
        b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" * 20_000 + b"--x--\r\n",
        (("Content-Type", "multipart/form-data; boundary=x"),),
    ),
    "no parts": (b"\r\n" * 900_000, (("Content-Type", "multipart/form-data; boundary=x"),)),
    "half a part": (
        b"--x\r\nContent-Disposition: form-data; name=queries\r\n\r\n" + b"\r\n--" * 400_000,
        (("Content-Type", "multipart/form-data; boundary=x"),),
    ),
    "UTF-16": ("queries={}".encode("utf-16"), (("Content-Type", FORM + "; charset=utf-16"),)),
}

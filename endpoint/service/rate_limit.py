"""The rate limit per client: a token bucket each, for the clients seen last."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from functools import lru_cache

_MOST_CLIENTS = 10_000


@lru_cache(4096)
def client_key(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 network of an IPv6 address.

    >>> client_key("2001:db8::1"), client_key("::ffff:192.0.2.1")
    ('2001:db8::', '192.0.2.1')
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False).network_address)


class RateLimiter:
    """At most ``rate`` requests a second on average for each client, ``burst`` at once."""

    def __init__(self, rate: float, burst: int) -> None:
        """No limit when ``rate`` is 0."""
        self._rate = rate
        self._burst = burst
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """0 if the request may go on, else the seconds to wait before the next."""
        if not self._rate:
            return 0
        now = time.monotonic()
        with self._lock:
            tokens, since = self._buckets.pop(client, (float(self._burst), now))
            tokens = min(self._burst, tokens + (now - since) * self._rate)
            allowed = tokens >= 1
            self._buckets[client] = (tokens - 1 if allowed else tokens, now)
            while len(self._buckets) > _MOST_CLIENTS:
                self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - tokens) / self._rate))

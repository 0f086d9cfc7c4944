"""What is known of a message before it is read, whatever carries it: names of headers, and the longest."""

from __future__ import annotations

VERSION_HEADER = "MCP-Protocol-Version"
METHOD_HEADER = "Mcp-Method"
NAME_HEADER = "Mcp-Name"
HEADERS = (VERSION_HEADER, METHOD_HEADER, NAME_HEADER)
"""Headers of the protocol, which pages of other sites send, too."""

LONGEST_MESSAGE = 256 << 10
"""Bytes of a message that is read."""

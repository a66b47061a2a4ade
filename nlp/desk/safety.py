"""Lets nobody in but the person who started the desk, and nothing run or load that is not the desk's."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer carries. A text that became markup could still run and load nothing."""
_HOST = re.compile(r"(?:127\.0\.0\.1|localhost):(\d{1,5})")


def is_our_host(host: str, port: int) -> bool:
    """Return whether a request names this machine and the desk's port.

    A page elsewhere whose name was made to lead here names itself.

    >>> is_our_host("127.0.0.1:8421", 8421), is_our_host("evil.example:8421", 8421)
    (True, False)
    """
    match = _HOST.fullmatch(host)
    return match is not None and int(match[1]) == port


def is_from_our_page(headers: Mapping[str, str], host: str) -> bool:
    """Return whether a request that changes something was sent by a page of the desk.

    Every browser names the page's origin with such a request.
    """
    return headers.get("Origin") == f"http://{host}"


def is_our_token(given: str, token: str) -> bool:
    """Return whether a token is the desk's, in a time that does not tell how much of it is right."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())

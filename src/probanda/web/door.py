"""Who may come in, and what every answer carries: one-time links, visits, hosts, origins, headers.

Start with `Door`. A link is good once and opens a visit for one user; a visit lives in this process and ends with it.
Requests for another host (DNS rebinding), and requests that change something and come from another page, are refused
before any page sees them (OWASP ASVS 3 and 4).

Looks down to: kernel. Used by: web.app, web.serve.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

COOKIE = "probanda"
POLICY = "content-security-policy"
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""The policy of what is no page of ours: the bytes of an item, or a picture of them. It may do nothing at all."""
HEADERS = {
    POLICY: (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
"""On every answer. No inline script or style, nothing from elsewhere, nothing kept by the browser or in between."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser that came in with a link."""

    user: str
    """Id of the user whose eyes it looks through."""
    token: str
    """Stands in each form: a page of another origin cannot know it."""


@dataclass(slots=True)
class Door:
    """Links not yet used and visits under way; safe to call from several threads."""

    hosts: frozenset[str]
    """Values of the Host header that are ours."""
    _links: dict[str, str] = field(default_factory=dict)
    _visits: dict[str, Visit] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def at(cls, host: str, port: int, names: Iterable[str] = ()) -> Door:
        """A door for this address. On loopback the names of loopback are ours too."""
        named = {host, *names}
        if host in LOOPBACK:
            named |= LOOPBACK
        return cls(frozenset(f"{_bracketed(n)}:{port}" for n in named))

    def link(self, user: str) -> str:
        """A new secret that opens one visit for this user."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._links[secret] = user
        return secret

    def enter(self, secret: str) -> str | None:
        """Spend a link: the visit's own secret, for its cookie; None where the link is unknown or spent."""
        with self._lock:
            user = self._links.pop(secret, None)
            if user is None:
                return None
            visit = secrets.token_urlsafe(32)
            self._visits[visit] = Visit(user, secrets.token_urlsafe(32))
            return visit

    def visit(self, cookie: str | None) -> Visit | None:
        """The visit that this cookie belongs to; None where there is none."""
        return self._visits.get(cookie) if cookie else None

    def leave(self, cookie: str | None) -> None:
        """End a visit."""
        with self._lock:
            self._visits.pop(cookie or "", None)

    def is_ours(self, host: str | None) -> bool:
        """True for a Host header that names this server."""
        return host is not None and host.lower() in self.hosts


LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def from_elsewhere(origin: str | None, site: str | None, host: str) -> bool:
    """True when a request that changes something comes from a page that is not ours, as the browser tells."""
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and origin not in (f"http://{host}", f"https://{host}")


def same(given: str | None, token: str) -> bool:
    """True when the form bears the visit's token; compared in constant time."""
    return given is not None and hmac.compare_digest(given.encode(), token.encode())


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host

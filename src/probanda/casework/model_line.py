"""The line to a language model: whom words may be sent to, settled once, and how they go there and nowhere else.

Start with `open_line`, then `Line.ask`. Only an address of the loopback is asked (127.0.0.0/8, ::1), and that is
judged on the very address that is then connected to, not on a name that may lead elsewhere a moment later. Another
host must be allowed by name and port. What goes there is handed to `before_leaving` first, so that it can be recorded.

Looks down to: kernel, store (settings). Used by: asking, cli.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.store.settings import OF_MODEL, Settings

TIMEOUT = 300.0
"""Seconds in which one answer has to be there, all in all: a small machine writes a few words a second."""
LARGEST = 2_000_000
"""Bytes of the longest answer."""
PATH = "/chat/completions"


class NoAnswer(ProbandaError):
    """The model could not be reached, or what came back is no answer."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"No answer from the model at {url}: {reason}.",
            "See that its server runs and that the address and the model's name are right; nothing was changed here.",
        )


class MayNotLeave(ProbandaError):
    """The words would leave this machine, and they may not, or not to there."""


# --- whom to ask ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks the chat-completions form of OpenAI's interface, and the model it is asked for."""

    url: str
    """Up to the version, such as `http://127.0.0.1:8080/v1`; `/chat/completions` is added."""
    model: str
    allowed: tuple[str, ...] = ()
    """`host:port` of other machines that `case.toml` names."""

    @property
    def address(self) -> Address:
        """Its parts. Raises WrongUsage for anything else than http(s)://HOST[:PORT][/PATH]."""
        return address_of(self.url)


def endpoint_of(
    settings: Settings, recorded: Settings | None, url: str | None = None, model: str | None = None
) -> Endpoint:
    """The endpoint that the case's settings name; `url` and `model` take the place of theirs.

    Whom words may be given to besides this machine comes from the settings alone, and only as far as the log has them
    too (`recorded`): a line that somebody wrote into the file allows nothing. Raises WrongUsage where an address or a
    model is missing.
    """
    now, known = _named(settings), _named(recorded)
    allowed = known["model_allowed"].split()
    found = Endpoint(
        url or now["model_endpoint"],
        model or now["model_name"],
        tuple(name for name in now["model_allowed"].split() if name in allowed),
    )
    if not found.url or not found.model.strip():
        raise WrongUsage(
            "There is no model to ask.",
            "Name its server and the model: --endpoint http://127.0.0.1:8080/v1 --model NAME.",
        )
    if not found.model.isprintable() or len(found.model) > 100:
        raise WrongUsage("The model's name cannot be used.", "Give up to 100 signs on one line.")
    return found


def _named(settings: Settings | None) -> dict[str, str]:
    """What settings say of a model; a case that never recorded any says nothing."""
    found = {key: str(getattr(settings, key, "")) for key in OF_MODEL}
    return found | {"model_allowed": found["model_allowed"].replace(",", " ").lower()}


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an endpoint's address."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def name(self) -> str:
        """Host and port as `case.toml` names them; an IPv6 address in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address_of(url: str) -> Address:
    """An address that may be asked. Raises WrongUsage for anything else than http(s)://HOST[:PORT][/PATH]."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        fit = parts.scheme in ("http", "https") and bool(host) and not parts.query and not parts.fragment
    except ValueError:
        fit, host, port, parts = False, "", None, urlsplit("")
    if not fit or "@" in parts.netloc or "%" in host or not url.isascii() or not url.isprintable() or " " in url:
        raise WrongUsage(
            f"{url!r} is no address of a model's server.", "Write it as http://127.0.0.1:PORT/v1, without a user name."
        )
    path = parts.path.rstrip("/")
    default = 443 if parts.scheme == "https" else 80
    return Address(parts.scheme, host, port or default, path if path.endswith(PATH) else path + PATH)


@dataclass(frozen=True, slots=True)
class Route:
    """One address to connect to, settled: no name is looked up again after it was judged."""

    family: int
    sockaddr: Any
    """As the system's resolver gave it."""

    @property
    def ip(self) -> str:
        """The IP address."""
        return str(self.sockaddr[0])

    @property
    def loopback(self) -> bool:
        """True where what is sent there does not leave this machine."""
        found = ipaddress.ip_address(self.ip.partition("%")[0])
        mapped = getattr(found, "ipv4_mapped", None)
        return (mapped or found).is_loopback


def routes_to(address: Address, allowed: Sequence[str], *, stays: str | None = None) -> tuple[Route, ...]:
    """Where to connect: loopback addresses alone (`localhost` has two), or one of a host that was allowed by name.

    `stays`: why the words may not leave this machine whatever is allowed, else None. A name that is neither this
    machine's nor allowed is not even looked up. Raises MayNotLeave, NoAnswer.
    """
    named = address.name in allowed
    if not named and not _of_this_machine(address.host):
        raise _refused(address)
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer(address.name, f"its name leads nowhere ({error})") from error
    routes = [Route(family, sockaddr) for family, _, _, _, sockaddr in found]
    near = tuple(route for route in routes if route.loopback)
    if near:
        return near
    if stays is not None:
        raise MayNotLeave(
            f"{address.name} is another machine, and {stays}.", "Ask a model that runs on this machine (127.0.0.1)."
        )
    if not named or not routes:
        raise _refused(address)
    return tuple(routes[:1])


def _of_this_machine(host: str) -> bool:
    """A numeric address, which is judged as it stands, or the name that every machine has for itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):
        ipaddress.ip_address(host)
        return True
    return False


def _refused(address: Address) -> MayNotLeave:
    return MayNotLeave(
        f"{address.name} is another machine, and nobody allowed that words are sent to it.",
        "Ask a model that runs on this machine (127.0.0.1), or allow that host and port by name in case.toml "
        f"(`probanda settings set model_allowed {address.name}`).",
    )


# --- the line to it -------------------------------------------------------------------------------


class _Pinned(http.client.HTTPConnection):
    """A connection to a settled address, whatever its name may lead to by now."""

    def __init__(self, address: Address, routes: Sequence[Route], timeout: float) -> None:
        super().__init__(address.host, address.port, timeout=timeout)
        self._routes, self._seconds = routes, timeout
        self._tls = ssl.create_default_context() if address.scheme == "https" else None
        self.late = threading.Event()
        self._open: list[socket.socket] = []
        """Kept here as well: this class forgets its own while an answer is still being read from it."""

    def connect(self) -> None:
        """Connect to the first settled address that answers, and to no other."""
        for number, route in enumerate(self._routes, 1):
            self.sock = socket.socket(route.family, socket.SOCK_STREAM)
            self._open.append(self.sock)
            self.sock.settimeout(self._seconds)
            try:
                self.sock.connect(route.sockaddr)
                break
            except OSError:
                self.sock.close()
                if number == len(self._routes):
                    raise
        if self._tls is not None:
            wrapped = self._tls.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = wrapped
            self._open.append(wrapped)
            wrapped.do_handshake()
        if self.late.is_set():
            raise TimeoutError

    def cut(self) -> None:
        """End it from outside: a timeout for each read alone could be dripped past for days."""
        self.late.set()
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True, slots=True)
class Line:
    """The way to one model, settled when it was opened: the addresses it leads to were judged, and stay the same."""

    endpoint: Endpoint
    routes: tuple[Route, ...]
    before_leaving: Callable[[bytes, str], None]
    """Told the body and the IP address before a byte goes to another machine; where it raises, nothing is sent."""
    timeout: float

    @property
    def away(self) -> bool:
        """True where what is asked leaves this machine."""
        return not all(route.loopback for route in self.routes)

    def ask(self, body: bytes) -> str:
        """Send one request and give the words of the answer. Raises NoAnswer.

        No redirect is followed, no proxy of the environment is used; it takes no longer than the timeout all in all.
        """
        address = self.endpoint.address
        if self.away:
            self.before_leaving(body, self.routes[0].ip)
        connection = _Pinned(address, self.routes, self.timeout)
        with _within(connection, self.timeout):
            try:
                data = self._exchange(connection, address, body)
                if connection.late.is_set():
                    raise TimeoutError
            except (OSError, http.client.HTTPException, ValueError) as error:
                if connection.late.is_set() or isinstance(error, TimeoutError):
                    raise NoAnswer(address.name, f"it took longer than {self.timeout:g} seconds") from error
                raise NoAnswer(address.name, _plain(str(error)) or type(error).__name__) from error
        return _content(address, data)

    def _exchange(self, connection: _Pinned, address: Address, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        connection.request("POST", address.path, body=body, headers=headers)
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            moved = " (it points elsewhere, and that is not followed)" if 300 <= answer.status < 400 else ""
            raise NoAnswer(address.name, f"it answered {answer.status} {_plain(answer.reason)}{moved}")
        data = answer.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise NoAnswer(address.name, f"it sent more than {LARGEST:,} bytes")
        return data


def open_line(
    endpoint: Endpoint,
    before_leaving: Callable[[bytes, str], None],
    *,
    stays: str | None = None,
    timeout: float = TIMEOUT,
) -> Line:
    """Settle where an endpoint is; nothing is sent yet. `stays`: why the words may not leave this machine whatever is
    allowed, else None. Raises MayNotLeave, NoAnswer, WrongUsage."""
    return Line(endpoint, routes_to(endpoint.address, endpoint.allowed, stays=stays), before_leaving, timeout)


@contextmanager
def _within(connection: _Pinned, timeout: float) -> Iterator[None]:
    timer = threading.Timer(timeout, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()


def _plain(words: str) -> str:
    """What a stranger's server says of itself, fit to be shown."""
    return "".join(sign if sign.isprintable() else " " for sign in words[:120]).strip()


def _content(address: Address, data: bytes) -> str:
    """The words that the model wrote. Nothing else of an answer is looked at."""
    try:
        told = json.loads(data)
        words = told["choices"][0]["message"]["content"]
    except RecursionError:
        raise NoAnswer(address.name, "what it sent is nested too deeply") from None
    except (ValueError, KeyError, IndexError, TypeError):
        raise NoAnswer(address.name, "what it sent is no chat completion") from None
    return words if isinstance(words, str) else ""

"""How long the server takes for each page of the workbench, and how many bytes it sends.

    python -m benchmarks.workbench.measure CASE [--times 30] [--only items,log] [--user NAME]

CASE is a case folder, such as `generate` makes. The application is asked in this process, as a browser that came in
would ask it, one page after another, each time with other arguments drawn from the case (always the same ones). Time is
from the request to the last byte of the answer; *work* is the processor's share of it, at the median. Bytes are those
of the body compressed with gzip. *First view* is the page with its script and style.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import random
import statistics
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Table, func, select

from probanda import Case
from probanda.store import tables as t
from probanda.store.store import Store
from probanda.web.app import STATIC, workbench
from probanda.web.door import Door

HOST = "127.0.0.1:8000"
MEDIAN, P95, BYTES = 0.150, 0.400, 300_000
"""The aims, in seconds and bytes."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Server time of each page of the workbench.")
    parser.add_argument("case", type=Path)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--only", default="")
    parser.add_argument("--user")
    asked = parser.parse_args()
    with Case.open(asked.case, user=asked.user) as case:
        pages = addresses(case.store, asked.times)
        names = [name for name in pages if not asked.only or name.split(" ")[0] in asked.only.split(",")]
        print(
            f"{os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}; aims: median {MEDIAN}, p95 {P95}, {BYTES:,} bytes"
        )
        print(f"{'page':34} {'median':>8} {'p95':>8} {'work':>8} {'bytes':>9}  statuses")
        asyncio.run(measured(case, {name: pages[name] for name in names}))


async def measured(case: Case, pages: dict[str, list[str]]) -> None:
    """Ask for each of these addresses and print a line for each page."""
    door = Door.at("127.0.0.1", 8000)
    app = workbench(case, door)
    status, headers, _ = await ask(app, f"/enter/{door.link(case.eyes.user)}", "")
    cookie = dict(headers)[b"set-cookie"].split(b";")[0].decode()
    fixed = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in ("style.css", "keys.js", "reader.js"))
    for name, paths in pages.items():
        took, worked, sizes, statuses = [], [], [], set()
        for path in paths:
            start, work = time.perf_counter(), time.process_time()
            status, headers, body = await ask(app, path, cookie)
            took.append(time.perf_counter() - start)
            worked.append(time.process_time() - work)
            packed = dict(headers).get(b"content-encoding") == b"gzip"
            sizes.append(len(body) if packed else len(gzip.compress(body)))
            statuses.add(status)
        if took:
            slow = _at(took, 0.95)
            mark = (
                "" if statistics.median(took) <= MEDIAN and slow <= P95 and max(sizes) + fixed <= BYTES else "  MISSED"
            )
            print(
                f"{name:34} {statistics.median(took):8.3f} {slow:8.3f} {statistics.median(worked):8.3f} {max(sizes):9,}"
                f"  {sorted(statuses)}{mark}", flush=True,
            )  # fmt: skip
    print(f"style and script: {fixed:,} bytes, compressed; they come with the first view and are kept")


async def ask(app: Any, path: str, cookie: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body of the answer to a GET."""
    address, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": address, "raw_path": address.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(b"host", HOST.encode()), (b"cookie", cookie.encode()), (b"accept-encoding", b"gzip")],
        "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", 8000), "state": {},
    }  # fmt: skip
    told: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    await app(scope, receive, send)
    body = b"".join(one.get("body", b"") for one in told if one["type"] == "http.response.body")
    return told[0]["status"], list(told[0]["headers"]), body


def addresses(store: Store, times: int) -> dict[str, list[str]]:
    """What to ask for, by page."""
    rng = random.Random(3)  # noqa: S311 - a choice of pages, no secret
    with store._reading() as connection:

        def some(table: Table, column: str, *where: Any) -> list[Any]:
            least, most = connection.execute(select(func.min(table.c.n), func.max(table.c.n))).one()
            found: list[Any] = []
            while len(found) < times and least is not None:
                query = select(table.c[column]).where(table.c.n >= rng.randrange(least, most + 1), *where)
                found += connection.execute(query.order_by(table.c.n).limit(1)).scalars().all() or [None]
            return [one for one in found if one is not None]

        digests = some(t.item, "digest")
        query = select(t.acquisition.c.number).where(t.acquisition.c.item.in_(digests))
        numbers = connection.execute(query.order_by(t.acquisition.c.place)).scalars().all()
        claims = some(t.claim, "id")
        actors, incidents = some(t.actor, "id"), some(t.incident, "id")
        suggestions = some(t.suggestion, "id")
        names = some(t.actor, "name")
        items = connection.execute(select(t.claim.c.item).where(t.claim.c.id.in_(claims))).scalars().all()
        read = connection.execute(
            select(t.acquisition.c.number).join(t.item, t.item.c.digest == t.acquisition.c.item)
            .where(t.item.c.n.in_(items))
        ).scalars().all()  # fmt: skip
        held = select(t.claim.c.item).group_by(t.claim.c.item).order_by(func.count().desc()).limit(1).scalar_subquery()
        longest = connection.execute(select(t.claim.c.id).where(t.claim.c.item == held)).scalars().all()
        decisions = connection.execute(select(t.decision.c.id).order_by(t.decision.c.n)).scalars().all()
    places = [round(n * (len(numbers) - 1) / max(1, times - 1)) for n in range(times)]
    kinds = ("text/plain", "text/html", "application/pdf", "message/rfc822")
    narrowed = [
        "kind=application%2Fpdf", "language=fr", "language=ar&kind=text%2Fhtml", "label=witness", "reading=waits",
        "reading=not+read", "label=public&language=en", "year=2035", "review=open&language=fr",
        "year=2033&kind=message%2Frfc822&language=ar&label=public",
    ]  # fmt: skip
    return {
        "overview": ["/"] * times,
        "items": ["/items"] * 3 + [f"/items?after={numbers[n]}" for n in places],
        "items narrowed": [f"/items?{narrowed[n % len(narrowed)]}" for n in range(times)]
        + [f"/items?kind={quote(kinds[n % 4])}&after={numbers[n % len(numbers)]}" for n in range(times)],
        "item": [f"/items/{number}" for number in numbers],
        "reader": [f"/items/{number}/read" for number in read[:times]],
        "reader at a claim": [f"/items/{number}/read?claim={claim}" for number, claim in _with_claims(store, claims)],
        "reader, 5,000 claims": _spread([f"/items/{n}/read?claim={c}" for n, c in _with_claims(store, longest)], times),
        "claim": [f"/claims/{claim}" for claim in claims],
        "review": ["/review"] * min(times, 10),
        "search": [f"/search?q={quote(name)}" for name in names],
        "actors": ["/actors"] * min(times, 10),
        "actor": [f"/actors/{one}" for one in actors],
        "actors beside": [f"/actors/{a}/beside?other={b}" for a, b in pairwise(actors)],
        "incidents": ["/incidents"] * min(times, 10),
        "incident": [f"/incidents/{one}" for one in incidents],
        "there": [f"/incidents/{one}/there" for one in incidents],
        "charts": ["/chain"] * min(times, 10),
        "chain": [f"/chain/{one}" for one in actors],
        "graph of an actor": [f"/graph/actors/{one}" for one in actors],
        "graph of a text": [f"/graph/items/{number}" for number in read[:times]],
        "graph of an incident": [f"/graph/incidents/{one}" for one in incidents],
        "hypotheses": ["/hypotheses"] * min(times, 10),
        "matrix": [f"/matrix/{one}" for one in suggestions],
        "figures": ["/figures"] * min(times, 10),
        "figures narrowed": ["/figures?act=siege", "/figures?first=2033-01-01&last=2033-12-31"] * min(times, 5),
        "log": ["/log"] * 3 + [f"/log?before={one}" for one in _spread(decisions, times)],
    }


def _with_claims(store: Store, claims: Sequence[str]) -> list[tuple[str, str]]:
    """(number of its item, claim)."""
    with store._reading() as connection:
        query = (
            select(t.acquisition.c.number, t.claim.c.id)
            .join(t.item, t.item.c.n == t.claim.c.item)
            .join(t.acquisition, t.acquisition.c.item == t.item.c.digest)
            .where(t.claim.c.id.in_(claims))
        )
        return [(str(number), str(claim)) for number, claim in connection.execute(query)]


def _spread(among: Sequence[str], times: int) -> list[str]:
    """So many of them, from first to last."""
    return [among[n * (len(among) - 1) // max(1, times - 1)] for n in range(times)] if among else []


def _at(took: Sequence[float], part: float) -> float:
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


if __name__ == "__main__":
    main()

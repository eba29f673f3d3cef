"""Map and timeline of many incidents: how long the server takes for each view, and how many bytes it sends.

    python -m benchmarks.workbench.situation OUT [--incidents 20000] [--times 10]

Makes a case folder OUT with the lines of so many invented incidents at 1,200 invented places (a tenth of them without a
place, a tenth without a day, a twentieth known only to a province or the country, a few with two places), and a list of
the positions of nine places in ten; then asks for each view as a browser would. The same numbers give the same case.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import random
import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.workbench.measure import HOST, ask

from probanda import Case
from probanda.kernel.digests import content_id
from probanda.kernel.vocabulary import ActType
from probanda.store import tables as t
from probanda.store.codec import to_json
from probanda.store.ledger import CONSOLIDATION
from probanda.store.many import insert_many
from probanda.web.app import workbench
from probanda.web.atlas import Atlas
from probanda.web.door import Door

TOWNS, PROVINCES = 1_200, 12
ACTS = (ActType.KILLING, ActType.DETENTION, ActType.DISPLACEMENT, ActType.LOOTING_PROPERTY, ActType.SIEGE)
FIRST, DAYS = date(2029, 1, 1), 1500
AIM = 2.0
"""Seconds to first view."""


def main() -> None:
    """Make and measure."""
    parser = argparse.ArgumentParser(description="Map and timeline of many incidents.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--incidents", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=10)
    asked = parser.parse_args()
    places = asked.out.with_suffix(".csv")
    if not asked.out.exists():
        make(asked.out, places, asked.incidents)
    with Case.open(asked.out) as case:
        asyncio.run(_measured(case, Atlas.of(places, None), asked.times))


def make(out: Path, places: Path, many: int) -> None:
    """The case and the list of positions."""
    rng = random.Random(5)  # noqa: S311 - invented data
    provinces = [f"Province {n}" for n in range(PROVINCES)]
    towns = [(f"Town {n}", rng.uniform(28, 36), rng.uniform(-46, -34)) for n in range(TOWNS)]
    rows = ["name,latitude,longitude,radius_km,kind,lies_in", "Marsafa,32,-40,700,state,"]
    rows += [f"{name},{29 + n // 4 * 2.5},{-44 + n % 4 * 3},120,region,Marsafa" for n, name in enumerate(provinces)]
    rows += [
        f"{name},{latitude:.3f},{longitude:.3f},{rng.choice((3, 5, 8))},town,{provinces[n % PROVINCES]}"
        for n, (name, latitude, longitude) in enumerate(towns)
        if n % 10
    ]
    places.write_text("\n".join(rows) + "\n", "utf-8")
    with Case.new(out, situation="Marsafa since 2029", prefix="MAR", name="Owner") as case:
        store = case.store
        sight = store.owner.sight
        with store._writing() as connection:
            insert_many(connection, t.line, list(_lines(rng, towns, provinces, many, sight)))
            made = {"stage": CONSOLIDATION, "key": sight, "maker": "generated", "input": "", "output": "", "rows": many}
            insert_many(connection, t.made, [made])


def _lines(
    rng: random.Random, towns: list[tuple[str, float, float]], provinces: list[str], many: int, sight: str
) -> Iterator[dict[str, Any]]:
    for n in range(many):
        town = towns[int(len(towns) * rng.random() ** 2)][0]
        named = [town] if rng.random() > 0.1 else []
        if rng.random() < 0.05:
            named = [rng.choice([*provinces, "Marsafa"])]
        elif rng.random() < 0.02:
            named = [town, rng.choice(towns)[0]]
        first = FIRST + timedelta(days=rng.randrange(DAYS))
        last = first + timedelta(days=rng.choice((0, 0, 0, 2, 30)))
        days = (first.isoformat(), last.isoformat()) if rng.random() > 0.1 else (None, None)
        act = rng.choice(ACTS)
        told = {
            "title": f"{act.value} · {', '.join(named) or 'place not stated'}, {days[0] or 'date not stated'}",
            "from": days[0], "to": days[1], "places": named, "claims": 1 + n % 7, "says": "", "versions": 1,
        }  # fmt: skip
        yield {
            "sight": sight, "list": "incident", "place": f"{days[0] or '9999'} {n}",
            "id": content_id("situation", str(n)), "kind": act.value, "forms": "", "told": to_json(told),
        }  # fmt: skip


def views() -> dict[str, str]:
    """What is asked for, by name."""
    return {
        "map, first view": "/map",
        "map, a province": "/map?at=8/31.5/-40.5",
        "map, a town": "/map?at=11/31.5/-40.5",
        "map, the world": "/map?at=1/20/0",
        "map, one act": "/map?act=killing",
        "map, words of a place": "/map?place=town+1",
        "map, without position": "/map?spot=none",
        "timeline, first view": "/timeline",
        "timeline, a year": "/timeline?span=2031",
        "timeline, a day": "/timeline?span=2031-05-03",
        "timeline, undated": "/timeline?span=none",
    }


async def _measured(case: Case, atlas: Atlas, times: int) -> None:
    door = Door.at("127.0.0.1", int(HOST.rpartition(":")[2]))
    app = workbench(case, door, atlas)
    _, headers, _ = await ask(app, f"/enter/{door.link(case.eyes.user)}", "")
    cookie = dict(headers)[b"set-cookie"].split(b";")[0].decode()
    borders = "built in" if atlas.built.exists() else "none"
    print(f"{os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}; borders: {borders}")
    print(f"{'view':26} {'first':>7} {'median':>7} {'work':>7} {'bytes':>8} {'marks':>6}")
    for name, path in views().items():
        took, worked, body = [], [], b""
        for _ in range(times):
            start, work = time.perf_counter(), time.process_time()
            status, headers, body = await ask(app, path, cookie)
            took.append(time.perf_counter() - start)
            worked.append(time.process_time() - work)
            assert status == 200, (path, status)  # noqa: S101
        packed = dict(headers).get(b"content-encoding") == b"gzip"
        page = gzip.decompress(body) if packed else body
        marks = page.count(b'class="disc')
        missed = "" if took[0] <= AIM else "  MISSED"
        print(
            f"{name:26} {took[0]:7.3f} {statistics.median(took):7.3f} {statistics.median(worked):7.3f} "
            f"{len(body) if packed else len(gzip.compress(body)):8,} {marks:6}{missed}",
            flush=True,
        )


if __name__ == "__main__":
    main()

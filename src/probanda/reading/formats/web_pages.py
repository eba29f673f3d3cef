"""Which records of a web archive a person would call an item, and what is known of each.

An archive of one page holds hundreds of records: pictures, scripts, counters. Items are the pages that the archive's
own list of pages names, or, where it has no list, every whole answer that is a document; besides, sound and video, PDF
and office documents, and the pictures that the capturing program made of a page. All else stays inside and is counted.

The archive is walked twice, as a tape, so that its size does not matter: `looked` finds what there is, `chosen`
decides, `taken` gives the bytes. Start with `chosen`.

Looks down to: captured, http_answer, warc_records, bounds. Used by: warc, wacz.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from probanda.reading.formats import Member
from probanda.reading.formats.bounds import MOST_MEMBERS, Budget, clean, too_many
from probanda.reading.formats.captured import LONGEST, MOST_HEADERS, Captured
from probanda.reading.formats.http_answer import Answer, answer_of, body, media_type_of
from probanda.reading.formats.warc_records import Record, Tape, fields, named, records
from probanda.reading.model import Remark

MOST_KEPT = 50_000
"""Answers and redirects of one archive that are kept in mind to decide on."""
LONGEST_CHAIN = 20
AT_WORK = 64_000_000
"""Bytes walked between two signs of life."""
PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_DOCUMENTS = re.compile(
    r"application/(?:pdf|rtf|msword|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument|ms-(?:excel|powerpoint))\b.*)"
)
_MEDIA = re.compile(r"(?:video|audio)/(?!mp2t\b|mpegurl|x-mpegurl).+")
"""Sound and video, but not the list and the seconds-long pieces of a stream."""
_IMAGE = re.compile(r"urn:(fullpage(?:final)?|view):", re.I)
"""How Browsertrix and ArchiveWeb.page name the pictures that they make of a page."""
_FULL = "full-page image"
_FRAMES = frozenset({"iframe", "frame", "embed", "object", "empty", "script", "style", "image", "font"})
"""Values of Sec-Fetch-Dest of what is a part of another page."""
_ENDINGS = {
    "text/html": ".html", "application/xhtml+xml": ".xhtml", "text/plain": ".txt", "application/pdf": ".pdf",
    "image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "video/mp4": ".mp4", "video/webm": ".webm",
    "audio/mpeg": ".mp3", "audio/ogg": ".ogg", "audio/wav": ".wav", "video/ogg": ".ogv", "video/quicktime": ".mov",
}  # fmt: skip
_KNOWN_ENDING = re.compile(r"\.(?:html?|xhtml|pdf|txt|png|jpe?g|webp|mp4|webm|mp3|ogg|ogv|wav|mov|m4a|docx?|xlsx?|odt|rtf)\Z", re.I)  # fmt: skip  # noqa: E501

Opening = Callable[[], Iterable[bytes]]
"""Gives the bytes of one WARC file, unpacked, from its beginning."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as an archive's own list of pages names it."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One answer, or one picture of a page, that could be an item."""

    file: int
    number: int
    address: str
    at: str | None
    media_type: str
    length: int
    ids: tuple[str, ...]


@dataclass(slots=True)
class Looked:
    """What a first walk over all files of an archive found."""

    answers: list[Found] = field(default_factory=list)
    images: list[Found] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    """Where an address leads; the last word on it."""
    framed: set[str] = field(default_factory=set)
    """Ids of records that were asked for as a part of another page."""
    software: str | None = None
    operator: str | None = None
    inside: Counter[str] = field(default_factory=Counter)
    """What stays inside, by kind."""
    remarks: list[Remark] = field(default_factory=list)
    seen: int = 0
    """Records walked."""
    halted: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A record that is an item."""

    found: Found
    name: str
    told: Captured


# The first walk -----------------------------------------------------------------------------------


def looked(opened: Sequence[tuple[str, Opening]], into: Looked, most: int | None = None) -> Iterator[None]:
    """Walk all files (name, how to open) once, up to `most` bytes; a None now and then is a sign of life."""
    passed = 0
    for file, (name, opening) in enumerate(opened):
        tape = Tape(opening())
        signed = before = 0
        for one in records(tape):
            if isinstance(one, Remark):
                _remark(into, name if len(opened) > 1 else "", one)
                continue
            into.seen += 1
            _look(one, file, into)
            passed, before = passed + tape.at - before, tape.at
            if most is not None and passed > most:
                into.halted = True
                return
            if tape.at - signed > AT_WORK:
                signed = tape.at
                yield None


def _remark(into: Looked, file: str, one: Remark) -> None:
    if len(into.remarks) < MOST_KEPT:
        into.remarks.append(Remark(f"{file}, {one.what}" if file else one.what, one.reason, one.fix))


def _look(record: Record, file: int, into: Looked) -> None:
    kind = record.kind
    if kind == "response":
        _look_at_answer(record, file, into)
    elif kind == "resource":
        address = _address(record)
        if _IMAGE.match(address):
            _keep(into, into.images, _found(record, file, media_type_of(record.headers.get("content-type", ""))))
        elif address.lower().startswith(("http:", "https:", "file:")):
            _look_at_resource(record, file, into)
        else:
            into.inside["records of the capturing program"] += 1
    elif kind == "request":
        head = record.head()
        dest = fields(head).get("sec-fetch-dest", "").lower() if head is not None else ""
        if dest in _FRAMES and len(into.framed) < MOST_KEPT:
            into.framed.update(one for one in _ids(record) if one)
    elif kind == "warcinfo":
        told = fields(b"\n" + record.start(65_536))
        into.software = into.software or _short(told.get("software"))
        into.operator = into.operator or _short(told.get("operator"))
    elif kind == "revisit":
        into.inside["answers that were the same as before (revisit)"] += 1
    elif kind not in ("metadata", "conversion"):
        into.inside[f"records of the kind “{clean(kind[:40]) or 'not stated'}”"] += 1


def _look_at_answer(record: Record, file: int, into: Looked) -> None:
    head = record.head()
    answer = answer_of(head) if head is not None else None
    if answer is None:
        said = "It should hold an answer of a web server, and does not begin as one."
        into.remarks.append(Remark(record.name, said, "Nothing needs to be done; it stays in the archive."))
        return
    if answer.location is not None:
        if len(into.redirects) < MOST_KEPT:
            address = _address(record)
            into.redirects[address] = _joined(address, answer.location)
        into.inside["redirects"] += 1
    elif answer.whole and record.left and _could_be(answer.media_type):
        _keep(into, into.answers, _found(record, file, answer.media_type))
    elif answer.status == 206 and _MEDIA.fullmatch(answer.media_type):
        into.inside["pieces of sound or video (partial answers)"] += 1
    else:
        into.inside[_kind(answer)] += 1


def _look_at_resource(record: Record, file: int, into: Looked) -> None:
    media_type = media_type_of(record.headers.get("content-type", ""))
    if record.length and _could_be(media_type):
        _keep(into, into.answers, _found(record, file, media_type))
    else:
        into.inside[media_type.partition("/")[0] or "other"] += 1


def _could_be(media_type: str) -> bool:
    return media_type in PAGES or bool(_DOCUMENTS.fullmatch(media_type) or _MEDIA.fullmatch(media_type))


def _kind(answer: Answer) -> str:
    if not answer.whole:
        return "answers that brought nothing"
    main, _, sub = answer.media_type.partition("/")
    if "javascript" in sub or sub in ("css", "json"):
        return "scripts, styles and data"
    return {"image": "pictures", "font": "fonts"}.get(main, "other answers")


def _keep(into: Looked, where: list[Found], one: Found) -> None:
    if len(into.answers) + len(into.images) < MOST_KEPT:
        where.append(one)
    else:
        into.inside["documents beyond what can be taken out"] += 1


def _found(record: Record, file: int, media_type: str) -> Found:
    at = record.headers.get("warc-date")
    return Found(file, record.number, _address(record), at, media_type, record.length, _ids(record))


def _ids(record: Record) -> tuple[str, ...]:
    said = (record.headers.get("warc-record-id", ""), record.headers.get("warc-concurrent-to", ""))
    return tuple(one[:200] for one in said if one)


def _address(record: Record) -> str:
    return _plain(record.headers.get("warc-target-uri", "").strip().strip("<>"))


def _plain(address: str) -> str:
    """An address as it is compared: without what stands behind `#`, and not endless."""
    return clean(address[:LONGEST].partition("#")[0].strip())


def _joined(address: str, location: str) -> str:
    from urllib.parse import urljoin

    try:
        return _plain(urljoin(address, location.strip()))
    except ValueError:
        return _plain(location)


def _short(said: str | None) -> str | None:
    return clean(said[:400]) if said else None


# What is an item ----------------------------------------------------------------------------------


def chosen(
    found: Looked, listed: Sequence[Listed] = (), files: Sequence[str] = ()
) -> tuple[list[Chosen], list[Remark]]:
    """The records that are items, in the order of the archive, and a remark for each listed page that is not there."""
    asked = {_plain(one.url): one for one in listed}
    wanted = {_final(found.redirects, url): one for url, one in asked.items()}
    # An answer at an address that leads on is none: both stand in the archive when it was captured twice.
    items = [one for one in found.answers if _is_item(one, found, wanted)]
    there = {one.address for one in items}
    remarks = [_not_there(one) for url, one in wanted.items() if url not in there]
    back = _backwards(found.redirects)
    images = {_pictured(one): one for one in found.images if _is_full(one)}
    made: list[Chosen] = []
    names: Counter[str] = Counter()
    order = sorted([*items, *found.images], key=lambda one: (one.file, one.number))
    for one in order[:MOST_MEMBERS]:
        name = _unique(_name(one), names)
        record = named(one.number, "") + (f" of {clean(files[one.file])}" if len(files) > 1 else "")
        made.append(Chosen(one, name, _told(one, found, wanted, back, images, record)))
    if len(order) > MOST_MEMBERS:
        remarks.append(too_many(MOST_MEMBERS, "documents", len(order)))
    return _with_image_names(made), remarks


def _is_item(one: Found, found: Looked, wanted: Mapping[str, Listed]) -> bool:
    if one.media_type not in PAGES:
        return True
    if wanted:
        listed = one.address in wanted
    else:
        listed = not found.framed.intersection(one.ids) and not one.address.endswith("/robots.txt")
    if not listed:
        found.inside["documents that are parts of pages"] += 1
    return listed


def _final(redirects: Mapping[str, str], url: str) -> str:
    for _ in range(LONGEST_CHAIN):
        if url not in redirects or redirects[url] == url:
            break
        url = redirects[url]
    return url


def _backwards(redirects: Mapping[str, str]) -> dict[str, str]:
    """For each address, the first one in the archive that led to it."""
    back: dict[str, str] = {}
    for source, target in redirects.items():
        if source != target:
            back.setdefault(target, source)
    return back


def _chain(back: Mapping[str, str], answered: str) -> list[str]:
    """The addresses that led to this one, first asked first."""
    chain = [answered]
    while chain[0] in back and back[chain[0]] not in chain and len(chain) < LONGEST_CHAIN:
        chain.insert(0, back[chain[0]])
    return chain


def _told(
    one: Found,
    found: Looked,
    wanted: Mapping[str, Listed],
    back: Mapping[str, str],
    images: Mapping[str, Found],
    record: str,
) -> Captured:
    pictured = _pictured(one)
    page = wanted.get(one.address) or wanted.get(_final(found.redirects, pictured))
    common = {
        "at": one.at, "software": found.software, "operator": found.operator, "record": record,
        "title": clean(page.title[:LONGEST]) if page is not None and page.title else None,
    }  # fmt: skip
    if _IMAGE.match(one.address):
        return Captured(role="image", asked=pictured, **common)  # type: ignore[arg-type]
    chain = _chain(back, one.address)
    if one.media_type not in PAGES:
        return Captured(role="file", asked=chain[0], answered=one.address, chain=tuple(chain[1:-1]), **common)  # type: ignore[arg-type]
    has = ["source"]
    if one.address:
        has.insert(0, "address")
    full = next((images[url] for url in (one.address, *chain) if url in images), None)
    if full is not None and full.at:
        has.append("image")
    return Captured(
        role="page", asked=chain[0] or None, answered=one.address or None, chain=tuple(chain[1:-1]), has=tuple(has),
        image=f"{full.file}:{full.number}" if full is not None else None, **common,  # type: ignore[arg-type]
    )  # fmt: skip


def _with_image_names(made: Sequence[Chosen]) -> list[Chosen]:
    """The same, with full-page images by the name under which they are taken out."""
    from dataclasses import replace

    names = {f"{one.found.file}:{one.found.number}": one.name for one in made}
    return [replace(one, told=replace(one.told, image=names.get(one.told.image or ""))) for one in made]


def _pictured(one: Found) -> str:
    """The page of which this is a picture; its own address where it is none."""
    return _plain(_IMAGE.sub("", one.address, count=1))


def _is_full(one: Found) -> bool:
    return one.address.lower().startswith("urn:fullpage")


def _not_there(one: Listed) -> Remark:
    said = "The archive's list of pages names it, and no whole answer of that address is in the archive."
    return Remark(f"page {clean(one.url[:300])}", said, "Have the page captured again, if it still stands.")


def _name(one: Found) -> str:
    """A name from the address, for people: host and path, with an ending that says what it is."""
    address = re.sub(r"\A[a-z][a-z0-9+.-]{0,20}:/{0,3}", "", _pictured(one), flags=re.I)
    path, _, query = address[:400].partition("?")
    parts = [part for part in re.split(r"[/\\]+", path) if part not in ("", ".", "..")]
    if len(parts) < 2 or path.endswith("/"):
        parts.append("index")
    name = "/".join(parts) + ("?" + re.sub(r"[/\\]", "_", query) if query else "")
    if _IMAGE.match(one.address):
        name += f" ({_FULL})" if _is_full(one) else " (image of what was in view)"
    ending = _ENDINGS.get(one.media_type, "")
    return name if _KNOWN_ENDING.search(name) else name + ending


def _unique(name: str, names: Counter[str]) -> str:
    names[name] += 1
    if names[name] == 1:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({names[name]}){dot}{ending}" if dot and "/" not in ending else f"{name} ({names[name]})"


# The second walk ----------------------------------------------------------------------------------


def taken(opened: Sequence[tuple[str, Opening]], plan: Sequence[Chosen], budget: Budget) -> Iterator[Member | None]:
    """Every chosen record with its bytes; a None now and then is a sign of life."""
    for file, (_, opening) in enumerate(opened):
        wanted = {one.found.number: one for one in plan if one.found.file == file}
        if not wanted:
            continue
        last = max(wanted)
        tape = Tape(opening())
        signed = 0
        for record in records(tape):
            if isinstance(record, Remark):
                continue
            one = wanted.get(record.number)
            if one is not None:
                signed = tape.at
                yield _member(record, one, budget)
            elif tape.at - signed > AT_WORK:
                signed = tape.at
                yield None
            if record.number >= last:
                break


def _member(record: Record, one: Chosen, budget: Budget) -> Member:
    from dataclasses import replace

    head = record.head() if record.kind == "response" else None
    answer = answer_of(head) if head is not None else None
    if answer is None:
        return Member(name=one.name, blocks=record, media_type=one.found.media_type, capture=one.told)
    told = replace(one.told, status=clean(answer.line), headers=_kept_headers(answer.headers))
    return Member(
        name=one.name, blocks=body(record, answer, budget), media_type=one.found.media_type, capture=told
    )  # fmt: skip


def _kept_headers(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    kept = list(headers)[:MOST_HEADERS]
    return tuple(
        (clean(name[:200]), _LEFT_OUT if "cookie" in name.lower() else clean(value[:900])) for name, value in kept
    )


_LEFT_OUT = "(left out)"
"""In place of the value of a cookie, which can open somebody's session."""


# For the list -------------------------------------------------------------------------------------


def inside_said(found: Looked) -> str:
    """What stays inside, in words."""
    if not found.inside:
        return ""
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(found.inside.items()))
    return f"stays inside: {kinds}"


def row_of(one: Chosen) -> tuple[str, str]:
    """A line of the list of what an archive holds."""
    told = one.told
    said = [one.found.media_type, told.at or "no time stated"]
    if told.asked and told.answered and told.asked != told.answered:
        said.append(f"asked {told.asked}, answered {told.answered}")
    else:
        said.append(told.answered or told.asked or "no address stated")
    if told.missing and told.role == "page":
        said.append(f"without {' and '.join(told.missing)}")
    return one.name, "; ".join(said)

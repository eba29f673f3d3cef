"""Mask a view: codenames for persons of restricted items, and for protected persons everywhere.

Start with `masked`; `mask_of_item` masks words of an item that no row of the view holds. Words from a restricted item
have every person in them masked, with phones, addresses and numbers. A person whom open items name too keeps the name
there, and nothing links the two places. Numbers and addresses of those in a chat are masked whatever was asked for:
whoever may be named in a dossier is still not to be called by its reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from probanda.access.masking import Masker
from probanda.actors.model import ActorGroup, Membership
from probanda.casework.mask_charts import masked_chart
from probanda.casework.view import View, base_name, is_restricted
from probanda.claims.model import Actor, Claim, Named
from probanda.incidents.model import Account, Consolidation, Incident, Version
from probanda.kernel.vocabulary import MentionKind
from probanda.matrix.chart import Chart
from probanda.matrix.model import Suggestion
from probanda.reading.messages import is_chat
from probanda.store.model import ItemRow
from probanda.store.store import Store

Mask = Callable[[str], str]
PERSON = MentionKind.PERSON


def masked(store: Store, view: View) -> View:
    """The view with codenames where they are due; the same view where none are."""
    masking = _masking(store, view)
    return masking.view(view) if masking else view


def mask_of_item(store: Store, view: View) -> Callable[[str], Mask | None]:
    """For an item's digest the mask for its words; None where nothing is to be masked. The view is not masked yet."""
    masking = _masking(store, view)
    return masking.of if masking else lambda _item: None


def _masking(store: Store, view: View) -> _Masking | None:
    closed = frozenset(i.digest for i in view.items if is_restricted(i)) if not view.sharing.with_names else frozenset()
    chats = frozenset(i.digest for i in view.items if is_chat(i.read_as))
    known = store.protected(store.owner)  # a name is masked whoever reads
    if not closed and not known and not chats:
        return None
    item_of = {m.id: m.item for m in view.mentions}
    protected = {p.mention for p in known}
    everywhere = [(p.kind, tuple(p.words)) for p in known]
    inside: list[tuple[str, tuple[str, ...]]] = []
    for actor in view.actors:
        stands_in = [item_of.get(m.mention) in closed for m in actor.members]
        if any(m.mention in protected for m in actor.members) or (actor.kind is PERSON and all(stands_in)):
            everywhere.append((actor.kind.value, actor.variants))
        elif actor.kind is PERSON and any(stands_in):
            inside.append((actor.kind.value, actor.variants))
    inside += [(PERSON.value, (m.words,)) for m in view.mentions if m.item in closed and m.kind is PERSON]
    inside += [(PERSON.value, (words,)) for words in _told_in(view, chats & closed)]
    return _Masking(
        closed=closed,
        chats=chats - closed,
        item_of=item_of,
        everywhere=Masker(store.key, groups=everywhere, contacts=False).mask,
        inside=Masker(store.key, groups=everywhere + inside).mask,
        numbers=Masker(store.key, groups=everywhere).mask,
        only_inside=frozenset(m.words for m in view.mentions if m.item in closed)
        - frozenset(m.words for m in view.mentions if m.item not in closed),
        codenames=bool(closed or known),
        in_chats=frozenset(m.words for m in view.mentions if m.item in chats),
    )


def _told_in(view: View, chats: frozenset[str]) -> Iterator[str]:
    """Those from whom people in a chat have what they write: a first name there is no group, whatever a reader says."""
    groups = {m.id: m.words for m in view.mentions if m.item in chats and m.kind is MentionKind.GROUP}
    for claim in view.claims:
        yield from (groups[one.mention] for one in claim.speakers if one.mention in groups)


@dataclass(frozen=True, slots=True)
class _Masking:
    """The masks and which words get which."""

    closed: frozenset[str]
    chats: frozenset[str]
    """Chats of which names may stand."""
    item_of: dict[str, str]
    everywhere: Mask
    inside: Mask
    numbers: Mask
    """Names as they stand, without what leads to a person."""
    only_inside: frozenset[str]
    """Names that no open item writes: they get the stricter mask wherever they stand alone."""
    in_chats: frozenset[str]
    """Names that chats write, among them numbers in the place of a name."""
    codenames: bool
    """False where nothing but what leads to a person is masked."""

    def of(self, item: str) -> Mask:
        """The mask for words of this item."""
        if item in self.chats:
            return self.numbers
        return self.inside if item in self.closed else self.everywhere

    def name(self, words: str) -> str:
        """A name that stands by itself, without its item."""
        if words in self.only_inside:
            return self.inside(words)
        return (self.numbers if words in self.in_chats else self.everywhere)(words)

    def view(self, view: View) -> View:
        """The whole view, masked."""
        names = {
            i.digest: (i.number,) if i.digest in self.closed else tuple(map(self.of(i.digest), map(base_name, i.names)))
            for i in view.items
        }
        done = replace(
            view,
            items=tuple(
                replace(
                    i,
                    names=names[i.digest],
                    evidence=tuple(map(self.of(i.digest), i.evidence)),
                    source=_or_none(self.of(i.digest), i.source),
                    collector=_or_none(self.of(i.digest), i.collector),
                    conditions=_or_none(self.of(i.digest), i.conditions),
                    remarks=tuple(self.remark(i, one) for one in i.remarks),
                    title=None if i.digest in self.closed else _or_none(self.everywhere, i.title),
                    publisher=None if i.digest in self.closed else i.publisher,
                )
                for i in view.items
            ),
            claims=tuple(mask_claim(c, self.of(c.item)) for c in view.claims),
            rejected=tuple(mask_claim(c, self.of(c.item)) for c in view.rejected),
            mentions=tuple(
                replace(m, words=self.of(m.item)(m.words), title=_or_none(self.of(m.item), m.title))
                for m in view.mentions
            ),
            actors=tuple(self.actor(a) for a in view.actors),
            result=Consolidation(
                tuple(self.incident(i) for i in view.result.incidents),
                tuple(replace(o, reason=self.everywhere(o.reason)) for o in view.result.origins),
                tuple(replace(c, reason=self.everywhere(c.reason)) for c in view.result.contradictions),
            ),
            suggestions=tuple(self.suggestion(s) for s in view.suggestions),
            originals=tuple(replace(o, what=self.inside(o.what), words=self.inside(o.words)) for o in view.originals),
            names=names,
            masked=self.codenames,
        )
        return replace(done, charts=tuple(self.chart(c, done) for c in view.charts))

    def chart(self, chart: Chart, done: View) -> Chart:
        """One opened hypothesis; `done` is the view, masked."""
        claims = {c.id: c for c in (*done.claims, *done.rejected)}
        machine = None if chart.machine is None else self.suggestion(chart.machine)
        return masked_chart(chart, machine, claims, self.name, self.inside)

    def actor(self, actor: ActorGroup) -> ActorGroup:
        """An actor; where open items name the same person, the mentions in restricted ones are left out of the list."""
        variants = tuple(dict.fromkeys(self.name(v) for v in actor.variants))
        hidden = {m.mention for m in actor.members if self.item_of.get(m.mention) in self.closed}
        apart = hidden if actor.kind is PERSON and len(hidden) < len(actor.members) else set()
        return replace(
            actor,
            name=self.name(actor.name),
            variants=variants,
            apart=tuple(self.everywhere(a) for a in actor.apart),
            conflicts=tuple(self.everywhere(c) for c in actor.conflicts),
            members=tuple(
                Membership(m.mention, self.everywhere(m.reason)) for m in actor.members if m.mention not in apart
            ),
        )

    def remark(self, item: ItemRow, remark: tuple[str, str, str]) -> tuple[str, str, str]:
        """What was not read of an item: of a restricted one without the names of attachments."""
        what, reason, fix = remark
        return ("a part of it" if item.digest in self.closed else self.everywhere(what)), reason, fix

    def incident(self, incident: Incident) -> Incident:
        """An incident with its versions."""
        return replace(
            incident,
            title=self.everywhere(incident.title),
            places=tuple(self.everywhere(p) for p in incident.places),
            versions=tuple(self.version(v) for v in incident.versions),
            differing=tuple(self.version(v) for v in incident.differing),
            reasons=tuple((claim, self.everywhere(reason)) for claim, reason in incident.reasons),
            accounts=tuple(self.account(a) for a in incident.accounts),
            derivations=tuple(
                replace(d, reason=self.inside(d.reason), words=self.inside(d.words)) for d in incident.derivations
            ),
        )

    def account(self, account: Account) -> Account:
        """One teller's account; what is quoted of texts gets the stricter mask, since the account may span several."""
        mask = self.of(account.item) if account.item is not None else self.inside
        why, says = self.inside(account.why), self.inside(account.says)
        return replace(account, teller=mask(account.teller), why=why, says=says, start=None)  # its keys hold names

    def version(self, version: Version) -> Version:
        """One way an incident is told."""
        return replace(
            version,
            label=self.name(version.label),
            speakers=tuple(self.name(s) for s in version.speakers),
            reason=self.everywhere(version.reason),
        )

    def reason(self, text: str) -> str:
        """A sentence of the matrix, which may quote several items; stricter where a name stands in no open item."""
        return (self.inside if any(words in text for words in self.only_inside) else self.everywhere)(text)

    def suggestion(self, suggestion: Suggestion) -> Suggestion:
        """One layout of the matrix."""
        return replace(
            suggestion,
            actor_name=self.name(suggestion.actor_name),
            cells=tuple(
                replace(
                    c,
                    reason=self.reason(c.reason),
                    gap=self.everywhere(c.gap),
                    placed=tuple(replace(p, says=self.everywhere(p.says)) for p in c.placed),
                    notes=tuple(self.everywhere(n) for n in c.notes),
                )
                for c in suggestion.cells
            ),
            reasons_for=tuple(self.reason(r) for r in suggestion.reasons_for),
            reasons_against=tuple(self.reason(r) for r in suggestion.reasons_against),
            notes=tuple(self.everywhere(n) for n in suggestion.notes),
        )


def mask_claim(claim: Claim, mask: Mask) -> Claim:
    """A claim with names written as codenames, inside its quote too.

    It is flagged where its quote is no longer verbatim; who was masked is no longer linked to an actor.
    """
    quote = mask(claim.quote)
    return replace(
        claim,
        quote=quote,
        act=mask(claim.act),
        speakers=tuple(_named(p, mask) for p in claim.speakers),
        actors=tuple(_actor(a, mask) for a in claim.actors),
        victims=tuple(_named(p, mask) for p in claim.victims),
        places=tuple(_named(p, mask) for p in claim.places),
        means=tuple(mask(m) for m in claim.means),
        tie=claim.tie and replace(claim.tie, left=_named(claim.tie.left, mask), right=_named(claim.tie.right, mask)),
        cited=claim.cited and replace(claim.cited, words=mask(claim.cited.words), of=_or_none(mask, claim.cited.of)),
        quantity=claim.quantity
        and replace(claim.quantity, text=mask(claim.quantity.text), counter=_or_none(mask, claim.quantity.counter)),
        why=mask(claim.why),
        flags=(*claim.flags, "names masked") if quote != claim.quote else claim.flags,
    )


def _named(party: Named, mask: Mask) -> Named:
    words = mask(party.words)
    return party if words == party.words else Named(words)


def _actor(actor: Actor, mask: Mask) -> Actor:
    words = mask(actor.words)
    return actor if words == actor.words else Actor(words, None, actor.involvement)


def _or_none(mask: Mask, words: str | None) -> str | None:
    return None if words is None else mask(words)

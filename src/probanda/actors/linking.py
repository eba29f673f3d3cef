"""Link mentions to persons, units, bodies, States and places, by explained rules and persons' decisions.

Start with `link`; whoever keeps texts that come and go starts with `kept.Linking`, which does the work. The rules
propose (persons.py, named.py), `grouping.group` disposes: decided identities first, machine links after, never across
what is held apart. The order of the mentions changes nothing.

Looks down to: kept. Used by: casework, benchmarks.
"""

from __future__ import annotations

from collections.abc import Sequence

from probanda.actors.kept import Linking
from probanda.actors.model import ActorGroup, IdentityDecision
from probanda.claims.model import Mention


def link(mentions: Sequence[Mention], decisions: Sequence[IdentityDecision] = ()) -> tuple[ActorGroup, ...]:
    """Group mentions into actors and places, sorted by id.

    Every mention is in exactly one group. Decisions of other kinds than `actor` and `unsure` ones are left out;
    their ends may be mention ids, actor ids (a founder's mention id) or handles, which are in no output.
    A mention given twice counts once.
    """
    texts: dict[str, list[Mention]] = {}
    for m in {m.id: m for m in sorted(mentions, key=lambda m: (m.id, m.words, m.start))}.values():
        texts.setdefault(m.item, []).append(m)
    linking = Linking()
    linking.change(texts, decisions)
    return linking.result()

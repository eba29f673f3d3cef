"""The versions of an incident, side by side: who is said to have done it, by whom, and who denies it.

Start with `versions`. Orders, threats and demands are neither support nor denial; they stay among the incident's
claims.

Looks down to: incidents.facts, model, origins, titles. Used by: consolidation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from probanda.claims.model import DOC
from probanda.incidents.facts import Facts, Reader
from probanda.incidents.model import Version
from probanda.incidents.origins import Tracing
from probanda.incidents.titles import kind_of, kind_told
from probanda.incidents.words import folded
from probanda.kernel.vocabulary import Polarity

UNNAMED = "author not named"
MOST_ACTS = 4
"""Kinds of act that a version names; the claims below it tell the rest."""


def denies(facts: Facts) -> bool:
    """True for a claim that rejects the act, whoever says so."""
    return facts.claim.polarity is Polarity.NEGATIVE


def versions(
    facts: Sequence[Facts], reader: Reader, tracing: Tracing, titles: Mapping[str, str] | None = None
) -> tuple[Version, ...]:
    """One version for each author named by a claim that asserts the event, and one for those that name none.

    A claim that names two authors stands in both versions; `soldiers` here and `Soldiers` there are one version, since
    neither word says more. A denial stands against the author it names (or who speaks
    it). One that names nobody denies the event and is against all of them; one that clears somebody whom no version
    names ("our forces") is against the author whom the title of its text names (`titles`, by item); without one it is
    shown against every version that names an author, since whom it concerns is for a person to say.
    A version names the acts it tells of, unless they are just what the incident is called after: what is laid to
    somebody must not be read out of a heading.
    """
    facts = sorted(facts, key=lambda f: f.claim.id)
    support: dict[str, list[Facts]] = {}
    for f in facts:
        if f.claim.asserts_event:
            for author in sorted({_author(a, f, reader) for a in f.authors}) or [UNNAMED]:
                support.setdefault(author, []).append(f)
    denials = [f for f in facts if denies(f)]
    if not support and denials:
        return (_version("nobody asserts it here", (), denials, tracing),)
    called = kind_told([f.claim for f in facts]).words
    order = sorted(support, key=lambda a: (a == UNNAMED, -len(support[a]), a))
    return tuple(
        _version(
            UNNAMED if a == UNNAMED else f"attributed to: {reader.name(a)}{_of(support[a], called)}",
            support[a],
            [d for d in denials if _against(d, a, support, reader, (titles or {}).get(d.claim.item, ""))],
            tracing,
        )
        for a in order
    )


def _of(support: Sequence[Facts], called: str) -> str:
    """` (Killing, Detention)`: the acts laid to an author, the most frequent first; empty where only `called` is."""
    acts = [words for words, _ in Counter(kind_of(f.claim).words for f in support).most_common()]
    more = ["and more"] if len(acts) > MOST_ACTS else []
    return "" if acts == [called] else f" ({', '.join(acts[:MOST_ACTS] + more)})"


def _author(key: str, facts: Facts, reader: Reader) -> str:
    """The author as a version tells it: by who it is where that is a name, by the word where it is only a word."""
    return key if key in facts.named else f"words:{folded(reader.name(key))}"


def _against(denial: Facts, author: str, support: Iterable[str], reader: Reader, title: str) -> bool:
    authors = {_author(a, denial, reader) for a in denial.authors}
    meant = (authors | ({denial.speaker} if denial.speaker else set())) & set(support)
    if meant:
        return author in meant
    if not denial.authors:
        return True
    if author == UNNAMED:
        return False  # "it was not us" leaves open that it happened
    heading = f" {folded(title)} "
    issuers = {f" {folded(reader.name(a))} " for a in support if a != UNNAMED}
    issuers = {name for name in issuers if name in heading}
    return not issuers or any(name in f" {folded(reader.name(author))} " for name in issuers)


def _version(label: str, support: Sequence[Facts], denials: Sequence[Facts], tracing: Tracing) -> Version:
    traced, why = tracing.trace(f.claim for f in support)
    against = f" {len(denials)} claim{'s' if len(denials) != 1 else ''} against it." if denials else " None against it."
    return Version(
        label=label,
        claims=tuple(f.claim.id for f in support),
        against=tuple(f.claim.id for f in denials),
        speakers=speakers_of(support),
        origins=traced.origins,
        untraced=traced.untraced,
        kinds=traced.kinds,
        reason=why + against,
    )


def speakers_of(facts: Sequence[Facts]) -> tuple[str, ...]:
    """Innermost speakers as written, each once whatever its case; the publication's own voice is `@doc`."""
    seen: dict[str, str] = {}
    for words in sorted(f.claim.innermost.words for f in facts):
        seen.setdefault(words if words == DOC else folded(words), words)
    return tuple(sorted(seen.values(), key=lambda w: (w == DOC, w)))

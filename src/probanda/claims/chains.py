"""The chain of speakers of one act, outermost first: from tokens to names, with those who stand between.

Start with `chain_of`. A spokesperson speaks for a body, witnesses speak to an organisation, an activist has it
from aid workers: each is a layer of its own.

Looks down to: discourse, speakers, syntax, lexicon, kernel. Used by: readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import act_nouns
from probanda.claims.attributed import Attribution, Layer
from probanda.claims.discourse import FIRST, NEUTER, PERSONAL, PLURAL, TIMES, Discourse, Sentence
from probanda.claims.makers import getters, makers
from probanda.claims.mentions import clean
from probanda.claims.model import Named
from probanda.claims.parties import can_speak
from probanda.kernel.vocabulary import MentionKind

if TYPE_CHECKING:
    from probanda.claims.words import Token

_GO_BETWEEN = frozenset(
    [
        "ngo",
        "watch",
        "amnesty",
        "news",
        "agency",
        "newspaper",
        "paper",
        "daily",
        "radio",
        "press",
        "bbc",
        "afp",
        "reuters",
        "times",
        "post",
        "guardian",
        "television",
        "organisation",
        "organization",
        "investigators",
        "researchers",
        "researcher",
        "monitors",
        "monitor",
        "mission",
    ]
)


def chain_of(said: Attribution, talk: Discourse, sentence: Sentence) -> tuple[list[Named], list[str]]:
    """Speakers outermost first, without the publication; and the reasons for pronouns read."""
    chain: list[Named] = []
    reasons: list[str] = []
    for layer in reversed(said.layers):
        for named, why in _layer(layer, talk, sentence):
            if not chain or chain[-1].words.lower() != named.words.lower():
                chain.append(named)
            if why:
                reasons.append(why)
    return chain, reasons


def _layer(layer: Layer, talk: Discourse, sentence: Sentence) -> list[tuple[Named, str | None]]:
    tokens = tuple(
        t for t in layer.tokens if t.tag_ not in ("WP", "WDT") and t.lower_ not in ("what", "which") and not _prefix(t)
    )
    if not tokens or tokens[0].lower_ in FIRST or any(c.lower_ == "no" for c in tokens[0].children):
        return []
    if not any(_speaks(t, layer, talk, sentence) for t in tokens):
        return []
    if _behind_it(tokens[0]):
        recent = talk.said_many and 0 < talk.number - talk.said_number <= STILL_SPEAKING
        return [(n, "“they” read as the last speakers") for n in talk.said_by] if recent else []
    token = tokens[0]
    out: list[tuple[Named, str | None]] = []
    if token.lemma_.lower() in talk.lex.classes["documents"] and token.tag_ in ("NN", "NNS"):
        return _document(token, talk, sentence)
    out += [(talk.named(t, sentence)[0], None) for t in _outer(token, layer, talk)]
    other = _and_other(token, talk, sentence) if len(tokens) == 1 else None
    if other is not None:
        out.append((other, None))
    elif len(tokens) > 1 and (officer := _apposed(token, talk, sentence)) is not None and token.tag_ == "NNP":
        out.append((officer, None))  # "Acting Director, Press Relations, Ana Bel": no list
    elif len(tokens) > 1:
        out.append((_together(tokens, talk, sentence), None))
    else:
        out += _one(token, talk, sentence)
    return out + _source_of(token, talk, sentence)


def _source_of(token: Token, talk: Discourse, sentence: Sentence) -> list[tuple[Named, str | None]]:
    """Those to whom a speaker spoke, or whom they cite: "an activist who spoke to aid workers"."""
    out: list[tuple[Named, str | None]] = []
    for relative in syntax.children(token, "relcl", "acl"):
        if relative.lemma_ in ("speak", "talk"):
            out += [(talk.named(t, sentence)[0], "spoke to") for t in syntax.prepositional(relative, "to", "with")]
            for misread in syntax.children(relative, "xcomp"):  # "spoke to aid workers", read as a verb
                end = list(syntax.children(misread, "dobj"))
                if end:
                    start, stop = sentence.start + misread.idx, sentence.start + end[0].idx + len(end[0])
                    out.append((talk.book.named(start, stop, MentionKind.GROUP), "spoke to"))
        if relative.lemma_ in ("cite", "quote", "citing"):
            out += [(talk.named(t, sentence)[0], "cites") for o in syntax.children(relative, "dobj") for t in [o]]
    return out


def _prefix(token: Token) -> bool:
    """ "ex" and the dash of "ex-prisoner", read as subjects of their own."""
    if token.text == "-":
        return True
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return after is not None and after.text == "-" and after.idx == token.idx + len(token) and token.text.islower()


def _behind_it(token: Token) -> bool:
    """ "All of them were shot, they say": nobody who is told of in what is said, but those who spoke before."""
    return token.lower_ == "they" and any(c.dep_ == "ccomp" and c.i < token.i for c in token.head.children)


def _speaks(token: Token, layer: Layer, talk: Discourse, sentence: Sentence) -> bool:
    if token.pos_ == "PRON":
        return True
    first, last = syntax.phrase(token)
    start, end = sentence.start + token.doc[first].idx, sentence.start + token.doc[last].idx + len(token.doc[last])
    known = talk.book.at(start, end)
    if can_speak(token, talk.words[start:end], known.kind if known else MentionKind.GROUP, talk.lex):
        return True
    return layer.cue.lower() in _ONLY_PEOPLE and not _thing(token, talk)


_ONLY_PEOPLE = frozenset(
    """
    say says said saying tell tells told telling claim claims claimed claiming insist insists insisted deny denies
    denied denying testify testifies testified testifying recall recalls recalled recalling accuse accuses accused
    accusing admit admits admitted recount recounts recounted describe describes described add adds added adding
    state states stated submit submits submitted allege alleges alleged contend contends contended remember remembers
    """.split()  # noqa: SIM905
)
"""Words of speech that only somebody does: whatever noun is told to say so names somebody, listed or not."""
_TEXTS = frozenset(
    """
    law article convention constitution statute rule section treaty code sign poster slogan proverb clause provision
    amendment figure number data map it version rumour
    """.split()  # noqa: SIM905
)


def _thing(token: Token, talk: Discourse) -> bool:
    lemma = token.lemma_.lower()
    return (
        token.pos_ not in ("NOUN", "PROPN")
        or lemma in _TEXTS | TIMES
        or lemma in act_nouns("en")
        or talk.lex.is_a(lemma, "munitions", "weapons", "property", "bodies", "places")
    )


def _one(token: Token, talk: Discourse, sentence: Sentence) -> list[tuple[Named, str | None]]:
    body = _spokes_body(token, talk, sentence)
    if body is not None:
        return [(body[0], None), (body[1], None)]
    if token.lower_ in PERSONAL | PLURAL and _last_speaker(token, talk, sentence):
        return [(n, f"“{token.text}” read as the last speaker") for n in talk.said_by]
    apposed = _apposed(token, talk, sentence)
    if apposed is not None:
        return [(apposed, None)]
    named, _kind, why = talk.named(token, sentence)
    if token.lower_ in PERSONAL | PLURAL | NEUTER and why is None:
        return [(n, f"“{token.text}” read as the last speaker") for n in talk.said_by[-1:]]
    if why is not None and talk.said_by and named.words == talk.said_by[-1].words:
        return [(n, why) for n in talk.said_by]
    return [(named, why)]


def _apposed(token: Token, talk: Discourse, sentence: Sentence) -> Named | None:
    """The name set between commas: "the refugee agency, UNHCR, said", "Acting Head, Press, Ana Bel, said".

    Behind a common noun in the singular it is whoever speaks, a person or a body. Behind a title in capitals it is the
    person named last before the word of speech.
    """
    names = [
        a for a in syntax.children(token, "appos") if a.tag_ == "NNP" and a.i > token.i and a.nbor(-1).tag_ != "CC"
    ]
    doc, at = token.doc, token.i + 1
    if not names and at + 2 < len(doc) and doc[at].text == doc[at + 2].text == "," and doc[at + 1].text.isupper():
        names = [doc[at + 1]]  # "the refugee agency, UNHCR,", however the parser hangs it
    if token.tag_ == "NN" and token.pos_ == "NOUN" and names:
        if talk.lex.is_a(token.lemma_.lower(), "spokespersons", "documents"):
            return None
        named, kind, _ = talk.named(names[0], sentence)
        return named if kind in (MentionKind.PERSON, MentionKind.BODY) or names[0].text.isupper() else None
    return _officer(token, talk, sentence)


def _officer(token: Token, talk: Discourse, sentence: Sentence) -> Named | None:
    doc, verb = token.doc, token.head
    if not token.tag_.startswith("NNP") or verb.pos_ != "VERB" or verb.i < token.i + 2:
        return None
    title = talk.book.at(sentence.start + token.idx, sentence.start + token.idx + len(token))
    if title is not None and title.kind is MentionKind.PERSON:
        return None
    at = verb.i - 1 - (verb.nbor(-1).text == ",")
    last = doc[at]
    if last.tag_ != "NNP" or last.dep_ == "pobj" or last.lemma_.lower() in TIMES or at <= token.i:
        return None
    named, kind, _ = talk.named(last, sentence)
    return named if kind is MentionKind.PERSON and any(t.text == "," for t in doc[token.i : at]) else None


STILL_SPEAKING = 4
"""Sentences over which "he said" means who spoke last, unless somebody else was made the subject since."""


def _last_speaker(token: Token, talk: Discourse, sentence: Sentence) -> bool:
    """Whether "she said" goes on with who spoke last: one human being (several, for "they"), and nobody new since."""
    if not talk.said_by or not 0 < talk.number - talk.said_number <= STILL_SPEAKING:
        return False
    if not (talk.said_many if token.lower_ in PLURAL else talk.said_one):
        return False
    meant = talk.antecedent(token, sentence)
    if meant is None or meant.rank == 0 or meant.sentence <= talk.said_number:
        return True
    person = meant.kind is MentionKind.PERSON
    return not person if token.lower_ in PERSONAL or meant.sentence == talk.number else person


def _and_other(token: Token, talk: Discourse, sentence: Sentence) -> Named | None:
    """ "Varn and other cities' families": one phrase, though the parser may hang its first name elsewhere."""
    first, last = syntax.phrase(token)
    doc = token.doc
    if first < 2 or doc[first].lower_ != "other" or doc[first - 1].lower_ not in ("and", "or"):
        return None
    start = first - 2
    while start > 0 and doc[start - 1].text[:1].isupper() and doc[start - 1].tag_.startswith("NNP"):
        start -= 1
    if doc[start].lower_ in ("the", "a", "an"):
        start += 1
    low, high = sentence.start + doc[start].idx, sentence.start + doc[last].idx + len(doc[last])
    return talk.book.named(low, high, MentionKind.GROUP)


def _together(tokens: tuple[Token, ...], talk: Discourse, sentence: Sentence) -> Named:
    """Coordinated speakers are one layer, quoted together where they stand side by side."""
    first, _ = syntax.phrase(tokens[0])
    _, last = syntax.phrase(tokens[-1])
    doc = tokens[0].doc
    clause = any(t.pos_ == "VERB" or t.dep_ == "relcl" or t.lower_ in syntax.RELATIVE for t in doc[first:last])
    if last - first > 14 or clause:
        return talk.named(tokens[0], sentence)[0]
    start, end = sentence.start + doc[first].idx, sentence.start + doc[last].idx + len(doc[last])
    return talk.book.named(start, end, MentionKind.GROUP)


def _spokes_body(token: Token, talk: Discourse, sentence: Sentence) -> tuple[Named, Named] | None:
    """ "Ember Watch spokesman Ilo Dant": the body, then the person."""
    if token.lemma_.lower() in talk.lex.classes["spokespersons"]:
        bodies = syntax.prepositional(token, "for", "of") + [
            p for p in syntax.children(token, "poss") if p.lower_ not in PERSONAL | PLURAL | NEUTER
        ]
        if bodies:
            apposed = [a for t in [token, *bodies] for a in syntax.children(t, "appos") if a.tag_ == "NNP"]
            return talk.named(bodies[0], sentence)[0], talk.named(apposed[0], sentence)[0] if apposed else talk.named(
                token, sentence
            )[0]
    first, last = syntax.phrase(token)
    doc = token.doc
    for at in range(first, last):
        if doc[at].lower_ in talk.lex.classes["spokespersons"] and at + 1 <= token.i:
            inner = first
            while inner < at and doc[inner].lower_ in ("the", "a", "an"):
                inner += 1
            if inner == at:
                return None
            end = at - 1 if doc[at - 1].lower_ not in ("'s", "’s") else at - 2
            start = sentence.start + doc[inner].idx
            body = talk.book.named(start, sentence.start + doc[end].idx + len(doc[end]), MentionKind.BODY)
            s, e = sentence.start + doc[at + 1].idx, sentence.start + doc[last].idx + len(doc[last])
            return body, talk.book.named(s, e, MentionKind.PERSON)
    return None


def _outer(token: Token, layer: Layer, talk: Discourse) -> list[Token]:
    """Bodies through which a speaker is heard: whose deputy they are, who interviewed them, whom they told."""
    out: list[Token] = []
    for apposed in syntax.children(token, "appos"):
        if apposed.lemma_.lower() in talk.lex.classes["spokespersons"] | {"director", "head", "researcher", "deputy"}:
            owners = [p for p in syntax.children(apposed, "poss") if p.text[:1].isupper()]
            out += owners or syntax.prepositional(apposed, "for", "of")  # "Reed Watch's director for the Upper Valley"
    for participle in syntax.children(token, "acl"):
        if participle.lemma_ in ("interview", "quote", "cite", "contact", "reach"):
            out += [t for t in syntax.agents(participle) if t.lemma_.lower() not in _BY_WIRE]
    verb = token.head
    if token.dep_ == "dobj" and verb.lemma_ in ("interview", "quote", "cite") and not syntax.passive(verb):
        out += [t for t in syntax.subjects(verb) if t.lower_ not in FIRST]  # "Reed Watch interviewed women who said"
    if verb.lemma_ == "tell" and token.dep_ == "nsubj" and not out:
        told = list(syntax.children(verb, "dobj", "dative"))
        out += [t for t in told if any(w.lower() in _GO_BETWEEN for w in (t.text, t.lemma_)) and t.i != token.i]
    return out


_BY_WIRE = frozenset(["phone", "telephone", "mobile", "radio", "email", "e-mail", "skype", "satellite", "text", "post"])
""" "Residents reached by telephone": how they were reached, not by whom."""


def _document(token: Token, talk: Discourse, sentence: Sentence) -> list[tuple[Named, str | None]]:
    """ "the report said": whoever made it, by possessive, by-phrase or named before; else the document itself."""
    found = [m for m in makers(token) if m.lower_ not in PERSONAL | PLURAL | NEUTER and not syntax.children(m, "acl")]
    found = [m for m in found if m.text[:1].isupper() or m.lemma_.lower() in talk.lex.classes["speakers"]]
    through = getters(token)
    if through:  # "a report seen by the Herald": the paper passes on what the report says
        inner = _together(tuple(found), talk, sentence) if found else talk.named(token, sentence)[0]
        return [(talk.named(through[0], sentence)[0], f"{token.text} had by"), (inner, None)]
    if found:
        return [(_together(tuple(found), talk, sentence), f"{token.text} of")]
    definite = any(c.lower_ in ("the", "this") for c in token.children)
    if definite and talk.said_by:
        return [(n, f"“the {token.text}” read as theirs") for n in talk.said_by]
    return [(talk.named(token, sentence)[0], None)]


def with_publication(
    chain: list[Named], talk: Discourse, earlier: list[tuple[str, Named]]
) -> tuple[list[Named], str | None]:
    """Unnamed experts that a text first brought in beside a publication are heard through that publication."""
    if not chain:
        return chain, None
    head = clean(chain[0].words).lower().split()[-1].rstrip("s")
    if head not in talk.lex.classes["experts"]:
        return chain, None
    for noun, publication in earlier:
        if noun == head:
            return [publication, *chain], f"{head}s first named beside {publication.words}"
    return chain, None

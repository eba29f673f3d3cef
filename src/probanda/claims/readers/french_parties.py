"""Who did it to whom, in French: by position for verbs, by "de", "par" and "contre" for nouns.

Start with `parties_of`.

Looks down to: french_phrases, window_sentence. Used by: french.
"""

from __future__ import annotations

import re

from probanda.claims.readers.french_phrases import (
    HELD,
    LONGEST_NAME,
    SITES,
    SOMEONE,
    auxiliary,
    is_people,
    of_within,
    phrase_before,
    phrases_after,
    pointing,
    shared_auxiliary,
    shared_passive,
    sited,
    someone,
    subjects_before,
    verb_group,
)
from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_sentence import STOPS, Parties, Range, Sentence, Trigger

PARTICIPLE = re.compile(r"(?:é|mis|poursuivi|reconnu|traduit)e?s?$")


def parties_of(s: Sentence, t: Trigger, lo: int, hi: int) -> Parties:  # noqa: PLR0912
    """By position for verbs, by "de", "par" and "contre" for nouns."""
    p = Parties()
    _forms(s, t, p, lo, hi)
    _pronouns(s, t, p)
    if t.shape == "phrase":
        _phrase(s, t, p, lo, hi)
    elif t.shape in ("active", "ger", "inf", "order"):
        shared = shared_auxiliary(s, t.a) if t.verb == t.a else None
        verb = shared if shared is not None else t.verb
        subjects = subjects_before(s, verb, 0 if shared is not None else lo) if t.shape == "active" else []
        if not subjects and t.shape == "active" and s.is_a(t.verb - 1, "joins", "commas"):
            shared = shared_auxiliary(s, t.verb)
            subjects = subjects_before(s, shared, 0) if shared is not None else []
        subject = subjects[-1] if subjects else None
        p.again = p.again or (not subjects and t.shape == "active" and _joined_pronoun(s, t.verb))
        for one in subjects:
            if pointing(s, one):
                suffers = t.act.subject == "victim" or s.words[one[0]].is_a("bodies-found")
                (p.victims if suffers else p.actors).append(one)
            elif s.words[one[0]].is_a("munitions") or s.words[one[0]].acts:
                inner = of_within(s, one)  # "les tirs de l'armée ont tué"
                if inner is not None and s.classes(*inner) & {"armed", "combatants", "state-words"}:
                    p.actors.append(inner)
        if t.act.subject != "victim":
            _suffer(s, t, p, phrases_after(s, t.b, hi))
        if t.shape == "inf" and p.told and not p.actors:
            _causing(s, t, p, lo)
        if t.shape == "active" and not (p.victims or p.targets) and t.act.subject != "victim":
            taken = _taken_by_that(s, subject[0] if subject is not None else t.verb)
            if taken is not None:
                _suffer(s, t, p, [taken])
    elif t.shape == "passive":
        _passive(s, t, p, lo)
    else:
        _noun(s, t, p, lo, hi)
    _agents(s, t, p, hi)
    if t.act.object == "target" or t.shape in ("noun", "phrase"):
        _against(s, t, p, hi)
    if t.act.object in ("property", "target") and not (p.targets or p.victims):
        p.targets += _hit_here(s, t)
    return p


def _pronouns(s: Sentence, t: Trigger, p: Parties) -> None:
    """What the pronouns at the verb say: somebody suffers it, or did it, who was told before."""
    p.pronoun = t.shape in ("active", "phrase") and any(
        w.form in ("l'", "les", "le", "la") for w in s.words[t.verb : t.a]
    )
    held = t.act.type in ("torture", "rape-sexual-violence", "detention", "abduction")
    near = [w.form for w in s.words[t.verb : t.a]]
    p.pronoun = p.pronoun or (held and any(form in ("m'", "nous", "me") for form in near))
    p.pronoun = p.pronoun or (t.shape == "passive" and (t.a == 0 or _taken_up(s, t.verb)))
    p.told = t.shape == "inf" and _told_infinitive(s, t)
    p.again = t.shape in ("active", "phrase") and s.form(t.verb - 1) in ("il", "ils", "elle", "elles")
    if t.act.subject == "victim" and _taken_up(s, t.verb):
        p.again, p.pronoun = False, True  # "il est mort en détention"
    p.habit = t.shape in ("active", "phrase") and _in_present(s, t)
    near = [w.form for w in s.words[max(0, t.verb - 2) : t.a + (t.shape == "phrase")]]
    p.myself = any(form in ("je", "j'", "m'", "me", "nous") for form in near)
    p.many = any(form in ("ils", "elles", "les", "ceux-ci") for form in near)


def _passive(s: Sentence, t: Trigger, p: Parties, lo: int) -> None:
    """Before a passive stand those who suffer it, or the verb group that it shares with another."""
    shared = shared_passive(s, t.a) if t.verb == t.a else None
    bare = t.verb == t.a and s.is_a(t.a - 1, "commas")
    if shared is not None:
        subjects = subjects_before(s, shared, 0)
        p.pronoun = p.pronoun or _taken_up(s, shared)
    else:
        subjects = subjects_before(s, t.verb - 1 if bare else t.verb, max(0, lo - 16) if bare else lo)
    teller = next((c for c in s.cues if c.speaker is not None and t.verb - 2 <= c.b <= t.verb), None)
    if not subjects and teller is not None and teller.speaker is not None and s.is_a(t.verb, "perfect"):
        p.victims.append(teller.speaker)  # "elle raconte avoir été torturée"
    if subjects:
        _suffer(s, t, p, subjects)
        behind = of_within(s, subjects[-1])
        if behind is not None and not p.victims:
            _suffer(s, t, p, [behind])


def _in_present(s: Sentence, t: Trigger) -> bool:
    """A finite verb of the plural present: "enrôlent", and neither "enrôlaient" nor "ont enrôlé"."""
    words = s.words[t.verb : t.b] if t.shape == "active" else s.words[t.a : t.a + 1]
    if any(w.is_a("have", "be") for w in words):
        return False
    return words[-1].form.endswith("ent") and not words[-1].form.endswith(("aient", "ment"))


def _joined_pronoun(s: Sentence, verb: int) -> bool:
    """Of "ils m'ont jetée au sol et m'ont frappée" the pronoun, which both verbs share."""
    at = verb - 1
    if not s.is_a(at, "joins", "commas"):
        return False
    for n in range(at - 1, max(-1, at - 14), -1):
        if s.words[n].form in ("il", "ils", "elle", "elles"):
            return True
        if s.words[n].form in STOPS or s.words[n].is_a("breaks", "thats", "relatives", "whens", "pronouns"):
            return False
    return False


def _taken_up(s: Sentence, verb: int) -> bool:
    """Before "ont été battus" a pronoun: those told before, or who speaks."""
    at = verb - 1
    while at > 0 and s.words[at].is_a("adverbs"):
        at -= 1
    return s.form(at) in ("il", "ils", "elle", "elles", "je", "j'", "nous", "celui-ci", "celle-ci", "ceux-ci", "tous")


def _hit_here(s: Sentence, t: Trigger) -> list[Range]:
    """Of "ont mis le feu à la maison" the place right behind; of "ont volé les chèvres" what the phrase holds."""
    behind = [(p.a, p.b) for p in s.places if p.outer in (t.b - 1, t.b) and p.a >= t.b]
    held = [(n, n + 1) for n in range(t.a + 1, t.b) if s.words[n].is_a("property")]
    return (behind or (held if t.shape == "phrase" else []))[:1]


def _told_infinitive(s: Sentence, t: Trigger) -> bool:
    """Behind "avant de", "ont commencé à", "a fait"; or joined to such a one: "et d'emporter"."""
    behind = t.verb - 1 if s.is_a(t.verb - 1, "of") else t.verb
    for end in (t.verb, behind):
        before = s.folded(max(0, end - 5), end)
        if any(m.end() == len(before) for m in s.lists.patterns["told-infinitive"].finditer(before)):
            return True
    at = t.verb - 1
    while at > 0 and s.words[at].is_a("of", "to"):
        at -= 1
    if at < 1 or not s.words[at].is_a("joins", "commas"):
        return False
    earlier = [o for o in s.triggers if o.b <= at and o.shape == "inf"]
    return bool(earlier) and earlier[-1].a >= at - LONGEST_NAME and _told_infinitive(s, earlier[-1])


def _causing(s: Sentence, t: Trigger, p: Parties, lo: int) -> None:
    """Of "a fait exécuter quatre captifs" the subject."""
    made = next((n for n in range(t.a - 1, max(lo - 1, t.a - 4), -1) if s.words[n].is_a("making")), None)
    if made is None:
        return
    found = auxiliary(s, made)
    subject = phrase_before(s, found[1] if found is not None else verb_group(s, made), lo)
    if subject is not None and pointing(s, subject):
        p.actors.append(subject)


def _taken_by_that(s: Sentence, begins: int) -> Range | None:
    """Of "mon voisin, que des soldats ont emmené" the one before "que"."""
    that = begins - 1
    while that > 0 and s.words[that].is_a("articles", "determiners", "adverbs", "objects"):
        that -= 1
    if that < 1 or not s.is_a(that, "thats"):
        return None
    if any(c.a <= that - 1 < c.b for c in s.cues) or s.words[that - 1].says or s.words[that - 1].acts:
        return None
    end = that - 1 if s.words[that - 1].is_a("commas") else that
    found = phrase_before(s, end, 0)
    return found if found is not None and someone(s, found) else None


def _phrase(s: Sentence, t: Trigger, p: Parties, lo: int, hi: int) -> None:
    """A phrase may hold its auxiliary, and those whom it hits: "a enrôlé de force des enfants"."""
    held = s.words[t.a].is_a("have", "be")
    if t.act.subject == "author":  # "est l'œuvre de la milice"
        begin = next((n for n in range(t.b - 1, min(hi, t.b + 4)) if s.words[n].is_a("of")), t.b - 1)
        p.actors += [r for r in phrases_after(s, begin + 1, hi) if someone(s, r)]
        return
    if _lightly(s, t, p, lo):
        return
    named = s.is_a(t.a - 1, "determiners", "preps", "of") or any(c[1] == t.a for c in s.counts)
    if named and not held and not PARTICIPLE.search(s.words[t.a].form) and t.act.subject not in ("victim", "cause"):
        _noun(s, t, p, lo, t.b + LONGEST_NAME if hi > t.b + LONGEST_NAME else hi)
        return
    found = None if held else auxiliary(s, t.a)
    shared = shared_auxiliary(s, t.a) if found is None and not held else None
    bare = found is None and not held and shared is None and bool(PARTICIPLE.search(s.words[t.a].form))
    passive = "été" in s.folded(t.a, t.b).split() or bare or (found is not None and found[0] == "passive")
    passive = passive or (s.words[t.a].is_a("be") and bool(PARTICIPLE.search(s.words[t.b - 1].form)))
    if passive and p.again:
        p.again, p.pronoun = False, True
    people = [
        n for n in range(t.a, t.b) if s.words[n].is_a("people", "prisoners") and not s.words[n].is_a("toll-words")
    ]
    people = [n for n in people if not s.is_a(n, "not-victims")]
    inner = next(iter(people), None)
    tolled = next((c for c in s.counts if t.a < c[0] and c[1] < t.b), None)
    if inner is None and tolled is not None and t.act.detail == "casualty-count":
        p.victims.append((tolled[0], t.b))
    if inner is not None and t.act.object != "none":
        start = next((c[0] for c in s.counts if c[1] == inner), inner)
        p.victims.append((start, t.b if s.words[t.b - 1].is_a("people", "prisoners") else inner + 1))
    begins = found[1] if found is not None else verb_group(s, t.a)
    row = shared_passive(s, t.a) if bare else shared
    subjects = subjects_before(s, begins if row is None else row, lo if row is None else 0)
    subject = subjects[-1] if subjects else None
    number = (
        subject is not None
        and subject[1] == t.a
        and all(any(c[0] <= n < c[1] for c in s.counts) for n in range(*subject))
    )
    if t.act.subject == "cause":  # "l'attaque des miliciens a fait neuf morts"
        if not p.victims:
            _suffer(s, t, p, phrases_after(s, t.b, hi))
        by = next((n for n in range(t.a - 1, max(-1, t.a - LONGEST_NAME), -1) if s.words[n].is_a("by")), None)
        p.actors += [r for r in phrases_after(s, by + 1, t.a) if someone(s, r)] if by is not None else []
        return
    if subject is not None and not number and pointing(s, subject):
        if passive or t.act.subject == "victim":
            _suffer(s, t, p, subjects)
        else:
            p.actors += [one for one in subjects if pointing(s, one)]
    p.again = p.again or (not passive and not p.actors and _joined_pronoun(s, begins))
    if not passive and (t.act.subject != "victim" or not p.victims):
        _suffer(s, t, p, phrases_after(s, t.b, hi))


def _suffer(s: Sentence, t: Trigger, p: Parties, ranges: list[Range]) -> None:
    for r in ranges:
        if r in p.actors:
            continue
        if s.words[r[0]].is_a(*SITES, "place-kinds") or (sited(s, r) and not s.classes(*r) & {"people", "prisoners"}):
            p.targets.append(r)
        elif t.act.object == "property":
            if s.classes(*r) & {"property"}:
                p.targets.append(r)
            elif _bare_name(s, r) and r[1] - r[0] == 1 and not is_people(s, r):
                p.targets.append(r)  # "ont pillé Sella"
            elif pointing(s, r):
                p.victims.append(r)
        elif someone(s, r) or _counted_people(s, r) or _some_unknown(s, t, r):
            if (
                t.act.object == "target"
                and t.act.type in ("attack", "bombing")
                and _bare_name(s, r)
                and not is_people(s, r)
            ):
                p.targets.append(r)
            else:
                p.victims.append(r)


def _counted_people(s: Sentence, r: Range) -> bool:
    """A number alone, or before a word that the lists do not know: "neuf d'entre eux", "douze vendangeurs"."""
    count = s.count_in(*r)
    return count is not None and not s.classes(*r) & {"things", "animals", "munitions"}


def _some_unknown(s: Sentence, t: Trigger, r: Range) -> bool:
    """A plural that no list knows, where the act wants a person: "l'arrestation de deux horlogers"."""
    head = s.words[r[0]]
    if not head.form.endswith(("s", "x")) or s.form(r[0] - 1) not in ("les", "des", "ces", "d'", "plusieurs", "de"):
        return False
    if t.act.object not in ("person", "people") or t.act.type == "procedural":
        return False
    return len(head.form) > 3 and head.form.isalpha() and not (head.classes or head.acts or head.says)


def _bare_name(s: Sentence, r: Range) -> bool:
    return all(w.capital or w.is_a("of", "articles") for w in s.words[r[0] : r[1]])


def _noun(s: Sentence, t: Trigger, p: Parties, lo: int, hi: int) -> None:
    at = t.b
    while at < hi and (at in s.taken or s.words[at].is_a("commas", "adjectives")):
        at += 1
    if at + 1 < hi and not s.words[at].classes and s.words[at].form.isalpha() and s.words[at + 1].is_a("of"):
        at += 1  # an adjective that no list knows
    armed = {"armed", "combatants"}
    if at + 1 < hi and s.words[at].is_a("light") and s.words[at + 1].is_a("to"):
        _suffer(s, t, p, phrases_after(s, at + 2, hi))  # "les tortures infligées au ..."
    elif at < hi and s.words[at].is_a("of"):
        for r in phrases_after(s, at + 1, hi):
            attack = t.act.type in ("attack", "bombing", "military-operation") or t.act.object == "target"
            if attack and s.words[r[0]].is_a(*armed, "state-words", "partisan"):
                p.actors.append(r)
                p.cues.append(s.form(at))
            else:
                _suffer(s, t, p, [r])
    elif (t.act.subject == "victim" or s.words[t.a].is_a("toll-words")) and not p.victims:
        count = next((c for c in s.counts if c[1] in (t.a, t.a - 1)), None)
        if count is not None:  # "neuf morts": those counted are the victims
            p.victims.append((count[0], t.b))
    _lightly(s, t, p, lo)


def _lightly(s: Sentence, t: Trigger, p: Parties, lo: int) -> bool:
    """Of "ont mené une attaque", "ont été victimes de viols" the subject; True where there is such a verb."""
    light = next((n for n in range(t.a - 1, max(lo - 1, t.a - 6), -1) if _light(s, n)), None)
    if light is not None:
        found = auxiliary(s, light)
        kind, verb = found if found is not None else ("active", verb_group(s, light))
        if any(w.form in ("se", "s'") for w in s.words[verb:light]):
            kind = "active"  # "se sont livrés à des pillages"
        subject = phrase_before(s, verb, lo)
        if subject is not None and pointing(s, subject):
            suffers = s.words[light].is_a("undergo")
            if suffers:
                p.victims.append(subject)
            elif kind == "active":
                p.actors.append(subject)
            p.cues.append(s.form(light))
    return light is not None


def _light(s: Sentence, at: int) -> bool:
    """ "mené une attaque", "victimes de tortures": of a victim only where somebody "a été victime"."""
    word = s.words[at]
    if word.form in ("victime", "victimes"):
        return at > 0 and (s.words[at - 1].is_a("be") or s.form(at - 1) == "été")
    return word.is_a("light", "undergo")


def _agents(s: Sentence, t: Trigger, p: Parties, hi: int) -> None:
    for at in range(t.b, hi):
        hands = s.words[at].form == "mains" and s.is_a(at + 1, "of")
        if not (s.words[at].is_a("by") or hands) or at in s.taken or _of_another(s, t, at):
            continue
        for r in phrases_after(s, at + (2 if hands else 1), hi):
            head = s.words[r[0]]
            if head.is_a("munitions") or (head.acts and not head.is_a(*SOMEONE)):
                p.means.append(r)
                inner = of_within(s, r)
                if inner is not None and s.classes(*inner) & {"armed", "combatants"} and not p.actors:
                    p.actors.append(inner)
            elif someone(s, r) and r not in p.actors and not head.is_a("not-agents"):
                p.actors.append(r)
                p.cues.append(s.form(at))
        return


def _of_another(s: Sentence, t: Trigger, by: int) -> bool:
    """Of "une zone tenue par les insurgés" the participle before "par", which is no act and carries none."""
    at = by - 1
    while at > t.b and (s.words[at].is_a("adverbs") or s.words[at].form.endswith("ment") or at in s.taken):
        at -= 1
    word = s.words[at]
    if at < t.b or word.acts or word.is_a("light", "undergo", *SOMEONE):
        return False
    return bool(HELD.search(word.form)) and not word.is_a("articles", "adjectives")


def _against(s: Sentence, t: Trigger, p: Parties, hi: int) -> None:
    at = next((n for n in range(t.b, hi) if s.words[n].is_a("against")), None)
    if at is None or p.victims or p.targets or (t.act.type == "procedural" and s.form(at) != "contre"):
        return
    at += 1
    while at < hi and s.words[at].is_a("of"):
        at += 1
    end = at
    while (
        end < hi and not s.words[end].is_a("commas", "joins", "relatives", "preps") and s.words[end].form not in STOPS
    ):
        end += 1
    r = strip(s, at, end)
    if r[0] < r[1]:
        _suffer(s, t, p, [r])
        if not (p.victims or p.targets) and any(w.capital for w in s.words[r[0] : r[1]]):
            p.targets.append(r)


def _forms(s: Sentence, t: Trigger, p: Parties, lo: int, hi: int) -> None:
    """Negation, distance and what is not said to have happened."""
    group = s.words[t.verb : t.b if t.shape == "phrase" else t.a]
    before = s.words[max(0, t.verb - 6) : t.a]
    after = s.words[t.b : min(hi, t.b + 3)]
    conditional = next((w for w in group if w.is_a("conditional")), None)
    doubt = next((w for w in [*before, *s.words[t.a : t.b], *after] if w.is_a("doubt")), None)
    if conditional or doubt:
        p.doubted = (conditional or doubt).form  # type: ignore[union-attr]
    future = next((w for w in s.words[max(0, t.verb - 2) : t.a] if w.is_a("future")), None)
    if future:
        p.unreal = future.form
    averted = next((w for w in s.words[max(0, t.verb - 4) : t.verb] if w.is_a("averted")), None)
    if averted and t.shape in ("noun", "inf"):
        p.unreal = averted.form
    denied = [w for w in s.words[max(lo, t.verb - 1) : t.b + 2] if w.is_a("negators")]
    ne = any(w.is_a("ne") for w in s.words[max(0, t.verb - 1) : t.a])
    none = next((w for w in s.words[max(lo, t.verb - 4) : t.a] if w.is_a("none")), None)
    if t.shape == "noun":
        close = next((w for w in s.words[max(0, t.a - 2) : t.a] if w.is_a("none", "without")), None)
        if close is not None:
            p.negated = close.form
        elif s.lists.patterns["did-not-happen"].search(s.folded(t.b, min(len(s.words), t.b + 12))):
            p.negated = "n'a pas eu lieu"
    elif (ne and denied) or (none and ne):
        p.negated = (denied[0] if denied else none).form  # type: ignore[union-attr]
    elif any(w.is_a("without") for w in s.words[max(0, t.verb - 2) : t.verb]) and t.shape != "passive":
        p.negated = "sans"

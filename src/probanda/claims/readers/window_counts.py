"""Numbers in words and figures with their bounds, in the languages that are read without a parser.

Start with `counts_in`. The words are data (`measures.yaml`); what a bound does to a number is the convention of
`claims.quantities`. Offsets are those of the folded words.

Looks down to: window_words, kernel. Used by: window.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from probanda.claims.readers.folded import folded
from probanda.claims.readers.window_words import word_list
from probanda.kernel.quantities import Quantity
from probanda.kernel.spans import Span

_FIGURE = r"\d{1,3}(?:[ .,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
BOUNDS = ("above", "at-least", "at-most", "below", "about")


@lru_cache(maxsize=4)
def _tables(language: str) -> tuple[re.Pattern[str], dict[str, int], dict[str, int], dict[str, str], dict[str, int]]:
    m = word_list(language).measures
    numbers = {folded(w): n for n, words in m["numbers"].items() for w in words}
    rounded = {folded(w): n for w, n in (m.get("rounded") or {}).items()}
    vague = {folded(w): n for w, n in m["vague"].items()} | rounded
    duals = {folded(w): 2 for w in m["duals"]} | {folded(w): 1 for w in m["ones"]}
    duals |= dict.fromkeys(_duals(language), 2)
    bounds = {folded(w): key for key in BOUNDS for w in m[key]}
    between = "|".join(folded(w).replace(" ", r"\s+") for w in m.get("between") or ()) or "(?!)"

    def either(words: dict[str, int] | dict[str, str]) -> str:
        return (
            "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"
        )

    joins = "|".join(folded(j).replace(" ", r"\s+") for j in m["joins"])
    word = either(numbers)
    uncounted = "|".join(folded(w) for w in m["not-counted"])
    # A proclitic "and" may stand glued to the first word: it is no part of the number.
    pattern = re.compile(
        rf"(?<!\w)(?P<glued>{'|'.join(folded(g) for g in m['glued']) or '(?!)'})?"
        rf"(?:(?P<bound>{either(bounds)})(?:\s+|(?<=')))?"
        rf"(?:(?P<vague>{either(vague)})(?!\w)"
        rf"|(?:{between})\s+(?P<from>{_FIGURE})\s+(?:و\s*|et\s+)(?P<till>{_FIGURE})(?![\w-])"
        rf"|(?:{between})\s+(?P<span>(?:{word})(?:(?:{joins})(?:{word}))+)(?!\w)"
        rf"|(?P<low>{_FIGURE})\s*(?:-|–|{'|'.join(map(folded, m['to']))})\s*(?P<high>{_FIGURE})(?![\w-])"
        rf"|(?P<figure>{_FIGURE})(?:\s+(?P<scale>{word})(?!\w))?(?![\w:/-])(?!\s*(?:{uncounted})(?!\w))"
        rf"|(?P<dual>{either(duals)})(?!\w)"
        rf"|(?P<words>(?:{word})(?:(?:{joins})(?:{word}))*)(?!\w))"
    )
    return pattern, numbers, vague, bounds, duals


def counts_in(words: str, language: str) -> list[tuple[Span, Quantity]]:
    """Every number in these folded words with its bounds, left to right; dates are the caller's to leave out."""
    pattern, numbers, vague, bounds, duals = _tables(language)
    fours = bool(word_list(language).measures.get("fours"))
    found = []
    for match in pattern.finditer(words):
        start = match.end("glued") if match["glued"] else match.start()
        text = words[start : match.end()]
        bound = bounds.get(re.sub(r"\s+", " ", match["bound"] or ""), "")
        if match["vague"]:
            said = re.sub(r"\s+", " ", match["vague"])
            round_number = said in _rounded(language)
            quantity = (
                _bounded(text, vague[said], bound or "about") if round_number else Quantity(text=text, min=vague[said])
            )
        elif match["span"]:
            parted = _two_numbers(match["span"], numbers, language, fours)
            if parted is None:
                continue
            quantity = Quantity(text=text, min=parted[0], max=parted[1])
        elif match["low"] or match["from"]:
            low, high = _figure(match["low"] or match["from"]), _figure(match["high"] or match["till"])
            quantity = Quantity(text=text, min=int(low), max=int(high))
            if low >= high:
                continue
        elif match["dual"]:
            quantity = _bounded(text, duals[re.sub(r"\s+", " ", match["dual"])], bound)
        elif match["figure"]:
            number = _figure(match["figure"]) * numbers.get(match["scale"] or "", 1)
            quantity = _bounded(text, int(number), bound)
        else:
            quantity = _bounded(text, _spelled(match["words"], numbers, language, fours), bound)
        found.append((Span(start, match.end()), quantity))
    return found


@lru_cache(maxsize=4)
def _rounded(language: str) -> frozenset[str]:
    """ "Une vingtaine": a number that is meant as about so many, where "des dizaines" only bounds it from below."""
    return frozenset(folded(w) for w in word_list(language).measures.get("rounded") or ())


def _duals(language: str) -> set[str]:
    """Forms of the lists that can only be the dual: "مهندسان", "ممرضتين"."""
    lists = word_list(language)
    kept = {folded(w) for w in lists.measures.get("no-duals") or ()}
    found = set()
    for name in lists.measures.get("dual-classes") or ():
        forms = lists.classes[name]
        for form in forms:
            female = form.endswith(("تان", "تين")) and form[:-3] + "ه" in forms
            male = form.endswith("ان") and form[:-2] in forms and not form[:-2].endswith("ه")
            if (female or male) and form not in kept:
                found.add(form)
    return found


def _two_numbers(words: str, numbers: dict[str, int], language: str, fours: bool) -> tuple[int, int] | None:
    """ "بين أربعين وثمانية وأربعين": cut where both sides read as numbers, the second the greater."""
    pieces = [re.sub(r"\s+", " ", p) for p in _words_of_numbers(language).findall(words)]
    for cut in range(1, len(pieces)):
        sides = (pieces[:cut], pieces[cut:])
        low, high = (_spelled(" ".join(side), numbers, language, fours) for side in sides)
        if low < high and (fours or all(_in_order([numbers[p] for p in side]) for side in sides)):
            return low, high
    return None


def _in_order(values: list[int]) -> bool:
    """Hundreds before units before tens, each once, as a number is spoken."""
    ranks = [3 if v >= 100 else 2 if v <= 10 and v % 10 else 1 for v in values if v < 1000]
    return all(a > b for a, b in pairwise(ranks))


def _spelled(words: str, numbers: dict[str, int], language: str, fours: bool) -> int:
    """The number that these words spell: twelve thousand, quatre-vingt-dix, ثلاثة وعشرين."""
    whole, part = 0, 0
    pieces = _words_of_numbers(language).findall(words)
    alone = {folded(w) for w in word_list(language).measures.get("two-alone") or ()}
    for piece in pieces:
        value = numbers[re.sub(r"\s+", " ", piece)]
        if len(pieces) == 1 and piece in alone:
            value *= 2
        if value >= 1000 and value % 1000 == 0 and value not in (2000,):
            whole += max(1, part) * value
            part = 0
        elif value == 100 and 1 < part < 10:
            part *= 100
        elif fours and value == 20 and part % 100 == 4:
            part += 76
        else:
            part += value
    return whole + part


@lru_cache(maxsize=4)
def _words_of_numbers(language: str) -> re.Pattern[str]:
    numbers = _tables(language)[1]
    return re.compile(
        "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(numbers, key=lambda w: (-len(w), w)))
    )


def _bounded(text: str, number: int, bound: str) -> Quantity:
    if bound == "above":
        return Quantity(text=text, value=number, min=number + 1)
    if bound == "at-least":
        return Quantity(text=text, value=number, min=number)
    if bound == "at-most":
        return Quantity(text=text, value=number, max=number)
    if bound == "below":
        return Quantity(text=text, value=number, max=number - 1)
    if bound == "about":
        return Quantity(text=text, value=number)
    return Quantity(text=text, value=number, min=number, max=number)


def _figure(text: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[ .,]\d{3})+", text):
        return float(re.sub(r"\D", "", text))
    return float(text.replace(",", "."))

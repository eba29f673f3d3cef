"""Where the words stand that a person marked in a text, or typed: in code points, whatever the browser counts.

Start with `marked`. A browser counts UTF-16 and turns every line break into CR LF on its way here; so it sends words,
never offsets, and the words are looked for here. Words that do not stand there move no quote: they are refused.

Looks down to: kernel. Used by: web.pages.
"""

from __future__ import annotations

import re

from probanda.kernel.errors import WrongUsage


def marked(text: str, form: dict[str, str]) -> tuple[int, int]:
    """Start and end of the words of this form, without the blanks around them. Raises WrongUsage.

    Marked: `from` is the offset of the paragraph, `before` the words of it in front of the mark, `words` the mark.
    Typed: `words` alone, and where they stand there more than once, `near`, the offset they do not begin before.
    """
    words = form.get("words", "")
    if not form.get("from"):
        return typed(text, words, form.get("near", ""))
    try:
        first = int(form["from"])
    except ValueError:
        first = -1
    at = _after(text, first, form.get("before", "")) if first >= 0 and words.strip() else None
    end = _after(text, at, words) if at is not None else None
    if at is None or end is None:
        raise WrongUsage(
            "The words that were marked do not stand there in this text; nothing was recorded.",
            "Load the page anew and mark them again, inside one paragraph.",
        )
    held = text[at:end]
    return at + len(held) - len(held.lstrip()), end - (len(held) - len(held.rstrip()))


def typed(text: str, words: str, near: str = "") -> tuple[int, int]:
    """Start and end of words as typed: blanks and line breaks between them may differ. Raises WrongUsage."""
    said = words.split()
    if not said:
        raise WrongUsage(
            "No words were given; nothing was recorded.", "Mark or type the words that the claim rests on."
        )
    start = int(near) if near.strip().isdecimal() else 0
    pattern = re.compile(r"\s+".join(map(re.escape, said)))
    found = list(pattern.finditer(text, start))
    if not found:
        raise WrongUsage(
            "These words do not stand in this text; nothing was recorded.",
            "Type them as they are written there, letter by letter.",
        )
    if len(found) > 1 and not near.strip():
        raise WrongUsage(
            f"These words stand in this text {len(found)} times; nothing was recorded.",
            "Type more of them, or give the offset of the paragraph that you mean.",
        )
    return found[0].span()


def _after(text: str, at: int, said: str) -> int | None:
    """Where these words end that begin at `at`; None where they do not stand there. Any line break is any other."""
    for letter in said.replace("\r\n", "\n"):
        if letter == "\n" and text.startswith("\r\n", at):
            at += 2
        elif at < len(text) and (text[at] == letter or (letter == "\n" and text[at] == "\r")):
            at += 1
        else:
            return None
    return at

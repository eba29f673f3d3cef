"""The dossier's page: the record poured into one template, with its style inside and nothing from outside.

A strict content security policy forbids everything but the one style element, which is named by its
SHA-256 (W3C Content Security Policy Level 3), and pictures that stand in the page itself. Missing
fields are errors, and all text is escaped.

Looks down to: record, leaves, words, templates. Used by: dossier, casework, web.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from probanda.reports.leaves import Leaf
from probanda.reports.record import Dossier, Note
from probanda.reports.words import Words

TEMPLATE, PART = "dossier.html", "part.html"


class Place:
    """Where things of a dossier stand: here in its one page."""

    home_words = ""

    def at(self, target: str) -> str:
        """The address of a target."""
        return f"#{target}"

    def picture(self, note: Note) -> str:
        """The address of a note's picture: the picture itself."""
        return "data:image/png;base64," + base64.b64encode(note.picture.png if note.picture else b"").decode("ascii")

    def home(self, note: Note) -> str:
        """The address of the words a note is for; none, since a dossier is handed on alone."""
        return ""


def render(dossier: Dossier, w: Words) -> str:
    """The page as text."""
    style = _style(dossier.running_head)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    # The style holds no `<`, so it cannot end its own element; see `_style`.
    told = {"d": dossier, "place": Place(), "style": Markup(style), "policy": policy}  # noqa: S704
    return _worded(w).get_template(TEMPLATE).render(told)


def part(cover: Dossier, leaf: Leaf, w: Words, place: Place) -> str:
    """One leaf of a dossier as HTML to stand within another page, whose addresses `place` knows."""
    return _worded(w).get_template(PART).render(d=cover, leaf=leaf, place=place)


def style_within(name: str) -> str:
    """The dossier's style for such a part: the same rules, for what stands within this class alone."""
    css = (resources.files("probanda.reports") / "templates" / "dossier.css").read_text("utf-8")
    rules = css[css.index("bdi {") : css.index("@page")].replace(":root:dir(", "&:dir(")
    return f".{name} {{\n{rules}}}\n"


def _worded(w: Words) -> Environment:
    env = environment().overlay()
    env.install_gettext_translations(w.translations, newstyle=True)  # type: ignore[attr-defined]
    return env


@cache
def environment() -> Environment:
    """The templates' environment: escaping on, missing names refused, words through gettext."""
    env = Environment(
        loader=PackageLoader("probanda.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.filters["eights"] = eights
    return env


def eights(text: str) -> list[str]:
    """The text in runs of eight, between which a line may break."""
    return [text[n : n + 8] for n in range(0, len(text), 8)]


def _style(running_head: str) -> str:
    css = (resources.files("probanda.reports") / "templates" / "dossier.css").read_text("utf-8")
    quiet = re.sub(r"/\*.*?\*/\n?", "", css, flags=re.DOTALL)
    escaped = re.sub(r'[\\"<>\n]', lambda m: f"\\{ord(m[0]):x} ", running_head)
    return "\n" + quiet.replace("RUNNING-HEAD", escaped)

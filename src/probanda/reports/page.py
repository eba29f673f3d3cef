"""The dossier's page: the record poured into one template, with its style inside and nothing from outside.

A strict content security policy forbids everything but the one style element, which is named by its
SHA-256 (W3C Content Security Policy Level 3), and pictures that stand in the page itself. Missing
fields are errors, and all text is escaped.

Looks down to: record, words, templates. Used by: dossier.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from probanda.reports.record import Dossier
from probanda.reports.words import Words

TEMPLATE = "dossier.html"


def render(dossier: Dossier, w: Words) -> str:
    """The page as text."""
    style = _style(dossier.running_head)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    env = environment().overlay()
    env.install_gettext_translations(w.translations, newstyle=True)  # type: ignore[attr-defined]
    # The style holds no `<`, so it cannot end its own element; see `_style`.
    return env.get_template(TEMPLATE).render(d=dossier, style=Markup(style), policy=policy)  # noqa: S704


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
    env.filters["base64"] = lambda data: base64.b64encode(data).decode("ascii")
    return env


def eights(text: str) -> list[str]:
    """The text in runs of eight, between which a line may break."""
    return [text[n : n + 8] for n in range(0, len(text), 8)]


def _style(running_head: str) -> str:
    css = (resources.files("probanda.reports") / "templates" / "dossier.css").read_text("utf-8")
    quiet = re.sub(r"/\*.*?\*/\n?", "", css, flags=re.DOTALL)
    escaped = re.sub(r'[\\"<>\n]', lambda m: f"\\{ord(m[0]):x} ", running_head)
    return "\n" + quiet.replace("RUNNING-HEAD", escaped)

"""The catalogue of the system's words: collects every message and writes `locale/probanda.pot`.

Run `python tests/reports/catalogue.py` after changing a message; a test compares the file with the sources.
Messages are the first arguments of `say`, `line`, `N_` and the first two of `count`, `line_n`, and what
the templates pass to gettext.

Used by: test_words.py.
"""

from __future__ import annotations

import ast
from pathlib import Path

from probanda.reports.page import environment

ROOM = Path(__file__).resolve().parents[2] / "src" / "probanda" / "reports"
POT = ROOM / "locale" / "probanda.pot"
ONE, TWO = {"say", "line", "N_"}, {"count", "line_n"}
HEAD = """# The system's words of Probanda's reports. English is complete: its words are the message ids.
# To translate, copy to <language>/LC_MESSAGES/probanda.po, fill, and compile with msgfmt.
msgid ""
msgstr ""
"Project-Id-Version: probanda\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

Message = tuple[str, str | None]


def messages() -> list[Message]:
    """Every message, as (one, many or None), sorted."""
    found: set[Message] = set()
    for path in sorted(ROOM.rglob("*.py")):
        found |= _in_python(ast.parse(path.read_text("utf-8")))
    for path in sorted((ROOM / "templates").glob("*.html")):
        for _, _, message in environment().extract_translations(path.read_text("utf-8")):
            found.add((message, None) if isinstance(message, str) else (message[0] or "", message[1]))
    return sorted(found, key=lambda m: (m[0], m[1] or ""))


def _in_python(tree: ast.AST) -> set[Message]:
    found: set[Message] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if called in ONE and texts:
            found.add((texts[0], None))
        elif called in TWO and len(texts) == 2:
            found.add((texts[0], texts[1]))
    return found


def pot() -> str:
    """The catalogue as text."""
    return HEAD + "".join(_entry(one, many) for one, many in messages())


def _entry(one: str, many: str | None) -> str:
    if many is None:
        return f'\nmsgid {_quoted(one)}\nmsgstr ""\n'
    return f'\nmsgid {_quoted(one)}\nmsgid_plural {_quoted(many)}\nmsgstr[0] ""\nmsgstr[1] ""\n'


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    POT.write_text(pot(), "utf-8")

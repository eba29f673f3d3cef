"""Marking words in a text as a pointer would."""

from __future__ import annotations

from playwright.sync_api import Page

MARK = """([words, nth]) => {
    for (const paragraph of document.querySelectorAll(".w[data-from]")) {
        const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
        const nodes = [];
        let text = "";
        while (walk.nextNode()) {
            if (walk.currentNode.parentElement.closest("sup.n")) continue;
            nodes.push([walk.currentNode, text.length]);
            text += walk.currentNode.data;
        }
        for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
            if (nth-- > 0) continue;
            const find = (offset) => {
                const [node, from] = nodes.filter(([, from]) => from <= offset).at(-1);
                return [node, offset - from];
            };
            const range = document.createRange();
            range.setStart(...find(at));
            range.setEnd(...find(at + words.length));
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return true;
        }
    }
    return false;
}"""


def mark(page: Page, words: str, nth: int = 0) -> None:
    """Mark these words where they stand for the first time (`nth` 0), also across claims already marked."""
    assert page.evaluate(MARK, [words, nth])

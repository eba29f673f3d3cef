"""The filter before the parser lets through every form of an act word that the reader could take for one."""

from __future__ import annotations

import pytest

from probanda.claims.gate import forms_of, worth_parsing
from probanda.claims.lexicon import lexicon


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("kill", "killings"), ("shoot", "shot"), ("bury", "buried"), ("rape", "raping"), ("stab", "stabbed"),
        ("die", "dying"), ("overthrow", "overthrew"), ("gunman", "gunmen"), ("body", "bodies"), ("panic", "panicked"),
        ("mass grave", "mass graves"), ("force-feed", "force-fed"), ("knife", "knives"),
    ],
)  # fmt: skip
def test_forms_of_a_word(word: str, form: str) -> None:
    assert form.removesuffix("s") in forms_of(word) or form in forms_of(word)


def test_every_form_that_the_parser_leads_back_to_an_act_word_passes() -> None:
    import spacy

    from probanda.claims.parse import MODEL

    pipeline = spacy.load(MODEL, exclude=["ner", "parser", "tok2vec", "tagger"])
    table = pipeline.get_pipe("lemmatizer").lookups.get_table("lemma_exc")  # type: ignore[attr-defined]
    words = {w: e for e in lexicon("en").acts for w in e.verbs | e.nouns}
    lost = [
        (str(form), base)
        for kind in ("verb", "noun")
        for form, bases in table[kind].items()
        for base in bases
        if base in words and base != form and str(form) not in forms_of(base)
    ]
    assert lost == []


def test_every_example_of_the_lists_passes() -> None:
    from tests.claims.test_word_lists import EXAMPLES

    assert [words for _, _, words in EXAMPLES if not any(worth_parsing([words]))] == []


def test_a_word_that_needs_company_passes_only_with_it() -> None:
    assert worth_parsing(["The soldiers laid mines along the road.", "The bank lowered its rate by a quarter."]) == [
        True,
        False,
    ]


def test_who_speaks_just_before_an_act_passes_where_the_act_is_told_with_a_pronoun_or_in_quotes() -> None:
    said = "The mayor said so."
    assert worth_parsing([said, "Nothing else was known.", "He killed two men."]) == [False, False, True]
    assert worth_parsing([said, "He killed two men."]) == [True, True]
    assert worth_parsing([said, "“Soldiers killed two men.”"]) == [True, True]
    assert worth_parsing([said, "Soldiers killed two men."]) == [False, True]


def test_a_sentence_that_says_according_to_whom_passes_behind_an_act() -> None:
    told = ["Soldiers killed two men.", "This is according to a nurse.", "This is according to a clerk."]
    assert worth_parsing(told) == [True, True, False]

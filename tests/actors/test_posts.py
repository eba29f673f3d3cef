"""Posts are read as what they are, in three languages; deputies and senior ones head nothing."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from probanda.actors.posts import heads, post

DATA = yaml.safe_load(files("probanda.actors").joinpath("data/posts.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "wanted"), [pair for one in DATA["heads"].values() for pair in one["example"].items()]
)
def test_every_example_of_the_list_is_read_as_its_post(words: str, wanted: str) -> None:
    assert post(words) == wanted
    assert heads(words)


def test_every_post_has_an_example() -> None:
    assert all(name in one["example"].values() for name, one in DATA["heads"].items())


@pytest.mark.parametrize(
    "role", ["deputy commander", "former governor", "senior commander", "spokesman", "member", "نائب قائد"]
)
def test_who_only_stands_beside_a_post_heads_nothing(role: str) -> None:
    assert not heads(role)


def test_a_word_that_only_contains_the_name_of_a_post_is_none() -> None:
    assert not heads("leadership adviser")
    assert not heads("misled")

"""Which spellings of one part meet, and which stay two names."""

from __future__ import annotations

import itertools

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from probanda.names.given import read_lists
from probanda.names.letters import plain
from probanda.names.parts import given_names, take_apart
from probanda.names.sounds import MEETS, closeness, sounds


def close(a: str, b: str, *, arabic: bool = True) -> float:
    return closeness(sounds(plain(a)), sounds(plain(b)), arabic)


@pytest.mark.parametrize(
    "spellings",
    [
        "Qarmouni Garmuni Karmouny قرموني",
        "Zubaydi Zoubeidi Zobaidi زبيدي",
        "Shaghour Chaghour شاغور",
        "Dhahabi Dahabi Zahabi ذهبي",
        "Khoudari Khudary خضري",
        "Thaqafi Taqafi ثقفي",
        "Thaqafi Saqafi",
        "Waddani Ouaddani وداني",
        "Tarhouni Tarhuni Terhouni ترهوني",
        "Shevchuk Chevtchouk Schewtschuk Шевчук",
        "Marešić Maresic Mareshich Марешић",
        "Kovalyov Kovalyoff Kowaljow",
    ],
)
def test_habits_of_writing_one_sound_meet(spellings: str) -> None:
    for a, b in itertools.combinations(spellings.split(), 2):
        assert close(a, b) >= MEETS, (a, b, close(a, b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Naftar", "Nafzan"),
        ("Sarafi", "Sharabi"),
        ("Qarmouni", "Qarmanda"),
        ("Badri", "بدرة"),
        ("Lin", "Lan"),
        ("Mamdouh", "Mahmoud"),
    ],
)
def test_other_names_do_not_meet(a: str, b: str) -> None:
    assert close(a, b) < MEETS, close(a, b)


def test_sounds_of_arabic_speech_meet_in_names_of_its_sphere_only() -> None:
    assert close("Qamis", "Gamis", arabic=True) >= MEETS > close("Qamis", "Gamis", arabic=False)
    assert close("Chaker", "Shaker", arabic=True) >= MEETS > close("Chen", "Shen", arabic=False)


def test_every_form_of_a_given_name_is_known_and_of_its_line() -> None:
    known = given_names()
    for section, lines in read_lists().items():
        for line in lines:
            if section == "common_families":
                continue
            parts = [take_apart(form).parts for form in line]
            assert all(len(p) == 1 for p in parts), line
            shared = frozenset.intersection(*(known.names_of(p[0].sounds) for p in parts))
            assert shared, line


def test_the_table_of_sounds_names_units_that_there_are() -> None:
    from importlib.resources import files

    data = yaml.safe_load(files("probanda.names").joinpath("data/sounds.yaml").read_text("utf-8"))
    seen: set[tuple[str, str]] = set()
    for section, costs in data.items():
        for cost, pairs in costs.items():
            assert 0 <= cost < 1
            for pair in pairs:
                assert len(pair) == 2, pair
                assert (section, "".join(sorted(pair))) not in seen, pair
                seen.add((section, "".join(sorted(pair))))


@given(st.text(max_size=15), st.text(max_size=15))
def test_closeness_is_symmetric_and_within_bounds(a: str, b: str) -> None:
    x, y = sounds(plain(a)), sounds(plain(b))
    assert abs(closeness(x, y, True) - closeness(y, x, True)) < 1e-9
    assert 0 <= closeness(x, y, True) <= 1

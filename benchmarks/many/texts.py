"""Many short reports about an invented country, made by a seeded script: the same number gives the same bytes.

    python benchmarks/many/texts.py 2000 OUT

Each has a headline, a dateline and paragraphs with claims, denials, quantities and quoted speech, in all about 1.5 KB,
in words drawn anew each time, so that no two texts are alike. Country, towns and people are invented.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

BYTES = 1_500
TOWNS = ("Delma", "Rasmina", "Tal Qasir", "Ain Harun", "Wadi Sorra", "Bir Nasim", "Karamet", "Dar Umara", "Sidi Marwan")
UNITS = ("the 4th Border Battalion", "the Coast Guard Brigade", "the Eastern Front", "the Harbour Police",
         "the Shammaq Battalion", "the People's Defence Committee", "the 11th Armoured Brigade")  # fmt: skip
FIRST = ("Idris", "Samira", "Yusuf", "Laila", "Hamdan", "Nour", "Farid", "Maryam", "Tarek", "Salwa")
LAST = ("al-Shammaq", "Bel Hadi", "Qurayn", "al-Dawri", "Mansuri", "Ben Zayd", "Tamimi", "al-Nasr", "Warfeli")
SPEAKERS = (
    "residents of {town}", "two doctors at the hospital of {town}", "Dignity Watch", "a spokesman for {unit}",
    "{person}, a teacher,", "the mayor of {town}", "relatives of the dead", "the mission of inquiry",
)  # fmt: skip
VERBS = ("said", "told reporters", "stated", "wrote in a letter")
PEOPLE = ("farmers", "civilians", "fishermen", "students", "displaced people", "prisoners", "shopkeepers")
ACTS = (
    "{unit} killed {n} {people} near {place}",
    "fighters of {unit} shelled the market of {town}, wounding at least {n} {people}",
    "men in uniform took {n} {people} from {place} and held them without charge",
    "{unit} burned {n} houses in {town}",
    "soldiers shot {person} dead at a checkpoint outside {town}",
    "guards beat {n} {people} with cables in the prison of {town}",
    "{unit} had laid mines along the road to {town}",
    "armed men abducted {person} in {town}",
    "the body of {person} was found beside {place}",
    "{unit} kept food convoys from entering {town} for {n} days",
)
PLACES = ("the mill", "the harbour", "the old school", "the northern bridge", "the grain store", "the bus station")
REPLIES = (
    "{unit} denied that its men had been in {town}.",
    "A spokesman for {unit} denied the accusation and called it an invention.",
    "“Nobody from our side fired on {people},” {person} told a radio station.",
    "General {person} said that he had ordered an inquiry.",
    "The court of {town} issued a warrant for {person} on {day}.",
    "“They came at dawn and took the men,” said {person}, whose brother is missing.",
    "Neither side would say who had given the order.",
    "Shops in {town} opened again on {day}, and the ferry ran as usual.",
    "More than {n} families have left {town} since then, according to {person}.",
)
MONTHS = ("March", "April", "May", "June", "July")


def report(number: int) -> str:
    """One report; the same number gives the same words."""
    dice = random.Random(f"many {number}")  # noqa: S311 - texts, no secrets
    town, day = dice.choice(TOWNS), f"{dice.randint(1, 28)} {dice.choice(MONTHS)} 2031"
    lines = [f"{town}: {_filled(dice, 'what is known of the events at {place}', town, day)}", f"{day}", ""]
    size = sum(len(line.encode()) + 1 for line in lines)
    while size < BYTES:
        speaker = _filled(dice, dice.choice(SPEAKERS), town, day)
        act = _filled(dice, dice.choice(ACTS), town, day)
        when = dice.choice(("", f" on {day}", f" in the night of {day}", " the day before"))
        first = f"{speaker[0].upper()}{speaker[1:]} {dice.choice(VERBS)} that {act}{when}."
        paragraph = " ".join(
            [first, *(_filled(dice, dice.choice(REPLIES), town, day) for _ in range(dice.randint(1, 2)))]
        )
        lines += [paragraph, ""]
        size += len(paragraph.encode()) + 2
    return "\n".join(lines)


def _filled(dice: random.Random, pattern: str, town: str, day: str) -> str:
    return pattern.format(
        town=dice.choice((town, dice.choice(TOWNS))), unit=dice.choice(UNITS), place=dice.choice(PLACES), day=day,
        person=f"{dice.choice(FIRST)} {dice.choice(LAST)}", people=dice.choice(PEOPLE), n=dice.randint(2, 90),
    )  # fmt: skip


def write(count: int, folder: Path, first: int = 0) -> list[Path]:
    """So many reports as files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"report-{number:05}.txt" for number in range(first, first + count)]
    for number, path in enumerate(paths, first):
        path.write_text(report(number), "utf-8")
    return paths


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))

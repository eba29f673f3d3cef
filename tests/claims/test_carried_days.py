"""When a day is carried to what an account goes on to tell, and when it is not."""

from __future__ import annotations

from collections.abc import Callable

from probanda.claims.model import Claim, Reading

Read = Callable[..., Reading]


def told(reading: Reading, act: str) -> Claim:
    return next(c for c in reading.claims if c.family.value == "act" and act in c.act)


def test_a_paragraph_of_one_day_goes_on_on_that_day_and_says_so(read: Read) -> None:
    claim = told(read("On 3 May 2031 soldiers stormed Orla. Nine farmers were shot in the square."), "shot")
    assert claim.date_from == "2031-05-03"
    assert "the account goes on" in claim.why


def test_a_text_of_several_days_leaves_a_sentence_without_one_open(read: Read) -> None:
    words = "On 3 May 2031 soldiers stormed Orla. On 7 May 2031 they burned Sella. Nine farmers were shot."
    assert told(read(words), "shot").date_from is None


def test_what_goes_on_to_this_day_has_no_day_of_the_past(read: Read) -> None:
    words = "On 3 May 2031 soldiers stormed Orla. Forty men have been tortured in the barracks."
    assert told(read(words), "tortured").date_from is None


def test_the_day_may_be_given_after_what_was_told(read: Read) -> None:
    claim = told(read("Gunmen killed nine farmers in Orla. The attack took place on 3 May 2031."), "killed")
    assert claim.date_from == "2031-05-03"
    assert "afterwards" in claim.why


def test_the_day_of_another_act_is_not_that_of_the_one_told(read: Read) -> None:
    words = "The soldiers executed nine men who had been captured on 3 May 2031."
    assert told(read(words), "executed").date_from is None

"""What leads to a person without a name is marked, and dates, years and counts are left alone."""

from __future__ import annotations

import pytest

from probanda.access.masking import Masker

MASKER = Masker(b"the key of one case, 32 bytes ok")

MARKED = [
    ("call +44 7700 900123 now", "call [phone] now"),
    ("(+218) 91-234-5678", "[phone]"),
    ("00218 91 234 5678", "[phone]"),
    ("at 091-234-5678.", "at [phone]."),
    ("06 12 34 56 78", "[phone]"),
    ("06.12.34.56.78", "[phone]"),
    ("0 9 1 2 3 4 5 6 7 8", "[phone]"),
    ("2345-6789", "[phone]"),
    ("tel. 98 123 456", "tel. [phone]"),
    ("WhatsApp: 912345", "WhatsApp: [phone]"),
    ("هاتف ٠٩١٢٣٤٥٦٧٨", "هاتف [phone]"),
    ("+44 77\u200b00 900\u200b123", "[phone]"),
    ("+44\u00a07700\u00a0900123", "[phone]"),
    ("write to osk.ferrin+x@mail.example.org.", "write to [e-mail]."),
    ("osk (at) example (dot) org", "[e-mail]"),
    ("osk@\u200bexample.org", "[e-mail]"),
    ("see https://www.facebook.com/osk.ferrin.9, he said", "see [profile], he said"),
    ("t.me/osk_f and x.com/osk_f", "[profile] and [profile]"),
    ("his handle @osk_f", "his handle [profile]"),
    ("at 12 Palm Tree Street, Karsk", "at [address], Karsk"),
    ("14B Old Mill Rd", "[address]"),
    ("Palm Street, house 12", "[address]"),
    ("au 14 bis, rue des Oliviers", "au [address]"),
    ("3 avenue Karsk", "[address]"),
    ("في منزل رقم 12، شارع الزيتون", "في [address]"),
    ("١٢ شارع الزيتون", "[address]"),
    ("passport AB1234567", "passport [number]"),
    ("passport no. 12345", "passport no. [number]"),
    ("ID 119850712345", "ID [number]"),
    ("his number 119850712345", "his number [number]"),
    ("رقم الهوية: ١٢٣٤٥٦", "رقم الهوية: [number]"),
]


@pytest.mark.parametrize(("words", "masked"), MARKED)
def test_what_leads_to_a_person_is_marked(words, masked):
    assert MASKER.mask(words) == masked


LEFT = [
    "on 3 May 2031 at 10:22, or 2031-05-03T10:22:05.120Z",
    "3.5.2031, 03/05/2031 and 2031/05/03",
    "from 2011 to 2014, 2011-2014, 2011-14, in 2011, 2012 and 2013",
    "2011 2012 2013",
    "7.62x39, $1,250,000.00, 13.1913 E, 1,200 m",
    "at least 1,200 dead, 12,500,000 people, 1 200 000 of them, 1.200.000 euros",
    "about 1500000 people and 300000 more; 42 wounded; 120 to 150 killed",
    "32.887212, 13.191338",
    "item LBY-0001.0007, article 8(2)(e)(x), offsets 1204 to 1391",
    "the 32nd Brigade, Battalion 604 and a 106 mm gun",
    "on 12 May Martyrs Square was full",
    "in 2031 Liberty Square was closed",
    "on Liberty Street 12 people fell",
    "https://news.example.org/2031/05/03/report-12345678.html",
    "speakers @doc and @doc",
    "digest 0123456789abcdef0123456789abcdef",
    "قتل ١٢ شخصا في ٣ مايو ٢٠٣١",
]


@pytest.mark.parametrize("words", LEFT)
def test_dates_years_counts_and_citations_are_left(words):
    assert MASKER.mask(words) == words


def test_a_name_inside_an_address_leaves_with_it_and_one_across_its_end_is_not_left_in_half():
    masker = Masker(b"the key of one case, 32 bytes ok", [("Ferrin Street Karsk", "unit"), ("Osk Ferrin", "person")])
    masked = masker.mask("at 12 Ferrin Street Karsk, and osk.ferrin@example.org")
    assert "erri" not in masked
    assert "Karsk" not in masked

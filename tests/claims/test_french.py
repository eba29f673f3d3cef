"""What the French reader makes of sentences about the invented country Belzan: each beside its claim."""

from __future__ import annotations

from itertools import pairwise

import pytest

from probanda.claims.readers.window_counts import counts_in
from probanda.claims.readers.window_dates import dates_in
from probanda.kernel.vocabulary import MentionKind, Modality, Polarity
from tests.claims.without_parser import names, only_in, reading_in

_read, _only, _names = reading_in("fr"), only_in("fr"), names


ROLES = [
    ("Des miliciens ont abattu neuf vignerons à Lanvec.", ["miliciens"], ["neuf vignerons"], ["Lanvec"]),
    ("Neuf vignerons ont été abattus par des miliciens à Lanvec.", ["miliciens"], ["Neuf vignerons"], ["Lanvec"]),
    (
        "L'assassinat du juge Pavel Idris par des inconnus a eu lieu à Mirol.",
        ["inconnus"],
        ["juge Pavel Idris"],
        ["Mirol"],
    ),
    ("Trois étudiants sont morts aux mains de la police près de Mirol.", ["police"], ["Trois étudiants"], ["Mirol"]),
    ("La milice, qui tenait le pont, a enlevé deux infirmières.", ["milice"], ["deux infirmières"], []),
    ("L'armée a mené une attaque contre le village de Tresk.", ["armée"], [], ["Tresk"]),
    ("Les captifs ont subi des tortures dans la prison de Mirol.", [], ["captifs"], ["Mirol"]),
]


@pytest.mark.parametrize(("words", "actors", "victims", "places"), ROLES, ids=[r[0][:40] for r in ROLES])
def test_position_and_preposition_say_who_did_it_to_whom(
    words: str, actors: list[str], victims: list[str], places: list[str]
) -> None:
    claim = _only(words)
    assert _names(claim.actors) == actors
    assert _names(claim.victims) == victims
    assert [p for p in _names(claim.places) if p in places] == places


MODALITIES = [
    ("Des soldats ont tué neuf paysans à Lanvec.", Modality.REPORTED, None),
    ("Selon des témoins, des soldats ont tué neuf paysans.", Modality.ALLEGED, "témoins"),
    ("Selon des témoins, neuf paysans ont été tués.", Modality.REPORTED, "témoins"),
    ("Des soldats auraient tué neuf paysans à Lanvec.", Modality.ALLEGED, None),
    ("La Ligue accuse la brigade d'avoir tué neuf paysans.", Modality.ALLEGED, "Ligue"),
    ("La mission a confirmé que neuf paysans avaient été tués.", Modality.CONFIRMED, "mission"),
    ("La brigade a reconnu avoir tué neuf paysans.", Modality.ADMITTED, "brigade"),
    ("La brigade a démenti avoir tué neuf paysans.", Modality.DENIED, "brigade"),
    ("Les soldats n'ont tué aucun paysan à Lanvec.", Modality.DENIED, None),
    ("Le colonel a ordonné à ses hommes de tuer les captifs.", Modality.ORDERED, "colonel"),
    ("Le chef a menacé de tuer les otages.", Modality.THREATENED, "chef"),
    ("« Neuf paysans ont été tués », a déclaré le maire de Lanvec.", Modality.REPORTED, "maire de Lanvec"),
]


@pytest.mark.parametrize(("words", "modality", "speaker"), MODALITIES, ids=[m[0][:40] for m in MODALITIES])
def test_the_words_around_say_how_the_speaker_stands_behind_it(
    words: str, modality: Modality, speaker: str | None
) -> None:
    claim = _only(words)
    assert claim.modality is modality, claim.why
    assert claim.speakers[0].words == "@doc"
    assert _names(claim.speakers)[1:] == ([speaker] if speaker else [])
    assert (claim.polarity is Polarity.NEGATIVE) == (modality is Modality.DENIED)


NO_CLAIMS = [
    "Si des soldats tuent des paysans, la cour enquêtera.",
    "Qui a tué les neuf paysans de Lanvec ?",
    "Le meurtre de civils constitue un crime de guerre.",
    "Les soldats vont tuer des paysans, craint le maire.",
    "Le réalisateur montre des soldats qui massacrent des paysans.",
    "La mairie a inauguré la bibliothèque de Mirol.",
    "Il faut lutter contre la torture.",
    "Une tempête a fait neuf morts à Mirol.",
    "Les pompiers ont maîtrisé l'incendie qui a détruit une grange près de Mirol. Aucun blessé n'est à déplorer.",
    "L'opposition a dénoncé un budget d'austérité et quitté l'hémicycle.",
    "Un accident de la route a fait trois morts dimanche. La police a ouvert une enquête.",
    "La grippe a tué moins de personnes cet hiver, se réjouit le ministère.",
    "L'armée a organisé une journée portes ouvertes. Les enfants ont rencontré des soldats.",
    "La ministre a enlevé sa veste et pris la parole.",
    "Les agriculteurs ont bloqué les routes d'accès à la capitale contre la hausse des taxes.",
    "Un ours a tué douze brebis dans la vallée. Le préfet a autorisé des tirs de défense.",
]


@pytest.mark.parametrize("words", NO_CLAIMS)
def test_law_questions_conditions_plans_and_fiction_are_no_claims(words: str) -> None:
    assert _read(words).claims == ()


def test_one_sentence_with_several_acts_gives_several_claims() -> None:
    words = "Des rebelles ont attaqué le village de Tresk, incendié vingt maisons et enlevé deux infirmières."
    claims = _read(words).claims
    assert [c.act_type.value for c in claims] == ["attack-on-civilians", "looting-property", "abduction"]
    assert all(_names(c.actors) == ["rebelles"] for c in claims)
    assert all(a.start <= b.start for a, b in pairwise(claims))


def test_a_denial_without_an_act_is_of_the_act_told_before() -> None:
    words = "La Ligue accuse la brigade d'avoir tué neuf paysans.\n\nLa brigade a démenti ces accusations."
    last = _read(words).claims[-1]
    assert last.modality is Modality.DENIED
    assert last.act_type.value == "killing"
    assert last.quote == "La brigade a démenti ces accusations"


def test_a_quote_over_several_sentences_keeps_its_speaker() -> None:
    words = (
        "« Les avions sont venus. Ils ont largué deux bombes sur le marché. Nous avons couru », a raconté Mila Orsan."
    )
    claim = _only(words)
    assert _names(claim.speakers) == ["@doc", "Mila Orsan"]


def test_two_speakers_stand_in_a_chain() -> None:
    claim = _only("Selon La Lanterne, le maire de Mirol a déclaré que neuf paysans avaient été tués.")
    assert _names(claim.speakers) == ["@doc", "La Lanterne", "maire de Mirol"] or _names(claim.speakers)[1:] == [
        "Lanterne",
        "maire de Mirol",
    ]


DATES = [
    ("le 3 mai 2031", "2031-05-03", "2031-05-03"),
    ("du 3 au 5 mai 2031", "2031-05-03", "2031-05-05"),
    ("dimanche", "2031-05-11", "2031-05-11"),
    ("le 1er mars", "2031-03-01", "2031-03-01"),
    ("en décembre", "2030-12-01", "2030-12-31"),
    ("la semaine dernière", "2031-05-05", "2031-05-11"),
    ("début 2030", "2030-01-01", "2030-04-30"),
    ("en août 2029", "2029-08-01", "2029-08-31"),
    ("hier", "2031-05-11", "2031-05-11"),
]


@pytest.mark.parametrize(("words", "first", "last"), DATES)
def test_a_date_is_settled_against_the_text_s_own(words: str, first: str | None, last: str | None) -> None:
    found = dates_in(f"neuf paysans ont été tués {words}.", "fr", "2031-05-12", None, None)
    assert [(d.first, d.last) for d in found] == ([(first, last)] if first else [])


def test_without_a_date_of_its_own_a_relative_date_stays_open() -> None:
    claim = _only("Des soldats ont tué neuf paysans dimanche à Lanvec.")
    assert (claim.date_text, claim.date_from, claim.date_to) == ("dimanche", None, None)


COUNTS = [
    ("neuf", 9, 9, 9),
    ("au moins 44", 44, 44, None),
    ("plus de 400", 400, 401, None),
    ("environ trois cents", 300, None, None),
    ("quatre-vingt-dix-sept", 97, 97, 97),
    ("deux mille cinq cents", 2500, 2500, 2500),
    ("9 000", 9000, 9000, 9000),
    ("trente et un", 31, 31, 31),
    ("des dizaines", None, 20, None),
]


@pytest.mark.parametrize(("words", "value", "low", "high"), COUNTS)
def test_numbers_in_words_and_figures_keep_their_bounds(
    words: str, value: int | None, low: int | None, high: int | None
) -> None:
    found = [q for _, q in counts_in(f"ont tué {words} habitants", "fr")]
    assert [(q.value, q.min, q.max) for q in found] == [(value, low, high)]


def test_names_are_mentioned_with_title_and_kind() -> None:
    mentions = _read("Le colonel Rik Dorval a été arrêté par la 3e brigade à Mirol.").mentions
    by = {m.words: m for m in mentions}
    assert by["Rik Dorval"].kind is MentionKind.PERSON
    assert by["Rik Dorval"].title == "colonel"
    assert by["Mirol"].kind is MentionKind.PLACE


def test_a_part_of_a_large_text_gives_offsets_of_the_whole() -> None:
    words = "Le 3 mai 2031, des soldats ont tué neuf paysans à Lanvec."
    claim = _read(words, base=1000).claims[0]
    assert words[claim.start - 1000 : claim.end - 1000] == claim.quote
    assert words[claim.act_start - 1000 : claim.act_end - 1000] == claim.act


def test_letters_and_accents_written_apart_change_no_offset() -> None:
    words = "Neuf paysans ont e\u0301te\u0301 tue\u0301s par des miliciens a\u0300 Lanvec."
    claim = _only(words)
    assert claim.quote == words[claim.start : claim.end]
    assert claim.act == "tue\u0301s"
    assert _names(claim.victims) == ["Neuf paysans"]


def test_the_same_text_is_read_alike_each_time() -> None:
    words = "Selon la Ligue, des soldats ont tué neuf paysans à Lanvec. La brigade a nié les faits."
    assert _read(words) == _read(words)


def test_why_names_the_words_that_decided() -> None:
    claim = _only("La Ligue accuse la brigade d'avoir tué neuf paysans à Lanvec.")
    for words in ("tué", "accuse", "alleged"):
        assert words in claim.why


def test_a_claim_without_a_place_takes_that_of_its_account() -> None:
    words = (
        "Le 3 mai 2031, des soldats ont attaqué le marché de Lanvec, dans la province de Vell.\n\n"
        "Ils ont tué neuf vignerons. Les boutiques ont été pillées par des miliciens.\n\n"
        "Le conseil demande une enquête."
    )
    claims = _read(words).claims
    by = {c.act_type.value: c for c in claims}
    assert {"Lanvec", "Vell"} <= {w for n in _names(by["attack-on-civilians"].places) for w in n.split()}
    assert "Lanvec" in _names(by["killing"].places)
    assert "Lanvec" in _names(by["looting-property"].places)
    assert _names(by["procedural"].places) == []


def test_the_day_told_holds_on_within_the_paragraph_but_not_for_denials() -> None:
    words = (
        "Le 3 mai 2031, des soldats ont attaqué Lanvec. Neuf vignerons ont été tués. L'armée a nié ces faits.\n\n"
        "Deux infirmières ont été enlevées à Mirol."
    )
    dates = [(c.act_type.value, c.modality.value, c.date_from) for c in _read(words).claims]
    assert ("killing", "reported", "2031-05-03") in dates
    assert all(day is None for kind, modality, day in dates if modality == "denied" or kind == "abduction")


ISSUED = [
    (
        "Ligue des veuves de Lanvec\nDéclaration du 8 mars 2031\n\n"
        "Notre ligue a compté les morts. Des soldats ont tué neuf vignerons à Lanvec.",
        "Ligue des veuves de Lanvec",
    ),
    (
        "TRIBUNAL CRIMINEL DE MIROL\nJugement du 3 mai 2031\n\nDes soldats ont tué neuf vignerons à Lanvec.",
        "TRIBUNAL CRIMINEL DE MIROL",
    ),
    (
        "Déposition de Mila Orsan, 40 ans\n\nJ'étais à Lanvec. Des soldats ont tué mon frère près du puits.",
        "Mila Orsan",
    ),
    (
        "Réquisitoire définitif\nLe procureur près le tribunal de Mirol\n\n"
        "Des soldats ont tué neuf vignerons à Lanvec.",
        "procureur",
    ),
    ("Un rapport sur le vin de Lanvec a paru. Des soldats ont tué neuf vignerons à Lanvec.", None),
]


@pytest.mark.parametrize(("words", "issuer"), ISSUED, ids=[str(i[1])[:20] for i in ISSUED])
def test_whoever_issues_a_text_speaks_where_nobody_else_does(words: str, issuer: str | None) -> None:
    last = _read(words).claims[-1]
    assert _names(last.speakers) == (["@doc", issuer] if issuer else ["@doc"])


def test_a_list_of_demands_gives_a_claim_for_each_point() -> None:
    words = (
        "Ligue des veuves de Lanvec\nDéclaration du 8 mars 2031\n\n"
        "Nous dénonçons le meurtre de neuf vignerons.\n\n"
        "Nous exigeons :\n- la fin des rondes de nuit ;\n- l'ouverture d'une enquête ;\n"
        "- des réparations pour les veuves."
    )
    asked = [c for c in _read(words).claims if c.modality is Modality.CALLED_FOR]
    assert len(asked) == 3
    assert all(c.act_type.value == "procedural" for c in asked)


def test_demands_in_a_text_without_wrongs_are_no_claims() -> None:
    assert _read("Le syndicat des vignerons exige la fin des taxes. Il réclame justice pour la vigne.").claims == ()


def test_an_infinitive_may_tell_what_was_done() -> None:
    words = "Des rebelles ont attaqué le village de Tresk, avant d'incendier l'école et d'enlever deux infirmières."
    claims = _read(words).claims
    assert [c.act_type.value for c in claims] == ["attack-on-civilians", "looting-property", "abduction"]
    assert _only("Le colonel a fait exécuter quatre captifs.").actors[0].words == "colonel"


def test_who_says_to_have_done_it_is_the_author() -> None:
    assert _names(_only("La brigade a avoué avoir tué neuf vignerons.").actors) == ["brigade"]
    assert _names(_only("Cinq femmes disent avoir été violées par des gardes.").actors) == ["gardes"]


def test_a_pronoun_takes_up_fighters_and_victims_told_before() -> None:
    words = "Les miliciens sont arrivés à Lanvec. Ils ont arrêté deux meuniers. Ils les ont torturés."
    last = _read(words).claims[-1]
    assert _names(last.actors) == ["miliciens"]
    assert _names(last.victims) == ["deux meuniers"]


def test_taken_away_and_not_seen_again_is_a_disappearance() -> None:
    claims = _read("Des soldats ont enlevé le meunier à Lanvec. Il n'est jamais revenu.").claims
    assert {c.act_type.value for c in claims} == {"enforced-disappearance"}


def test_a_future_that_hangs_on_a_condition_in_a_quote_is_a_threat() -> None:
    words = "Un sergent lui a lancé : « Si tu parles, nous viendrons chercher ton frère. »"
    assert _only(words).modality is Modality.THREATENED


def test_the_words_of_an_order_are_an_act_of_who_gives_it() -> None:
    claim = _only("« Tuez les prisonniers », a crié le capitaine Rik Dorval.")
    assert claim.modality is Modality.ORDERED
    assert claim.actors[0].words.endswith("Rik Dorval")


def test_what_could_not_be_found_out_is_no_claim() -> None:
    assert _read("La mission n'a pas été en mesure de déterminer qui avait incendié la grange de Tresk.").claims == ()


def test_a_heading_that_states_an_act_is_a_claim_and_one_that_names_its_subject_is_not() -> None:
    told = _read("Neuf vignerons tués à Lanvec\n\nLe maire se tait.", headings=1).claims
    assert [c.act_type.value for c in told] == ["killing"]
    assert _read("Rapport de la commission d'enquête\n\nLe maire se tait.", headings=1).claims == ()


def test_a_part_in_an_act_is_of_its_type() -> None:
    words = "La milice a attaqué le village de Tresk. Rik Dorval a fourni les armes aux miliciens."
    assert {c.act_type.value for c in _read(words).claims} == {"attack-on-civilians"}
    assert _read("Rik Dorval a fourni les armes aux figurants du défilé.").claims == ()


def test_an_acquittal_denies_the_act() -> None:
    claim = _read("La cour a acquitté le sergent Rik Dorval du meurtre de deux infirmières.").claims[-1]
    assert claim.modality is Modality.ADJUDICATED
    assert claim.polarity is Polarity.NEGATIVE


def test_a_text_in_capitals_without_accents_is_read_as_one_with_them() -> None:
    words = (
        "MIROL, 3 MAI 2031 -- LE GOUVERNEUR A DEMENTI QUE DES MILICIENS AIENT TUE NEUF VIGNERONS. "
        "DEUX INFIRMIERES ONT ETE ENLEVEES PAR DES REBELLES."
    )
    claims = _read(words).claims
    assert [(c.act_type.value, c.modality.value) for c in claims] == [("killing", "denied"), ("abduction", "reported")]
    assert _names(claims[1].victims) == ["DEUX INFIRMIERES"]


def _places_of(words: str) -> dict[str, list[str]]:
    return {c.act_type.value: _names(c.places) for c in _read(words).claims}


def test_the_seat_of_an_office_is_no_place_of_the_act() -> None:
    found = _places_of(
        "Le tribunal de grande instance de Mérol a entendu un témoin. Les miliciens ont tué neuf paysans."
    )
    assert "Mérol" not in found["killing"]


def test_the_account_goes_on_at_the_place_that_the_text_names_most_often() -> None:
    found = _read(
        "À Trescou, la nuit est tombée.\n\nLe 3 mai 2027, l'armée a bombardé le quartier de Sorel, à Trescou. "
        "Neuf élèves ont été tués."
    ).claims
    assert _names(found[-1].places) == ["Trescou"]


def test_the_town_without_its_name_is_no_place_of_its_own_and_a_threat_has_none() -> None:
    town = _places_of("À Lanvec, des miliciens ont pillé le marché. Ils ont tué neuf paysans dans la ville.")
    assert town["killing"] == ["Lanvec"]
    threat = _read("À Lanvec, des miliciens ont tué neuf paysans. Leur chef a menacé de tuer les autres.")
    assert all(not c.places for c in threat.claims if c.modality is Modality.THREATENED)
    assert any(c.modality is Modality.THREATENED for c in threat.claims)


def test_both_ends_of_between_are_places_and_a_minibus_is_none() -> None:
    found = _places_of("Des inconnus ont tiré sur un minibus entre Lanvec et Port-Vau.")
    assert next(iter(found.values())) == ["Lanvec", "Port-Vau"]

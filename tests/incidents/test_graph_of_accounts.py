"""What comes from what: each edge has a reason, no edge closes a circle, and origins are where it ends."""

from __future__ import annotations

from itertools import permutations

from tests.incidents.factory import a_claim, a_doc, gathered, incident_with

from probanda.actors.model import IdentityDecision
from probanda.claims.model import Cited
from probanda.incidents.corroboration import NOT_EXCLUDED
from probanda.incidents.kinship import Kinship, KinshipKind, Shared
from probanda.incidents.model import Account, DerivationKind, Incident, SourceKind
from probanda.incidents.origins import Tracing, weigh
from probanda.kernel.vocabulary import ActType, Modality

EVENT = {"at": ["Port Ansel"], "on": "2031-05-03"}


def told(claim: str, item: str, sentence: str, *speakers: str, quote: str = "the ferry was burned", **more):
    """A claim and the text it stands in: the sentence says around the quote who tells it."""
    claimed = a_claim(claim, item, speakers=speakers, quote=quote, act="burned", **(EVENT | more))
    return claimed, sentence.format(quote=quote)


def incident(*pairs, dated=None, publishers=None, **more) -> Incident:
    """The one incident of these claims in these texts."""
    docs = [
        a_doc(c.item, words, publisher=(publishers or {}).get(c.item), dated_from=(dated or {}).get(c.item))
        for c, words in pairs
    ]
    return incident_with(gathered(*(c for c, _ in pairs), docs=docs, **more), pairs[0][0].id)


def origins(found: Incident) -> list[Account]:
    return [a for a in found.accounts if a.counted]


def start(found: Incident, claim: str) -> Account:
    """Where the account that tells this claim starts."""
    by_id = {a.id: a for a in found.accounts}
    (leaf,) = (a for a in found.accounts if a.item is not None and claim in a.claims)
    return by_id[leaf.origin]


def test_a_chain_of_citations_three_deep_has_one_origin():
    found = incident(
        told("a", "t1", "Doctor Bel told Radio Ansel that {quote}.", "Doctor Bel"),
        told("b", "t2", "{quote}, Radio Ansel reported.", "Radio Ansel"),
        told("c", "t3", "According to the Ansel Post, {quote}.", "Ansel Post"),
        publishers={"t1": "Radio Ansel", "t2": "The Ansel Post", "t3": "A Blog"},
    )
    assert {start(found, c).teller for c in "abc"} == {"Doctor Bel"}
    assert (found.corroboration.origins, found.corroboration.untraced) == (1, 0)


def test_who_cites_a_body_goes_back_to_those_it_heard():
    found = incident(
        told("a", "t1", "Residents told Harbour Watch that {quote}.", "Harbour Watch", "residents"),
        told("b", "t2", "{quote}, according to Harbour Watch.", "Harbour Watch"),
    )
    assert start(found, "b").teller == "residents"
    assert [o.kind for o in origins(found)] == [SourceKind.EYEWITNESS]


def test_one_group_that_told_two_bodies_is_one_origin_where_the_text_says_so():
    first = told("a", "t1", "Residents told Harbour Watch that {quote}.", "Harbour Watch", "residents")
    second, words = told("b", "t2", "Residents told Reed Network that {quote}.", "Reed Network", "residents")
    silent = incident(first, (second, words))
    assert start(silent, "a").id != start(silent, "b").id
    assert (silent.corroboration.origins, silent.corroboration.untraced) == (1, 1)
    said = incident(first, (second, words + " The residents had also spoken to Harbour Watch."))
    assert start(said, "a").id == start(said, "b").id
    assert any(d.kind is DerivationKind.ALSO_TOLD and "also spoken" in d.words for d in said.derivations)


def test_residents_of_two_places_are_two_origins():
    found = incident(
        told("a", "t1", "Residents of the east bank said {quote}.", "residents of the east bank"),
        told("b", "t2", "Residents of the harbour said {quote}.", "residents of the harbour"),
    )
    assert (found.corroboration.origins, found.corroboration.untraced) == (2, 0)


def test_a_video_that_two_bodies_assessed_is_one_origin():
    found = incident(
        told(
            "a", "t1", "A video filmed by Otto Bray shows {quote}, the Meridian Institute said.", "Meridian Institute"
        ),
        told("b", "t2", "{quote}, the Tern Laboratory said of a video by Otto Bray.", "Tern Laboratory"),
    )
    (origin,) = origins(found)
    assert origin.kind is SourceKind.IMAGE and "Otto Bray" in origin.teller
    assert found.corroboration.untraced == 0


def test_words_that_a_person_says_in_a_video_are_that_persons():
    found = incident(
        told("a", "t1", "Otto Bray said in a video that {quote}.", "Otto Bray", cited=Cited("video", "video")),
    )
    assert start(found, "a").teller == "Otto Bray"


def test_a_text_that_names_its_tellers_has_its_own_words_from_them():
    lead = a_claim("a", "t1", quote="The ferry was burned on Friday", act="burned", start=0, **EVENT)
    below = a_claim("b", "t1", speakers=["Ines Mor"], quote="men burned the ferry", act="burned", start=60, **EVENT)
    words = "The ferry was burned on Friday.\nInes Mor said that men burned the ferry."
    found = incident_with(gathered(lead, below, docs=[a_doc("t1", words)]), "a")
    assert start(found, "a").teller == "Ines Mor"
    assert found.corroboration.untraced == 0


def test_reportedly_and_sources_start_with_nobody():
    found = incident(
        told("a", "t1", "Reportedly {quote}."),
        told("b", "t2", "Sources said that {quote}.", "Sources"),
        told("c", "t3", "It is said that {quote}."),
    )
    assert (found.corroboration.origins, found.corroboration.untraced) == (0, 3)
    assert all(not start(found, c).traced for c in "abc")


def test_an_agencys_own_reporter_who_saw_it_is_an_origin_whoever_prints_it():
    claim = a_claim("a", "t1", speakers=["An Estuary reporter"], quote="the ferry was burned", act="burned", **EVENT)
    printed = a_claim("b", "t2", quote="bandits set the ferry on fire", act="set", **EVENT)
    docs = [
        a_doc("t1", "An Estuary reporter at the scene saw that the ferry was burned.", publisher="Estuary News Agency"),
        a_doc(
            "t2", "Yesterday bandits set the ferry on fire.\nSource: Estuary News Agency", publisher="The Ansel Post"
        ),
    ]
    found = incident_with(gathered(claim, printed, docs=docs), "a")
    assert start(found, "b").id == start(found, "a").id
    assert [o.kind for o in origins(found)] == [SourceKind.EYEWITNESS]


def test_a_warrant_that_only_the_press_has_seen_is_one_origin_and_not_held():
    paper = {"act_type": ActType.PROCEDURAL, "act": "warrant", "quote": "issued a warrant for Major Hale"}
    result = gathered(
        a_claim("a", "t1", speakers=["Ansel Post"], of=["Major Hale"], **paper),
        a_claim("b", "t2", speakers=["Radio Ansel"], of=["Major Hale"], **paper),
    )
    (origin,) = origins(incident_with(result, "a"))
    assert (origin.kind, origin.item, origin.held) == (SourceKind.DOCUMENT, None, False)
    assert "cited, not held" in origin.says


def test_orders_threats_demands_and_denials_support_nothing():
    found = incident(
        told("a", "t1", "Ines Mor said {quote}.", "Ines Mor"),
        told("b", "t2", "Major Hale ordered that {quote}.", "Major Hale", modality=Modality.ORDERED),
        told("c", "t3", "Captain Roe denied that {quote}.", "Captain Roe", denied=True),
    )
    assert found.corroboration.origins == 1
    assert not start(found, "c").counted and not start(found, "c").supports


def test_the_words_of_those_who_are_accused_are_called_so():
    found = incident(
        told("a", "t1", "Ines Mor said the Reed Guard burned it: {quote}.", "Ines Mor", by=["Reed Guard"]),
        told("b", "t2", "The Reed Guard denied that {quote}.", "Reed Guard", denied=True, by=["Reed Guard"]),
    )
    assert start(found, "b").kind is SourceKind.PERPETRATOR


def test_a_body_that_passes_on_what_others_said_is_no_second_origin():
    found = incident(
        told("a", "t1", "Ines Mor, who saw it, said {quote}.", "Ines Mor"),
        told("b", "t2", "{quote}, the Inland Monitor reported.", "Inland Monitor"),
    )
    assert (found.corroboration.origins, found.corroboration.untraced) == (1, 1)
    assert "passes on" in start(found, "b").says


def test_a_text_has_nothing_from_a_younger_one():
    pairs = (
        told("a", "t1", "Ines Mor said {quote}.", "Ines Mor"),
        told("b", "t2", "Otto Bray said {quote}.", "Otto Bray"),
        told("c", "t3", "According to the Ansel Post, {quote}.", "Ansel Post"),
    )
    days = {"t1": "2031-05-04", "t2": "2031-05-09", "t3": "2031-05-06"}
    docs = [
        a_doc(c.item, w, dated_from=days[c.item], dated_to=days[c.item], publisher=p)
        for (c, w), p in zip(pairs, ("Ansel Post", "Ansel Post", "A Blog"), strict=True)
    ]
    found = incident_with(gathered(*(c for c, _ in pairs), docs=docs), "a")
    assert start(found, "c").teller == "Ines Mor"


def test_two_papers_that_cite_each_other_make_no_circle():
    found = incident(
        told("a", "t1", "{quote}, the Ansel Post reported.", "Ansel Post"),
        told("b", "t2", "{quote}, Radio Ansel reported.", "Radio Ansel"),
        publishers={"t1": "Radio Ansel", "t2": "Ansel Post"},
    )
    above = {d.account: d.source for d in found.derivations}
    for start_at in sorted(above):
        seen, at = {start_at}, above.get(start_at)
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = above.get(at)
    assert start(found, "a").id == start(found, "b").id


def test_persons_decide_what_is_one_origin_and_what_is_not():
    pairs = (
        told("a", "t1", "Residents told Harbour Watch that {quote}.", "Harbour Watch", "residents"),
        told("b", "t2", "Residents told Reed Network that {quote}.", "Reed Network", "residents"),
        told("c", "t3", "{quote}, according to Harbour Watch.", "Harbour Watch"),
    )
    same = incident(*pairs, decisions=[IdentityDecision("a", "b", "same", "origin")])
    assert start(same, "a").id == start(same, "b").id
    assert any(d.kind is DerivationKind.DECIDED for d in same.derivations)
    apart = incident(*pairs, decisions=[IdentityDecision("a", "c", "not the same", "origin")])
    assert start(apart, "a").id != start(apart, "c").id


def test_the_order_of_the_claims_changes_nothing():
    pairs = [
        told("a", "t1", "Residents told Harbour Watch that {quote}.", "Harbour Watch", "residents"),
        told("b", "t2", "{quote}, according to Harbour Watch.", "Harbour Watch"),
        told("c", "t3", "Ines Mor said that {quote}.", "Ines Mor"),
        told("d", "t4", "Sources said that {quote}.", "Sources"),
    ]
    docs = [a_doc(c.item, w) for c, w in pairs]
    first = gathered(*(c for c, _ in pairs), docs=docs)
    for order in permutations(range(4)):
        assert gathered(*(pairs[n][0] for n in order), docs=[docs[n] for n in reversed(order)]) == first


def test_nothing_but_a_persons_finding_says_independent():
    found = incident(*(told(c, c, "{quote}, " + c + " Bray said.", f"{c.upper()} Bray") for c in "abc"))
    assert NOT_EXCLUDED in found.corroboration.says
    assert "independent" not in repr(found).replace("incident", "")


def traced(result_docs, claims, kinships) -> dict[str, str]:
    """Claim -> where its account starts, given which texts share words."""
    from probanda.incidents.copies import copies
    from probanda.incidents.facts import Reader
    from probanda.incidents.world import world

    reader = Reader({}, {}, None)
    for item in sorted({c.item for c in claims}):
        reader.take(item, [c for c in claims if c.item == item])
    facts = {c.id: reader.facts(c, c.item) for c in claims}
    groups = dict.fromkeys((c.id for c in claims), min(c.id for c in claims))
    told = world(facts.values(), result_docs, copies(result_docs), reader, {}, kinships)
    tracing = Tracing({min(facts): weigh(list(facts.values()), told)}, groups)
    accounts, _, _ = tracing.accounts(groups[claims[0].id], claims)
    return {c: a.origin for a in accounts if a.item for c in a.claims}


def test_a_passage_that_two_texts_share_is_one_account():
    words = "Then the ferry was burned at night by men in boats."
    ours = "The mayor of the port opened a school on Monday and spoke of the price of salt, of nets and of new lamps. "
    theirs = (
        "Rain fell for nine days on the upper valley, where two bridges are closed and bread has become dear since. "
    )
    docs = [a_doc("t1", ours + words), a_doc("t2", theirs + words)]
    claims = [a_claim(c, t, quote="the ferry was burned", act="burned", **EVENT) for c, t in (("a", "t1"), ("b", "t2"))]
    span = Shared(len(ours), len(ours + words), len(theirs), len(theirs + words))
    kin = Kinship("t1", "t2", KinshipKind.PASSAGE, "A run of 13 words in both.", (span,))
    assert len(set(traced(docs, claims, ()).values())) == 2
    assert len(set(traced(docs, claims, (kin,)).values())) == 1


def test_the_same_teller_in_a_translation_is_one_account():
    docs = [
        a_doc("t1", "Residents said the ferry was burned."),
        a_doc("t2", "Des habitants ont dit que le bac a brûlé."),
    ]
    claims = [
        a_claim("a", "t1", speakers=["Residents"], quote="the ferry was burned", act="burned", **EVENT),
        a_claim("b", "t2", speakers=["habitants"], quote="le bac a brûlé", act="brûlé", **EVENT),
    ]
    kin = Kinship("t1", "t2", KinshipKind.TRANSLATION, "The same names and numbers in one order.")
    assert len(set(traced(docs, claims, (kin,)).values())) == 1

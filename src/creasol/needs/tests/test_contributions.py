"""What people said: noted with consent only, settled once, forgotten in time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.needs import actions
from creasol.needs.actions import ContributionDraft, NeedDraft
from creasol.needs.enums import CONTRIBUTION_TRANSITIONS, ContributionKind, ContributionState, NeedState
from creasol.needs.models import Contribution, Need
from creasol.needs.queries.contributions import (
    needs_to_support,
)
from creasol.network.tests.factories import make_organisation
from creasol.programmes.tests.factories import make_theme
from creasol.territories.tests.factories import make_territory

from .factories import AT, make_contribution, make_need

pytestmark = pytest.mark.django_db
LATER = datetime(2011, 12, 12, 9, 0, tzinfo=UTC)
SECRET = {"name": "Yasmina Benali", "email": "yasmina@exemple.fr", "phone": "06 01 02 03 04"}


def draft(**over):
    territory = over.pop("territory", None) or make_territory()
    fields = {"territory": territory, "kind": ContributionKind.NEED, "words": "Rien pour se garder le soir"}
    return ContributionDraft(**fields | over)


def note(**over):
    return actions.note_contribution(draft(**over), by=None, at=AT)


def verbs(subject):
    kind = subject._meta.label_lower
    entries = Entry.objects.filter(subject_type=kind, subject_id=str(subject.pk)).order_by("id")
    return list(entries.values_list("verb", flat=True))


def refusal(action, *args, **kwargs):
    with pytest.raises(ValidationError) as refused:
        action(*args, **kwargs)
    return refused.value.messages


# Noted, with consent only


def test_what_is_said_is_noted_with_its_author():
    amap, user = make_organisation(name="AMAP"), make_user()
    consents = {"may_be_shown": True, "name_may_be_shown": True, "may_be_contacted": True}
    said = actions.note_contribution(draft(organisation=amap, **SECRET, **consents), by=user, at=AT)
    said.refresh_from_db()
    assert (said.words, said.name, said.email, said.phone, said.organisation) == (
        "Rien pour se garder le soir",
        "Yasmina Benali",
        "yasmina@exemple.fr",
        "06 01 02 03 04",
        amap,
    )
    assert (said.state, said.noted_at, said.noted_by, said.consented_at) == ("noted", AT, user, AT)
    assert verbs(said) == ["note"]


@pytest.mark.parametrize(
    ("consents", "kept"),
    [
        ({}, ("", "", "")),
        ({"may_be_shown": True}, ("", "", "")),
        ({"name_may_be_shown": True}, ("Yasmina Benali", "", "")),
        ({"may_be_contacted": True}, ("Yasmina Benali", "yasmina@exemple.fr", "06 01 02 03 04")),
    ],
)
def test_no_more_is_kept_than_what_the_author_agrees_to(consents, kept):
    said = note(**SECRET, **consents)
    said.refresh_from_db()
    assert (said.name, said.email, said.phone) == kept
    assert said.consented_at == (AT if consents else None)


def test_who_is_to_be_called_back_says_how_and_agrees():
    contact = draft(kind=ContributionKind.CONTACT, email="yasmina@exemple.fr")
    assert refusal(actions.note_contribution, contact, by=None, at=AT) == [
        "Personne n’est rappelé sans l’avoir accepté."
    ]
    unreachable = draft(kind=ContributionKind.CONTACT, may_be_contacted=True)
    assert refusal(actions.note_contribution, unreachable, by=None, at=AT) == [
        "Laissez une adresse électronique ou un numéro de téléphone."
    ]
    assert note(kind=ContributionKind.CONTACT, phone="06 01 02 03 04", may_be_contacted=True).pk


@pytest.mark.parametrize("words", ["", " \n ", "x" * 2001, "x" * 1_000_000])
def test_no_words_and_too_many_are_refused(words):
    assert len(refusal(actions.note_contribution, draft(words=words), by=None, at=AT)) == 1
    assert not Contribution.objects.exists()


def test_the_edition_is_on_the_territory_and_the_theme_of_the_edition():
    theme = make_theme()
    assert refusal(note, edition=theme.edition) == ["Cette édition est sur un autre territoire."]
    here = {"territory": theme.edition.territory, "theme": theme}
    assert refusal(note, **here) == ["Ce thème est d’une autre édition."]
    assert note(**here, edition=theme.edition).theme == theme


def test_sent_twice_it_is_noted_once():
    said = draft()
    first = actions.note_contribution(said, by=None, at=AT, request_key="une-fois")
    again = actions.note_contribution(replace(said, words="Autre"), by=None, at=LATER, request_key="une-fois")
    assert again == first
    assert Contribution.objects.get().words == "Rien pour se garder le soir"
    assert verbs(first) == ["note"]
    assert actions.note_contribution(said, by=None, at=AT) != actions.note_contribution(said, by=None, at=AT)


def test_the_journal_says_no_word_name_or_address():
    said = note(**SECRET, may_be_contacted=True, name_may_be_shown=True)
    actions.set_aside(said, reason="Yasmina a trouvé", by=None, at=LATER)
    actions.anonymise_contributions(at=AT + timedelta(days=800))
    for entry in Entry.objects.all():
        text = f"{entry.subject_label} {entry.details}"
        assert not any(word in text for word in ("Yasmina", "exemple.fr", "06 01", "garder"))


# Corrected


def test_a_correction_drops_what_is_not_agreed_to_any_more():
    said = note(**SECRET, may_be_contacted=True)
    actions.revise_contribution(
        said, draft(territory=said.territory, **SECRET, may_be_shown=True), by=make_user(), at=LATER
    )
    said.refresh_from_db()
    assert (said.name, said.email, said.phone, said.consented_at) == ("", "", "", LATER)
    actions.revise_contribution(said, draft(territory=said.territory), by=make_user(), at=LATER)
    assert said.consented_at is None
    assert verbs(said) == ["note", "revise", "revise"]


def test_what_belongs_to_a_need_stays_on_its_territory_and_in_its_state():
    said = note()
    stale = Contribution.objects.get(pk=said.pk)
    actions.attach_contribution(said, need=make_need(territory=said.territory), by=None, at=LATER)
    assert refusal(actions.revise_contribution, stale, draft(), by=make_user(), at=LATER) == [
        "Elle appartient à un besoin d’un autre territoire."
    ]
    actions.revise_contribution(stale, draft(territory=said.territory), by=make_user(), at=LATER)
    said.refresh_from_db()
    assert (said.state, said.settled_at) == ("supports", LATER)


# Settled


def test_it_supports_a_need_of_its_territory():
    said = note()
    need = make_need(territory=said.territory)
    assert refusal(actions.attach_contribution, said, need=make_need(), by=None, at=LATER) == [
        "Ce besoin est d’un autre territoire."
    ]
    aside = make_need(territory=said.territory, state=NeedState.SET_ASIDE)
    assert refusal(actions.attach_contribution, said, need=aside, by=None, at=LATER) == [
        "Ce besoin est écarté\u00a0: rouvrez-le d’abord."
    ]
    assert list(needs_to_support(said.territory)) == [need]
    actions.attach_contribution(said, need=need, by=None, at=LATER)
    said.refresh_from_db()
    assert (said.state, said.need, said.settled_at) == ("supports", need, LATER)
    actions.take_up_again(said, by=None, at=LATER)
    said.refresh_from_db()
    assert (said.state, said.need, said.settled_at) == ("noted", None, None)
    assert verbs(said) == ["note", "support", "resume"]


def test_it_founds_a_candidate_need():
    theme, user = make_theme(), make_user()
    where = {"territory": theme.edition.territory, "edition": theme.edition, "theme": theme}
    said = note(**where)
    other = NeedDraft(territory=make_territory(), statement="Une garde le soir")
    assert refusal(actions.found_need, said, other, by=user, at=LATER) == [
        "Un besoin né d’une contribution est du même territoire."
    ]
    need = actions.found_need(said, NeedDraft(**where, statement="Une garde le soir"), by=user, at=LATER)
    assert (need.state, need.recorded_at, need.theme) == (NeedState.CANDIDATE, LATER, theme)
    said.refresh_from_db()
    assert (said.state, said.need, said.settled_at) == ("founded", need, LATER)
    assert (verbs(said), verbs(need)) == (["note", "found"], ["record"])
    (message,) = refusal(actions.found_need, said, NeedDraft(**where, statement="Autre"), by=user, at=LATER)
    assert message.startswith("C’est déjà réglé\u00a0: «\u00a0a fait naître un besoin\u00a0».")
    assert Need.objects.count() == 1


def test_a_need_that_is_refused_leaves_the_contribution_as_it_was():
    said = note()
    make_need(territory=said.territory, statement="Une garde")
    twin = NeedDraft(territory=said.territory, statement="une GARDE")
    assert len(refusal(actions.found_need, said, twin, by=make_user(), at=LATER)) == 1
    said.refresh_from_db()
    assert (said.state, verbs(said)) == ("noted", ["note"])


def test_it_is_answered_or_set_aside_with_a_reason():
    said = note()
    actions.follow_up(said, reason=" La mairie répond ", by=None, at=LATER)
    assert (said.state, said.reason, said.settled_at) == ("followed", "La mairie répond", LATER)
    actions.take_up_again(said, by=None, at=LATER)
    assert said.reason == ""
    assert refusal(actions.set_aside, said, reason=" ", by=None, at=LATER) == [
        "Dites pourquoi, en une phrase\u00a0: tout le monde peut la lire."
    ]
    actions.set_aside(said, reason="Hors du territoire", by=None, at=LATER)
    assert (said.state, said.reason) == ("set-aside", "Hors du territoire")
    assert verbs(said) == ["note", "follow", "resume", "shelve"]


@pytest.mark.parametrize("state", list(ContributionState))
def test_no_other_way_is_open(state):
    territory = make_territory()
    need = make_need(territory=territory)
    deeds = {
        ContributionState.SUPPORTS: lambda said: actions.attach_contribution(said, need=need, by=None, at=AT),
        ContributionState.FOUNDED: lambda said: actions.found_need(
            said, NeedDraft(territory=territory, statement="Autre"), by=make_user(), at=AT
        ),
        ContributionState.FOLLOWED: lambda said: actions.follow_up(said, by=None, at=AT),
        ContributionState.SET_ASIDE: lambda said: actions.set_aside(said, reason="Non", by=None, at=AT),
        ContributionState.NOTED: lambda said: actions.take_up_again(said, by=None, at=AT),
    }
    for to in set(ContributionState) - CONTRIBUTION_TRANSITIONS[state]:
        said = make_contribution(territory=territory, state=state)
        assert refusal(deeds[to], said)[0].startswith("C’est déjà réglé")
        said.refresh_from_db()
        assert said.state == state


@pytest.mark.django_db(transaction=True)
def test_of_two_who_found_a_need_at_once_one_is_told_that_it_is_done():
    said, user, together = note(), make_user(), Barrier(2)

    def work(statement):
        mine = Contribution.objects.get(pk=said.pk)
        try:
            together.wait()
            wanted = NeedDraft(territory=mine.territory, statement=statement)
            actions.found_need(mine, wanted, by=user, at=LATER)
        except ValidationError:
            return "refused"
        finally:
            connections.close_all()
        return "founded"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, ["Une garde le soir", "Garder les enfants"])) == ["founded", "refused"]
    need = Need.objects.get()
    said.refresh_from_db()
    assert (said.state, said.need) == ("founded", need)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", range(3))
def test_the_same_thing_sent_many_times_at_once_is_noted_once(_time):
    said, together = draft(), Barrier(6)

    def work(_number):
        try:
            together.wait()
            return actions.note_contribution(said, by=None, at=AT, request_key="une-fois").pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(work, range(6)))) == 1
    assert Contribution.objects.count() == 1
    assert Entry.objects.filter(verb="note").count() == 1

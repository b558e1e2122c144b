from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.needs import actions
from creasol.needs.actions import EvidenceDraft, NeedDraft
from creasol.needs.enums import NEED_TRANSITIONS, NeedState
from creasol.needs.models import Author, Need
from creasol.network.tests.factories import make_organisation
from creasol.programmes.tests.factories import make_edition, make_theme
from creasol.territories.tests.factories import make_territory

from .factories import make_author, make_evidence, make_need, make_step

pytestmark = pytest.mark.django_db
AT = datetime(2011, 10, 10, 9, 0, tzinfo=UTC)
NURSERY = EvidenceDraft(
    measure="D502",
    label="Établissement d’accueil du jeune enfant",
    count=9,
    value=0.076,
    low=0.035,
    high=0.145,
    unit="pour 1 000 habitants",
    compared_with="Métropole européenne de Lille",
    compared_value=0.16,
    shortfall=9.9,
    source="Insee, BPE",
    vintage="2024",
)


def draft(**over):
    territory = over.pop("territory", None) or make_territory()
    return NeedDraft(
        **{"territory": territory, "statement": "Il manque des places de crèche à Seclin"} | over
    )


def verbs(need):
    return list(Entry.objects.filter(subject_id=str(need.pk)).order_by("id").values_list("verb", flat=True))


def refusal(action, *args, **kwargs):
    with pytest.raises(ValidationError) as refused:
        action(*args, **kwargs)
    return refused.value.messages


def test_a_need_is_recorded_with_its_author_its_figures_and_its_first_day():
    user = make_user(name="Noa")
    amap = make_organisation(name="AMAP")
    need = actions.record_need(
        draft(), evidence=[NURSERY], by=user, at=AT, organisation=amap, name="Noa Petit"
    )
    assert (need.slug, need.state, need.recorded_at) == (
        "il-manque-des-places-de-creche-a-seclin",
        NeedState.CANDIDATE,
        AT,
    )
    (author,) = need.authors.all()
    assert (author.user, author.organisation, author.name, author.since) == (user, amap, "Noa Petit", AT)
    (figure,) = need.evidence.all()
    assert (figure.measure, figure.count, figure.low, figure.high, figure.vintage, figure.noted_at) == (
        "D502",
        9,
        0.035,
        0.145,
        "2024",
        AT,
    )
    (step,) = need.steps.all()
    assert (step.state, step.at, step.by) == (NeedState.CANDIDATE, AT, user)
    assert verbs(need) == ["record"]


def test_a_need_that_nobody_signs_has_no_author():
    assert not actions.record_need(draft(), by=None, at=AT).authors.exists()


def test_the_same_need_is_recorded_once():
    territory = make_territory(name="Couronne Sud")
    need = actions.record_need(draft(territory=territory), evidence=[NURSERY], by=None, at=AT)
    assert refusal(
        actions.record_need,
        draft(territory=territory, statement=need.statement.upper() + " "),
        by=None,
        at=AT,
    ) == ["Ce territoire a déjà ce besoin\u00a0: «\u00a0Il manque des places de crèche à Seclin\u00a0»."]
    also = draft(territory=territory, statement="Des crèches")
    (message,) = refusal(actions.record_need, also, evidence=[NURSERY], by=None, at=AT)
    assert message == (
        "«\u00a0Établissement d’accueil du jeune enfant\u00a0» est déjà un chiffre d’un besoin du territoire "
        "Couronne Sud\u00a0: «\u00a0Il manque des places de crèche à Seclin\u00a0» (pressenti)."
    )
    assert Need.objects.count() == 1
    other = actions.record_need(draft(), evidence=[NURSERY], by=None, at=AT)
    assert other.slug == "il-manque-des-places-de-creche-a-seclin-2"


def test_the_edition_is_on_the_territory_and_the_theme_of_the_edition():
    theme = make_theme()
    assert refusal(actions.record_need, draft(edition=theme.edition), by=None, at=AT) == [
        "Cette édition est sur un autre territoire."
    ]
    territory = theme.edition.territory
    assert refusal(
        actions.record_need,
        draft(territory=territory, edition=make_edition(territory=territory), theme=theme),
        by=None,
        at=AT,
    ) == ["Ce thème est d’une autre édition."]
    need = actions.record_need(draft(territory=territory, edition=theme.edition, theme=theme), by=None, at=AT)
    assert need.theme == theme


def test_an_address_is_made_of_whole_words_and_is_no_page_of_its_own():
    long = "Les parents de Seclin et de Templemars n’ont pas assez de places de crèche"
    slugs = [
        actions.record_need(draft(statement=statement), by=None, at=AT).slug
        for statement in (long, "Nouveau", "?!", "a" * 80)
    ]
    assert slugs == [
        "les-parents-de-seclin-et-de-templemars-nont-pas-assez-de-places-de",
        "nouveau-2",
        "besoin",
        "besoin-2",
    ]


def test_a_revised_need_keeps_its_address():
    need = make_need(slug="creche")
    actions.revise_need(
        need,
        draft(territory=need.territory, statement="Des places", explanation="Pour **tous**"),
        by=make_user(),
        at=AT,
    )
    need.refresh_from_db()
    assert (need.slug, need.statement, need.explanation) == ("creche", "Des places", "Pour **tous**")
    assert verbs(need) == ["revise"]


def test_a_need_goes_through_its_states():
    need, user = make_need(), make_user()
    for state in (NeedState.SHARED, NeedState.ADDRESSED, NeedState.COVERED):
        actions.move_need(need, to=state, by=user, at=AT)
    actions.move_need(need, to=NeedState.SHARED, by=user, at=AT, reason=" La crèche a fermé ")
    actions.move_need(need, to=NeedState.SET_ASIDE, by=user, at=AT, reason="Hors du territoire")
    assert [(step.state, step.reason) for step in need.steps.all()] == [
        ("shared", ""),
        ("addressed", ""),
        ("covered", ""),
        ("shared", "La crèche a fermé"),
        ("set-aside", "Hors du territoire"),
    ]
    assert verbs(need) == ["share", "address", "cover", "reopen", "discard"]


@pytest.mark.parametrize("state", list(NeedState))
def test_no_other_way_is_open(state):
    for to in set(NeedState) - NEED_TRANSITIONS[state]:
        need = make_need(state=state)
        (message,) = refusal(actions.move_need, need, to=to, by=None, at=AT, reason="Parce que")
        assert message.startswith("Ce besoin est ")
        need.refresh_from_db()
        assert need.state == state


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (NeedState.CANDIDATE, NeedState.SET_ASIDE),
        (NeedState.SHARED, NeedState.SET_ASIDE),
        (NeedState.ADDRESSED, NeedState.SHARED),
        (NeedState.COVERED, NeedState.SHARED),
        (NeedState.SET_ASIDE, NeedState.CANDIDATE),
    ],
)
def test_setting_aside_and_going_back_say_why(state, to):
    need = make_need(state=state)
    assert refusal(actions.move_need, need, to=to, by=None, at=AT, reason=" ") == [
        "Dites pourquoi, en une phrase\u00a0: tout le monde peut la lire."
    ]


def test_two_who_move_a_need_at_once_see_each_other():
    need = make_need()
    stale = Need.objects.get(pk=need.pk)
    actions.move_need(need, to=NeedState.SHARED, by=None, at=AT)
    assert refusal(actions.move_need, stale, to=NeedState.SHARED, by=None, at=AT) == [
        "Ce besoin est partagé\u00a0: il ne peut pas devenir partagé."
    ]


def test_others_sign_once():
    need, user, amap = make_need(), make_user(), make_organisation()
    actions.add_author(need, by=user, at=AT, user=user, name="Noa")
    actions.add_author(need, by=user, at=AT, organisation=amap)
    assert refusal(actions.add_author, need, by=user, at=AT, user=user) == ["Cet auteur est déjà nommé."]
    assert refusal(actions.add_author, need, by=user, at=AT, organisation=amap) == [
        "Cet auteur est déjà nommé."
    ]
    assert refusal(actions.add_author, need, by=user, at=AT) == ["Nommez une personne ou une organisation."]
    actions.remove_author(need.authors.first(), by=user, at=AT)
    assert need.authors.get().organisation == amap
    assert verbs(need) == ["sign", "sign", "revise"]


def test_figures_are_attached_once_and_taken_away():
    need = make_need()
    figure = actions.add_evidence(need, NURSERY, by=None, at=AT)
    assert len(refusal(actions.add_evidence, need, NURSERY, by=None, at=AT)) == 1
    actions.remove_evidence(figure, by=make_user(), at=AT)
    assert not need.evidence.exists()
    assert verbs(need) == ["attach", "revise"]


def test_a_forgotten_author_leaves_a_pseudonym_where_a_name_was_shown():
    user = make_user()
    named = make_author(user=user, name="Noa")
    quiet = make_author(user=user, name="", organisation=make_organisation())
    actions.forget_author(user, pseudonym="compte effacé 1", at=AT)
    assert [(author.user, author.name) for author in Author.objects.order_by("id")] == [
        (None, "compte effacé 1"),
        (None, ""),
    ]
    assert (verbs(named.need), verbs(quiet.need)) == (["revise"], ["revise"])


def test_what_is_shown_of_rows():
    assert str(make_step()) == "pressenti"
    assert str(make_evidence(label="Crèche")) == "Crèche"


def test_words_revised_while_somebody_moves_a_need_leave_its_state():
    need = make_need()
    read_before = Need.objects.get(pk=need.pk)
    actions.move_need(need, to=NeedState.SHARED, by=make_user(), at=AT)
    actions.revise_need(read_before, draft(territory=need.territory), by=make_user(), at=AT)
    need.refresh_from_db()
    assert (need.state, need.statement) == (NeedState.SHARED, "Il manque des places de crèche à Seclin")


def test_a_need_goes_to_no_territory_that_has_one_about_the_same_measure():
    there = make_evidence(measure="D502", label="Crèche").need
    need = make_evidence(measure="D502", label="Crèche").need
    (said,) = refusal(actions.revise_need, need, draft(territory=there.territory), by=make_user(), at=AT)
    assert "Crèche" in said
    actions.revise_need(need, draft(territory=make_territory()), by=make_user(), at=AT)

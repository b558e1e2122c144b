"""What an organiser asks more: why, until when; what is answered; what people were promised."""

import pytest
from django.core.exceptions import ValidationError

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.places.actions.questions import (
    QuestionDraft,
    add_question,
    move_question,
    remove_question,
    revise_question,
)
from creasol.places.actions.registrations import RegistrationDraft, register, revise_registration
from creasol.places.enums import Origin, QuestionKind
from creasol.places.forms.questions import QuestionForm, answers_of, question_fields
from creasol.places.models import Answer, Question
from creasol.places.queries.questions import question_results, questions_of
from creasol.places.sensitive import sensitive_words

from .factories import AT, make_answer, make_occasion, make_question, make_slot

pytestmark = pytest.mark.django_db
MEAL = {"label": "Quel repas ?", "purpose": "Commander les repas", "keep_days": 7}
CHOICE = MEAL | {"kind": QuestionKind.CHOICE, "choices": "Avec viande\nSans viande"}


@pytest.fixture
def occasion():
    return make_occasion(keep_days=30)


@pytest.fixture
def staff():
    return make_user()


def ask(occasion, staff, **over):
    return add_question(QuestionDraft(**MEAL | over), occasion=occasion, by=staff, at=AT)


def refusal(call):
    with pytest.raises(ValidationError) as refused:
        call()
    return refused.value.message_dict


def test_a_question_says_why_it_is_asked_and_until_when(occasion, staff):
    question = ask(
        occasion, staff, kind=QuestionKind.CHOICE, choices=" Avec viande \n\nSans viande\nSans viande"
    )
    assert question.options == ["Avec viande", "Sans viande"]
    assert (question.purpose, question.keep_days, question.is_required) == ("Commander les repas", 7, False)
    assert questions_of(occasion) == (question,)
    assert list(Entry.objects.values_list("verb", "subject_label")) == [("revise", occasion.title)]


@pytest.mark.parametrize(
    ("over", "fields"),
    [
        ({"purpose": ""}, {"purpose"}),
        ({"purpose": "   "}, {"purpose"}),
        ({"label": ""}, {"label"}),
        ({"keep_days": None}, {"keep_days"}),
        ({"keep_days": -1}, {"keep_days"}),
        ({"keep_days": 31}, {"keep_days"}),
        ({"kind": "secret"}, {"kind"}),
        ({"kind": QuestionKind.CHOICE}, {"choices"}),
        ({"kind": QuestionKind.CHOICE, "choices": "Oui"}, {"choices"}),
        ({"kind": QuestionKind.CHOICE, "choices": "Oui\n" + "x" * 501}, {"choices"}),
    ],
)
def test_without_a_purpose_or_a_delay_it_is_not_asked(occasion, staff, over, fields):
    assert set(refusal(lambda: ask(occasion, staff, **over))) == fields
    assert not Question.objects.exists()


def test_the_delay_is_at_most_that_of_the_names(occasion, staff):
    said = refusal(lambda: ask(occasion, staff, keep_days=31))
    assert said == {"keep_days": ["30\u00a0jours au plus\u00a0: ensuite, même les noms sont effacés."]}
    assert ask(occasion, staff, keep_days=30).keep_days == 30


def test_questions_change_places(occasion, staff):
    first, second, third = (ask(occasion, staff, label=label) for label in ("Un ?", "Deux ?", "Trois ?"))
    move_question(third, up=True, by=staff, at=AT)
    assert questions_of(occasion) == (first, third, second)
    move_question(first, up=True, by=staff, at=AT)
    assert questions_of(occasion) == (first, third, second)
    move_question(first, up=False, by=staff, at=AT)
    assert questions_of(occasion) == (third, first, second)


def test_before_anybody_has_answered_everything_may_change(occasion, staff):
    question = ask(occasion, staff)
    other = QuestionDraft(label="D’où venez-vous ?", purpose="Organiser le covoiturage", keep_days=20)
    revise_question(question, other, by=staff, at=AT)
    assert (question.label, question.keep_days) == ("D’où venez-vous ?", 20)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"label": "Quelle religion ?"}, "label"),
        ({"purpose": "Envoyer des publicités"}, "purpose"),
        ({"keep_days": 8}, "keep_days"),
        ({"is_required": True}, "is_required"),
        ({"choices": "Avec viande\nVégétarien"}, "choices"),
        ({"kind": QuestionKind.TEXT}, "kind"),
    ],
)
def test_what_people_have_answered_binds(occasion, staff, over, field):
    question = ask(occasion, staff, **CHOICE)
    make_answer(question=question, text="Sans viande")
    assert field in refusal(
        lambda: revise_question(question, QuestionDraft(**CHOICE | over), by=staff, at=AT)
    )
    question.refresh_from_db()
    assert question.label == "Quel repas ?"


def test_mistakes_are_put_right_and_delays_shortened_even_then(occasion, staff):
    question = ask(occasion, staff, **CHOICE | {"label": "Quel repa ?"})
    make_answer(question=question, text="Sans viande")
    draft = QuestionDraft(**CHOICE | {"keep_days": 3, "choices": "Avec viande\nSans viande\nJe ne mange pas"})
    revise_question(question, draft, by=staff, at=AT)
    assert (question.label, question.keep_days, len(question.options)) == ("Quel repas ?", 3, 3)


def test_a_question_that_goes_takes_its_answers_along(occasion, staff):
    question, other = ask(occasion, staff), ask(occasion, staff)
    make_answer(question=question)
    make_answer(question=question)
    kept = make_answer(question=other)
    assert remove_question(question, by=staff, at=AT) == 2
    assert list(Answer.objects.all()) == [kept]
    assert Entry.objects.filter(verb="erase", details={"answers": 2}).count() == 1


# Answers


@pytest.fixture
def slot(occasion):
    return make_slot(occasion=occasion)


def come(slot, answers, **over):
    return register(
        RegistrationDraft(first_name="Lucie", email="lucie@example.org", answers=answers),
        occasion=slot.occasion,
        places={slot.pk: 1},
        at=AT,
        **over,
    )


def said(registration):
    return {answer.question_id: answer.text for answer in registration.answers.all()}


def test_answers_are_written_with_the_registration(slot):
    text, choice = make_question(occasion=slot.occasion), make_question(occasion=slot.occasion, **CHOICE)
    registration = come(slot, {text.pk: "  En train ", choice.pk: "Sans viande"})
    assert said(registration) == {text.pk: "En train", choice.pk: "Sans viande"}


@pytest.mark.parametrize("answer", ["Du poisson", "Avec viande\nSans viande", "x" * 600])
def test_only_what_is_offered_is_chosen(slot, answer):
    choice = make_question(occasion=slot.occasion, **CHOICE)
    with pytest.raises(ValidationError):
        come(slot, {choice.pk: answer})
    assert not Answer.objects.exists()
    assert not slot.occasion.registrations.exists()


def test_a_question_of_another_occasion_is_not_answered_here(slot):
    with pytest.raises(ValidationError):
        come(slot, {make_question().pk: "Oui"})
    assert not slot.occasion.registrations.exists()


def test_who_registers_alone_answers_what_must_be_the_team_need_not(slot):
    make_question(occasion=slot.occasion, is_required=True, label="Quel repas ?")
    with pytest.raises(ValidationError, match="Quel repas"):
        come(slot, {})
    assert said(come(slot, {}, origin=Origin.STAFF)) == {}
    assert said(come(slot, {}, origin=Origin.WALK_IN)) == {}


def test_an_answer_is_changed_taken_back_or_left(slot):
    one, other = make_question(occasion=slot.occasion), make_question(occasion=slot.occasion)
    registration = come(slot, {one.pk: "Oui", other.pk: "Non"})
    contact = {"first_name": "Lucie", "email": "lucie@example.org"}
    revise_registration(registration, RegistrationDraft(**contact, answers={one.pk: "Peut-être"}), at=AT)
    assert said(registration) == {one.pk: "Peut-être", other.pk: "Non"}
    revise_registration(registration, RegistrationDraft(**contact, answers={one.pk: " "}), at=AT)
    assert said(registration) == {other.pk: "Non"}


def test_choices_are_counted_texts_listed_without_names(occasion):
    choice = make_question(occasion=occasion, **CHOICE)
    text = make_question(occasion=occasion, position=1)
    for meal in ("Sans viande", "Sans viande", "Avec viande"):
        make_answer(question=choice, text=meal)
    make_answer(question=text, text="Bus")
    make_answer(question=text, text="à pied")
    counted, listed = question_results(occasion)
    assert [(row.label, row.count, row.percent) for row in counted.counts] == [
        ("Avec viande", 1, 50.0),
        ("Sans viande", 2, 100.0),
    ]
    assert (counted.texts, listed.texts, listed.counts) == ((), ("Bus", "à pied"), ())


# The fields of everyone's form


def test_each_field_says_why_and_until_when():
    text = make_question(label="Comment venez-vous ?", purpose="Grouper les voitures", is_required=True)
    choice = make_question(**CHOICE)
    fields = question_fields((text, choice))
    assert list(fields) == [f"question_{text.pk}", f"question_{choice.pk}"]
    one, other = fields.values()
    assert (one.label, one.required, other.required) == ("Comment venez-vous ?", True, False)
    assert one.help_text == ('<span lang="fr">Grouper les voitures.</span> Effacé 7\u00a0jours après la fin.')
    assert "votre réponse n’est plus qu’un nombre" in other.help_text
    assert [value for value, _label in other.choices] == ["Avec viande", "Sans viande", ""]


def test_a_purpose_is_text_never_code():
    field = next(iter(question_fields((make_question(purpose="<script>alert(1)</script>"),)).values()))
    assert "<script>" not in field.help_text


def test_answers_are_found_among_what_a_form_was_told():
    data = {"first_name": "Lucie", "question_4": "Oui", "question_12": None}
    assert answers_of(data) == {4: "Oui", 12: ""}


def test_the_form_builder_refuses_without_a_purpose_or_a_delay(occasion):
    form = QuestionForm({"label": "Quel repas ?", "kind": "text"}, occasion=occasion)
    assert not form.is_valid()
    assert set(form.errors) == {"purpose", "keep_days"}


# Words that announce sensitive data


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Avez-vous des allergies ?", ("allergies",)),
        ("Régime alimentaire", ("Régime alimentaire",)),
        ("Êtes-vous en situation de handicap ?", ("handicap",)),
        ("Votre religion", ("religion",)),
        ("Êtes-vous syndiqué ?", ("syndiqué",)),
        ("Pays d’origine", ("origine",)),
        ("De quel parti ?", ("parti",)),
        ("Participez-vous au repas ?", ()),
        ("Partirez-vous en train ?", ()),
        ("Comment venez-vous ?", ()),
        ("", ()),
    ],
)
def test_sensitive_words_are_pointed_out(text, found):
    assert sensitive_words(text) == found


def test_they_are_pointed_out_never_refused(occasion, staff):
    question = ask(occasion, staff, label="Des allergies ?")
    (result,) = question_results(occasion)
    assert (result.question, result.sensitive) == (question, ("allergies",))

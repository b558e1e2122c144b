"""The form builder of the organiser, and the fields it adds to everyone's form."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from creasol.places.actions.questions import QuestionDraft
from creasol.places.enums import QuestionKind
from creasol.places.models import Answer, Occasion, Question

PREFIX = "question_"
AT_A_GLANCE = 7
"""So many answers are shown side by side; more of them in a list that opens."""


def question_fields(questions: Iterable[Question]) -> dict[str, forms.Field]:
    """Return a field for each question (``question_<id>``): its help says why it is asked and until when it is kept."""
    return {f"{PREFIX}{question.pk}": question_field(question) for question in questions}


def question_field(question: Question) -> forms.Field:
    said = {"label": question.label, "required": question.is_required, "help_text": promise(question)}
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(**said, max_length=Answer._meta.get_field("text").max_length)  # noqa: SLF001  Django's way
    choices = [(option, option) for option in question.options]
    if len(choices) < AT_A_GLANCE:
        nothing = [] if question.is_required else [("", _("No answer"))]
        return forms.ChoiceField(**said, choices=[*choices, *nothing], widget=forms.RadioSelect)
    return forms.ChoiceField(**said, choices=[("", "—"), *choices])


def promise(question: Question) -> str:
    """Say why it is asked and when the answer is erased."""
    if question.kind == QuestionKind.CHOICE:
        kept = ngettext(
            "%(days)d day after the end, your answer is only a number.",
            "%(days)d days after the end, your answer is only a number.",
            question.keep_days,
        )
    else:
        kept = ngettext(
            "Erased %(days)d day after the end.", "Erased %(days)d days after the end.", question.keep_days
        )
    purpose = question.purpose if question.purpose.endswith((".", "!", "?", "…")) else f"{question.purpose}."
    return format_html('<span lang="fr">{}</span> {}', purpose, kept % {"days": question.keep_days})


def answers_of(cleaned_data: Mapping[str, Any]) -> dict[int, str]:
    """Return what a form with these fields was told: question id → text, empty when nothing was said."""
    return {
        int(name.removeprefix(PREFIX)): value or ""
        for name, value in cleaned_data.items()
        if name.startswith(PREFIX)
    }


class QuestionForm(forms.ModelForm):
    """A question being worded; it is written by its action, never by the form."""

    class Meta:
        model = Question
        fields = ["label", "purpose", "kind", "choices", "is_required", "keep_days"]
        widgets = {"choices": forms.Textarea(attrs={"rows": 4}), "kind": forms.RadioSelect}
        help_texts = {
            "label": gettext_lazy("Ask only what changes something on the day."),
            "choices": gettext_lazy("One per line, if there are several answers to choose from."),
        }

    def __init__(self, *args, occasion: Occasion, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = QuestionKind.choices
        delay = self.fields["keep_days"]
        delay.widget.attrs |= {"max": occasion.keep_days, "min": 0}
        delay.help_text = ngettext(
            "At most %(days)d day, like the names.",
            "At most %(days)d days, like the names.",
            occasion.keep_days,
        ) % {"days": occasion.keep_days}

    @classmethod
    def told_by(cls, question: Question) -> dict[str, Any]:
        """Return what the form shows of a question that is asked already."""
        return {name: getattr(question, name) for name in cls.Meta.fields}

    def draft(self) -> QuestionDraft:
        return QuestionDraft(**self.cleaned_data)

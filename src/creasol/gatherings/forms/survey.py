from django import forms
from django.utils.translation import gettext_lazy as _

from creasol.gatherings.actions.survey import SurveyDraft
from creasol.gatherings.queries.survey import SCORES


class SurveyForm(forms.Form):
    """Two questions, the second one free."""

    score = forms.TypedChoiceField(
        label=_("How useful was it to you?"),
        coerce=int,
        choices=[(score, label) for score, label in SCORES.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What should come next?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "A theme, a step to take, an experience to make known. Name nobody: it is kept, without your name."
        ),
    )

    def draft(self) -> SurveyDraft:
        return SurveyDraft(**self.cleaned_data)

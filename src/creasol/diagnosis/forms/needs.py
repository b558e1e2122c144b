"""A line of what is thin, turned into a need by a person."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.diagnosis.queries.thin import ThinLine, ThinList
from creasol.foundation import numbers
from creasol.needs.actions import NeedDraft
from creasol.needs.queries.needs import editions_of_needs
from creasol.territories.models import Territory

LONGEST_LABEL = 100


class RaiseNeedForm(forms.Form):
    """What is lacking in a sentence, what people say of it, and the edition or theme that works on it."""

    statement = forms.CharField(
        label=gettext_lazy("Statement"),
        max_length=200,
        help_text=gettext_lazy(
            "What is lacking, for whom and where, in one sentence that everyone understands."
        ),
    )
    explanation = forms.CharField(
        label=gettext_lazy("Explanation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What people say of it, what exists already, what was tried. Markdown."),
    )
    met_in = forms.ChoiceField(
        label=gettext_lazy("Edition or theme"),
        required=False,
        help_text=gettext_lazy("The edition that works on this territory, and its theme."),
    )

    def __init__(self, *args, territory: Territory, listed: ThinList, line: ThinLine, **kwargs):
        super().__init__(*args, **kwargs)
        self.territory = territory
        self.places = {"": (None, None)}
        choices = [("", _("None"))]
        for edition in editions_of_needs():
            if edition.territory_id != territory.pk:
                continue
            self.places[edition.slug] = (edition, None)
            choices.append((edition.slug, edition.name))
            for theme in edition.themes.all():
                self.places[f"{edition.slug}:{theme.pk}"] = (edition, theme)
                choices.append((f"{edition.slug}:{theme.pk}", f"{edition.name} – {theme.name}"))
        self.fields["met_in"].choices = choices
        self.initial |= {
            "statement": proposed(territory, line),
            "met_in": choices[min(1, len(choices) - 1)][0],
        }

    def draft(self) -> NeedDraft:
        edition, theme = self.places[self.cleaned_data["met_in"]]
        return NeedDraft(
            territory=self.territory,
            statement=self.cleaned_data["statement"],
            explanation=self.cleaned_data["explanation"],
            edition=edition,
            theme=theme,
        )


def proposed(territory: Territory, line: ThinLine) -> str:
    """Return a first sentence, for the person to put into better words."""
    words = {
        "label": line.label[:LONGEST_LABEL],
        "territory": territory.name[:LONGEST_LABEL],
        "number": numbers.number(line.lacking),
    }
    return _("%(territory)s lacks about %(number)s: %(label)s") % words

"""What is asked of those who add an indicator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from creasol.diagnosis.actions.own import OwnIndicatorDraft
from creasol.diagnosis.models import OwnIndicator

FIRST_YEAR, LAST_YEAR, MOST_DECIMALS = 1800, 2199, 4


class OwnIndicatorForm(forms.ModelForm):
    """What is said of an indicator."""

    decimals = forms.IntegerField(
        label=_("Decimals"),
        min_value=0,
        max_value=MOST_DECIMALS,
        initial=0,
        help_text=_("How many are shown after the decimal mark."),
    )

    class Meta:
        model = OwnIndicator
        fields = ["name", "definition", "unit", "aggregation", "decimals", "source", "licence", "synthetic"]
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "aggregation": forms.RadioSelect,
        }
        help_texts = {
            "name": _("As it stands above its figure: Social housing."),
            "definition": _("What is counted, how, on which date: in words that everyone understands."),
            "unit": _("Dwellings, euros a year, %…"),
            "aggregation": _(
                "Numbers are added up; rates, shares and medians make a mean weighted by inhabitants."
            ),
            "source": _("Who published it, and where."),
            "synthetic": _("Made up, to try or to show."),
        }

    def draft(self) -> OwnIndicatorDraft:
        return OwnIndicatorDraft(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class TableForm(forms.Form):
    """A table of values."""

    table = forms.FileField(
        label=_("Table"),
        help_text=_(
            "CSV with the columns code (of the commune, by INSEE), value and year; semicolons, commas, "
            "decimal commas and former codes are understood."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.parquet,.zip,.gz"}),
    )
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("Only when the table has no column for it."),
    )


class NewIndicatorForm(OwnIndicatorForm, TableForm):
    """An indicator with its first table."""

    field_order = ["table", "year"]

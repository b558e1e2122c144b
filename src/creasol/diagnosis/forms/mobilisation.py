from django import forms
from django.utils.translation import gettext_lazy as _

from creasol.programmes.models import Edition


class MobilisationForm(forms.Form):
    """For which edition, under which perimeter, and who sees the organisations."""

    edition = forms.ModelChoiceField(
        label=_("For which edition?"),
        queryset=Edition.objects.none(),
        required=False,
        empty_label=_("None in particular"),
    )
    listed = forms.BooleanField(
        label=_("Show the new organisations in the public directory"),
        required=False,
        initial=True,
        help_text=_(
            "What the register says of them is public already. Without this, only the staff sees them."
        ),
    )

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions
        self.fields["edition"].initial = editions.first()


class LinesForm(forms.Form):
    """The lines of one page of a list: whom to invite, and a remark on each."""

    def __init__(self, lines, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            name = line.organisation.name
            self.fields[f"invited_{line.pk}"] = forms.BooleanField(
                label=_("Invite %(organisation)s") % {"organisation": name},
                required=False,
                initial=line.invited,
            )
            self.fields[f"remark_{line.pk}"] = forms.CharField(
                label=_("Remark on %(organisation)s") % {"organisation": name},
                required=False,
                max_length=200,
                initial=line.remark,
            )

    def rows(self):
        """Yield each line with its two fields."""
        for line in self.lines:
            yield line, self[f"invited_{line.pk}"], self[f"remark_{line.pk}"]

    def wish(self) -> dict:
        """Return what the action takes."""
        return {
            "invited": {line.pk: self.cleaned_data[f"invited_{line.pk}"] for line in self.lines},
            "remarks": {line.pk: self.cleaned_data[f"remark_{line.pk}"] for line in self.lines},
        }

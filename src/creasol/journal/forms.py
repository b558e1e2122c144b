from django import forms
from django.utils.translation import gettext_lazy as _

from . import queries


class EntryFilterForm(forms.Form):
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    subject_type = forms.ChoiceField(label=_("To what"), required=False)
    actor = forms.ModelChoiceField(label=_("By whom"), queryset=None, required=False, empty_label=_("anyone"))
    words = forms.CharField(label=_("Words in the name"), required=False, max_length=100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        anything = [("", _("anything"))]
        self.fields["verb"].choices = anything + queries.verbs()
        self.fields["subject_type"].choices = anything + queries.subject_types()
        self.fields["actor"].queryset = queries.actors()

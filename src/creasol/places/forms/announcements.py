"""The organiser's own words in a mail to everyone."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 3000


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("Your own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "fr"}),
        help_text=_("They stand after the first sentences of the mail. An empty line begins a paragraph."),
    )

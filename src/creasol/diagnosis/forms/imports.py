"""What is asked of those who bring official files in."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from creasol.diagnosis.enums import Source
from creasol.diagnosis.queries.imports import files_of_server, folder_of_server
from creasol.diagnosis.sources.downloads import is_url

MOST_FILES = 10


class SeveralFilesInput(forms.ClearableFileInput):
    """A file field of the browser that takes several files: a delivery of SIRENE is a pair."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files, as a list."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most ten files at a time."))
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class ImportForm(forms.Form):
    """A source and its files; administrators may also name an address or a file of the server."""

    source = forms.ChoiceField(label=_("What it is"), choices=Source.choices)
    files = SeveralFilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "CSV, Parquet, GeoJSON or zip. For SIRENE: StockEtablissement and StockUniteLegale together."
        ),
    )
    address = forms.CharField(
        label=_("Or web addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "inputmode": "url"}),
        help_text=_("One per line, starting with https://. The server fetches them."),
    )
    on_server = forms.MultipleChoiceField(
        label=_("Or files already on the server"), required=False, widget=forms.CheckboxSelectMultiple
    )
    vintage = forms.RegexField(
        r"^\d{4}(-(0[1-9]|1[0-2]))?$",
        label=_("Vintage"),
        required=False,
        help_text=_("A year (2023) or a month (2026-01), when the name of the file does not tell it."),
        error_messages={"invalid": _("Expected a year (2023) or a month (2026-01).")},
    )

    def __init__(self, *args, from_server: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not from_server:
            del self.fields["address"], self.fields["on_server"]
            return
        names = files_of_server()
        if names:
            self.fields["on_server"].choices = [(name, name) for name in names]
        else:
            del self.fields["on_server"]

    def clean_address(self):
        lines = [line.strip() for line in self.cleaned_data["address"].splitlines() if line.strip()]
        for line in lines:
            if not (is_url(line) and re.match(r"https?://", line, re.IGNORECASE)):
                raise ValidationError(_("“%(line)s” is not a web address."), params={"line": line})
        return lines

    def clean(self):
        given = [name for name in ("files", "address", "on_server") if self.cleaned_data.get(name)]
        if not self.errors and len(given) != 1:
            raise ValidationError(_("Give files one way: send them, or name where they are."))
        return self.cleaned_data

    @property
    def locations(self) -> list[str]:
        """Addresses, or paths within the server's folder of imports."""
        chosen = [str(folder_of_server() / name) for name in self.cleaned_data.get("on_server", [])]
        return [*self.cleaned_data.get("address", []), *chosen]

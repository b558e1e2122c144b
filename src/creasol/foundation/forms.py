"""How every form is drawn: label above, hint under it, error beside the field and in the summary on top."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """The project's form renderer: ``{{ form }}`` is enough in a template."""

    form_template_name = "foundation/forms/form.html"
    field_template_name = "foundation/forms/field.html"


class DateInput(forms.DateInput):
    """The browser's own date field; Django's is a line of text."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own field for an hour."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and an hour."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def put_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show the refusal of an action in its form, beside the fields it names when the form has them."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)

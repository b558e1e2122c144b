import re

from django import forms
from django.utils import translation

from creasol.foundation.forms import DateInput


class Place(forms.Form):
    name = forms.CharField(label="Name", help_text="As people say it.", max_length=5)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    day = forms.DateField(label="Day", required=False, widget=DateInput)
    shown = forms.BooleanField(label="Shown", required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="t")


def squeezed(form):
    return re.sub(r">\s+<", "><", str(form))


def test_a_field_has_its_label_above_and_its_hint_under():
    with translation.override("en"):
        html = squeezed(Place())
    assert (
        '<label for="id_name">Name <span class="required">(required)</span></label>'
        '<p class="hint" id="id_name_helptext">As people say it.</p>'
        '<input type="text" name="name" maxlength="5" required'
        ' aria-describedby="id_name_helptext" id="id_name">'
    ) in html
    assert (
        '<fieldset class="field choices"><legend>Kind <span class="required">(required)</span></legend>'
        in html
    )
    assert '<label for="id_day">Day</label><input type="date" name="day" id="id_day">' in html
    assert '<input type="hidden" name="token" value="t" id="id_token">' in html
    assert "error" not in html


def test_errors_are_told_in_the_summary_and_beside_the_field():
    with translation.override("en"):
        html = squeezed(Place({"name": "too long", "kind": "a", "token": "t"}))
    summary, fields = html.split('<div class="form-fields">')
    assert 'role="alert" tabindex="-1" autofocus' in summary
    assert re.findall(r'<a href="#(\w+)">(\w+)</a>', summary) == [("id_name", "Name")]
    assert 'aria-invalid="true" aria-describedby="id_name_helptext id_name_error"' in fields
    assert fields.count('<div id="id_name_error">') == 1


def test_the_summary_leads_to_the_first_choice_of_a_group():
    html = squeezed(Place({"name": "short"}))
    assert 'href="#id_kind_0"' in html
    assert 'id="id_kind_0"' in html


def test_a_day_is_written_as_the_browser_reads_it():
    form = Place(initial={"day": "2011-12-03"})
    assert 'value="2011-12-03"' in str(form["day"])
    bound = Place({"name": "x", "kind": "a", "day": "2011-12-03", "token": "t"})
    assert bound.is_valid()
    assert bound.cleaned_data["day"].isoformat() == "2011-12-03"

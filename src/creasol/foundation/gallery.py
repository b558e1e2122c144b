"""Samples for the page /composants/: every component in all its states.

The words are content, in French, as they would stand in a page.
"""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest

from .forms import DateInput
from .pagination import page_of
from .tables import Column, Table
from .timeline import Step, timeline


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="Nom de l’édition", help_text="Celui que tout le monde lira.", max_length=40)
    email = forms.EmailField(label="Adresse électronique")
    starts_on = forms.DateField(label="Commence le", widget=DateInput)
    inhabitants = forms.IntegerField(label="Habitants", required=False, min_value=0)
    territory = forms.ChoiceField(
        label="Territoire", choices=[("", "Choisir"), ("cs", "Couronne Sud"), ("w", "Weppes")]
    )
    perimeter = forms.ChoiceField(
        label="Périmètre",
        choices=[("insee", "Périmètre de l’Insee"), ("law", "Loi de 2014")],
        widget=forms.RadioSelect,
        help_text="Ce que l’on compte dans l’économie sociale et solidaire.",
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        required=False,
        choices=[("food", "Circuits courts"), ("home", "Habitat"), ("move", "Mobilité")],
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(label="Fichier officiel", required=False, help_text="Parquet, CSV ou zip.")
    summary = forms.CharField(label="Résumé", required=False, widget=forms.Textarea)
    public = forms.BooleanField(
        label="Montrer sur le site", required=False, help_text="Visible de tous, sans compte."
    )


@dataclass(frozen=True)
class Bar:
    """A row of a bar list."""

    label: str
    value: str
    percent: float
    here: bool = False
    href: str = ""


BARS = (
    Bar("Lillois", "8,1 %", 100),
    Bar("Est", "7,6 %", 93.8),
    Bar("Couronne Sud", "6,5 %", 80.2, here=True),
    Bar("Roubaisien", "6,2 %", 76.5, href="#bars"),
    Bar("Tourquennois, vallée de la Lys et communes du bord de la Deûle", "5,9 %", 72.8),
    Bar("Weppes", "3,4 %", 42),
)
TABLE = Table(
    name="communes",
    caption="Les communes de Couronne Sud",
    columns=(
        Column("Commune"),
        Column("Code"),
        Column("Habitants", number=True),
        Column("Établissements", number=True),
    ),
    rows=(
        ("Faches-Thumesnil", "59220", "16 639", "31"),
        ("Loos", "59360", "20 869", "44"),
        ("Noyelles-lès-Seclin", "59437", "819", "—"),
    ),
    links=("#communes", "", ""),
    foot=("Ensemble", "", "38 327", "75"),
)
STEPS = (
    Step(
        label="Mobilisation et diagnostic partagé",
        starts_on=date(2011, 9, 1),
        ends_on=date(2011, 11, 16),
        text="Rencontrer les acteurs, dire ce qui manque.",
        items=("Un diagnostic publié", "Un comité local"),
    ),
    Step(
        label="Rencontres et temps événementiel",
        starts_on=date(2011, 11, 17),
        ends_on=date(2011, 12, 17),
        text="Un forum, des ateliers, des formations courtes.",
        items=("Un forum ouvert à tous",),
    ),
    Step(
        label="Accompagnement individuel",
        starts_on=date(2011, 12, 18),
        ends_on=date(2012, 6, 30),
        text="Avancer de l’idée au projet, un par un.",
        items=("Quinze projets suivis",),
    ),
)
FACTS = (("Porteur", "Une association de la métropole"), ("Contrat", "17 novembre 2011"), ("Communes", "13"))
WORDS = """
Un texte en *Markdown*, avec un [lien](https://example.org) et une liste :

- première chose ;
- deuxième chose.

## Un titre

> Une phrase de quelqu'un.
"""


def context(request: HttpRequest) -> dict:
    """Return what the page shows."""
    return {
        "bars": BARS,
        "table": TABLE,
        "stages": timeline(STEPS, date(2011, 12, 3)),
        "facts": FACTS,
        "trail": (("Territoires", "#trail"), ("Métropole lilloise", "#trail")),
        "downloads": (("CSV", "#downloads"), ("JSON", "#downloads"), ("GeoJSON", "#downloads")),
        "page": page_of(range(400), request, size=10),
        "form": SampleForm(),
        "wrong_form": SampleForm(
            {"name": "Couronne Sud de Lille, deuxième édition du programme", "email": "personne"}
        ),
        "words": WORDS,
        "classes": range(1, 7),
    }

import pytest
from django.core.exceptions import ValidationError

from creasol.network.queries.organisations import organisation_meant, organisation_named

from .factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def gardens():
    names = ("Les Jardins", "Les Jardins bleus", "Écoute")
    return {name: make_organisation(name=name) for name in names}


def test_an_organisation_is_named_by_its_whole_name(gardens):
    assert organisation_named("LES JARDINS") == gardens["Les Jardins"]
    assert organisation_named("ecoute") == gardens["Écoute"]
    assert organisation_named("jardins") is None
    assert organisation_named("") is None


def test_two_of_the_same_name_are_told_by_nobody(gardens):
    make_organisation(name="Écoute")
    assert organisation_named("Écoute") is None
    with pytest.raises(ValidationError, match="Plusieurs organisations correspondent"):
        organisation_meant("Écoute")


def test_words_that_only_one_holds_are_enough(gardens):
    assert organisation_meant("bleus") == gardens["Les Jardins bleus"]
    assert organisation_meant("les jardins") == gardens["Les Jardins"]
    with pytest.raises(ValidationError) as refused:
        organisation_meant("jardins")
    assert refused.value.messages == [
        "Plusieurs organisations correspondent. Écrivez l’un de ces noms\u00a0: Les Jardins\u202f; Les Jardins bleus."
    ]
    with pytest.raises(ValidationError, match="Aucune organisation de l’annuaire ne porte ce nom"):
        organisation_meant("inconnue")

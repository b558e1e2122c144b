"""Every model has a factory beside its app, so that a test says only what matters to it."""

import importlib
import re

import pytest
from django.apps import apps

OWN_MODELS = [model for model in apps.get_models() if model.__module__.startswith("creasol.")]


def factory_name(model: type) -> str:
    """Return the name of a model's factory: ``make_former_commune`` for FormerCommune."""
    return "make_" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", model.__name__).lower()


@pytest.mark.django_db
@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_the_factory_makes_two_valid_rows(model):
    app = apps.get_app_config(model._meta.app_label).name
    factories = importlib.import_module(f"{app}.tests.factories")
    make = getattr(factories, factory_name(model))
    for row in (make(), make()):
        assert type(row) is model
        row.full_clean()


def test_factories_are_named_after_their_models():
    class FormerCommune:
        pass

    assert factory_name(FormerCommune) == "make_former_commune"

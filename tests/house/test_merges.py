"""Whatever points at an organisation follows it into a merge, and comes back out of it."""

import importlib

import pytest
from django.apps import apps
from django.utils import timezone

from creasol.network.actions.merges import merge_organisations, part_organisations
from creasol.network.models import Distinction, FieldOrigin, Merge, Organisation
from creasol.network.tests.factories import make_organisation
from tests.house.test_factories import factory_name

# What describes one entry of the directory stays with it.
OF_THE_ENTRY = {Organisation, FieldOrigin, Merge, Distinction}


def pointing_models() -> list[tuple[type, str]]:
    """Return every model with a key to an organisation, and the field that holds it."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if model not in OF_THE_ENTRY
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete and field.related_model is Organisation
    ]


def test_there_are_such_models():
    assert {model._meta.label for model, _field in pointing_models()} >= {
        "network.Mandate",
        "needs.Author",
        "diagnosis.MobilisationLine",
        "reports.Drafter",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "field"), pointing_models(), ids=lambda value: getattr(value, "__name__", value)
)
def test_it_follows_and_comes_back(model, field):
    kept, absorbed = make_organisation(), make_organisation()
    app = apps.get_app_config(model._meta.app_label).name
    make = getattr(importlib.import_module(f"{app}.tests.factories"), factory_name(model))
    row = make(**{field: absorbed})
    before = model._base_manager.filter(pk=row.pk).values().get()
    merge = merge_organisations(kept=kept, absorbed=absorbed, by=None, at=timezone.now())
    row.refresh_from_db()
    assert getattr(row, field) == kept, "its app does not answer network.signals.organisations_merged"
    part_organisations(merge, by=None, at=timezone.now())
    assert model._base_manager.filter(pk=row.pk).values().get() == before

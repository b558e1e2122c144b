"""The index follows what is written below."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete
from django.dispatch import receiver

from creasol.gatherings.models import Gathering
from creasol.journal.signals import recorded
from creasol.needs.models import Need
from creasol.network.models import Organisation
from creasol.network.signals import organisations_registered
from creasol.programmes.models import Edition
from creasol.reports.models import Report
from creasol.territories.models import Territory
from creasol.territories.signals import reference_data_loaded

from .actions import forget_row, index_row, index_rows, rebuild_index
from .queries.entries import SOURCES


@receiver(reference_data_loaded)
def index_everything(**_: Any) -> None:
    rebuild_index()


@receiver(recorded)
def index_subject(subject: Model, **_: Any) -> None:
    if type(subject) in SOURCES and subject.pk:
        index_row(subject)
    if isinstance(subject, Territory) and subject.pk:  # they bear its name
        for model in (Edition, Need, Report):
            index_rows(list(model.objects.filter(territory=subject)))
        index_rows(list(Gathering.objects.filter(edition__territory=subject)))


@receiver(organisations_registered)
def index_organisations(organisations: Sequence[Organisation], **_: Any) -> None:
    index_rows(organisations)


@receiver(post_delete)
def forget_deleted(sender: type[Model], instance: Model, **_: Any) -> None:
    if sender in SOURCES:
        forget_row(instance)

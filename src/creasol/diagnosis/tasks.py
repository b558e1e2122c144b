"""Background work of the diagnosis."""

from django.utils import timezone
from django_tasks import task

from . import received_files
from .actions.imports import carry_out_import
from .actions.mobilisation import carry_out_mobilisation
from .queries.imports import all_imports
from .queries.mobilisation import mobilisations
from .sources.refusals import BadInputError, StoppedError


@task()
def carry_out(import_id: int) -> None:
    """Carry out an import asked for on a page; how it ended is written on it."""
    order = all_imports().get(pk=import_id)
    try:
        carry_out_import(order, at=timezone.now(), public_only=True)
    except (BadInputError, StoppedError):
        pass
    finally:
        received_files.forget(order.location.split("\n"))


@task()
def mobilise(mobilisation_id: int) -> None:
    """Fill a list asked for on a page."""
    carry_out_mobilisation(mobilisations().get(pk=mobilisation_id), at=timezone.now())

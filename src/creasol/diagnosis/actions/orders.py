"""Imports asked for on a page: kept, carried out by a job, stopped on demand."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.diagnosis import received_files
from creasol.diagnosis.enums import IMPORT_TRANSITIONS, ImportState, Source
from creasol.diagnosis.models import Import
from creasol.journal.actions import record


@transaction.atomic
def ask_import(
    *,
    source: Source | str,
    files: Iterable[UploadedFile] = (),
    locations: Sequence[str] = (),
    vintage: str = "",
    by: User,
    at: datetime,
) -> Import:
    """Write down an import to be carried out: of files sent by the browser, or of ``locations``.

    The caller enqueues the job. Raises `ValidationError` when neither is given.
    """
    places = [*locations, *received_files.keep(files)]
    order = Import(
        source=source, location="\n".join(places), vintage=vintage, asked_by=by, asked_at=at, seen_at=at
    )
    order.full_clean()
    order.save()
    record("ask", order, by=by, at=at)
    return order


@transaction.atomic
def stop_import(order: Import, *, by: User, at: datetime) -> Import:
    """Stop an import: at once when it waits, at its next sign of life when it runs. The former data stays.

    Raises `ValidationError` when it is over.
    """
    order = Import.objects.select_for_update().get(pk=order.pk)
    if ImportState.INTERRUPTED not in IMPORT_TRANSITIONS[ImportState(order.state)]:
        raise ValidationError(_("This import is over: there is nothing left to stop."))
    order.state = ImportState.INTERRUPTED
    order.message = _("Stopped by %(person)s; the former data stays in place.") % {"person": by}
    order.finished_at = at
    order.full_clean()
    order.save()
    record("stop", order, by=by, at=at)
    return order

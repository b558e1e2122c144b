"""Who speaks for an organisation: persons registered, mandates given and ended, all forgotten on demand."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from creasol.accounts.actions import invite_user
from creasol.accounts.models import User
from creasol.accounts.queries import user_by_email
from creasol.journal.actions import record, relabel
from creasol.network.models import Mandate, Organisation, Person


@transaction.atomic
def register_person(
    *, name: str, by: User | None, at: datetime, email: str = "", phone: str = "", with_account: bool = False
) -> Person:
    """Return the person with this address, registered when unknown; ``with_account`` invites to sign in.

    ValidationError when an account is asked for without an address.
    """
    if with_account and not email:
        raise ValidationError({"email": _("An e-mail address is needed to sign in.")})
    user = None
    if email:
        user = invite_user(email=email, name=name, by=by, at=at) if with_account else user_by_email(email)
    person = known_person(email, user)
    if person is None:
        person = Person(name=name, email=email, phone=phone, user=user)
        person.full_clean()
        person.save()
        record("register", person, by=by, at=at)
    elif user and person.user_id is None:
        person.user = user
        person.save(update_fields=["user"])
    return person


def known_person(email: str, user: User | None) -> Person | None:
    """Return the person who signs in as ``user``, or else the one with this address."""
    return (user and Person.objects.filter(user=user).first()) or (
        Person.objects.filter(email__iexact=email).first() if email else None
    )


@transaction.atomic
def give_mandate(
    *,
    organisation: Organisation,
    person: Person,
    starts_on: date,
    by: User | None,
    at: datetime,
    title: str = "",
    shown: bool = False,
) -> Mandate:
    """Let ``person`` speak for ``organisation``; ValidationError when the person does already."""
    if organisation.mandates.filter(person=person).current(starts_on).exists():
        raise ValidationError(
            _("%(person)s already speaks for %(organisation)s.")
            % {"person": person, "organisation": organisation}
        )
    mandate = Mandate(organisation=organisation, person=person, title=title, starts_on=starts_on, shown=shown)
    mandate.full_clean()
    mandate.save()
    record("mandate", organisation, by=by, at=at)
    return mandate


@transaction.atomic
def appoint(
    organisation: Organisation,
    *,
    name: str,
    email: str,
    phone: str,
    title: str,
    starts_on: date,
    with_account: bool,
    shown: bool,
    by: User,
    at: datetime,
) -> Mandate:
    """Register a person, when unknown, and let this person speak for ``organisation``; see both."""
    person = register_person(name=name, email=email, phone=phone, with_account=with_account, by=by, at=at)
    return give_mandate(
        organisation=organisation, person=person, title=title, starts_on=starts_on, shown=shown, by=by, at=at
    )


@transaction.atomic
def end_mandate(mandate: Mandate, *, on: date, by: User | None, at: datetime) -> None:
    """End a mandate: from ``on`` the person does not speak for the organisation any more."""
    record("end", mandate.organisation, by=by, at=at)
    if mandate.starts_on >= on:
        mandate.delete()
        return
    mandate.ends_on = on - timedelta(days=1)
    mandate.full_clean()
    mandate.save(update_fields=["ends_on"])


@transaction.atomic
def forget_person(user: User, *, pseudonym: str, at: datetime) -> None:
    """Make the person who signs in as ``user`` anonymous; mandates end and keep their dates."""
    today = timezone.localtime(at).date()
    for person in Person.objects.filter(user=user):
        person.name, person.email, person.phone, person.user = pseudonym, "", "", None
        person.save()
        relabel(person, label=pseudonym)
        for mandate in person.mandates.all():
            mandate.title, mandate.shown = "", False
            mandate.ends_on = mandate.ends_on or max(mandate.starts_on, today)
            mandate.save()
            record("forget", mandate.organisation, by=None, at=at)

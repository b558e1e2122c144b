"""What is known of the people who sign in."""

from functools import reduce
from operator import or_
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from .models import User
from .signals import personal_data


def user_by_email(email: str) -> User | None:
    """Return who signs in with this address, in whatever case it is written."""
    return User.objects.filter(email__iexact=email).first()


def accounts(text: str = "") -> QuerySet[User]:
    """Return the accounts whose name or address holds ``text``, in order of their names."""
    return User.objects.filter(Q(name__icontains=text) | Q(email__icontains=text)).order_by("name", "email")


def is_last_administrator(user: User) -> bool:
    """Tell whether nobody could run the site any more without ``user``."""
    administrators = User.objects.filter(is_active=True, is_administrator=True)
    return user.is_administrator and not administrators.exclude(pk=user.pk).exists()


def addresses_of(user: User) -> list[str]:
    """Return every address of an account, the one that signs in first."""
    others = EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).order_by("email")
    return [user.email, *others.values_list("email", flat=True)]


def proven_addresses_of(user: User) -> list[str]:
    """Return the addresses that an account has shown to be its own, the one that signs in first.

    What is kept under an address is told to, and erased for, nobody who only claims it.
    """
    proven = EmailAddress.objects.filter(user=user, verified=True).exclude(email__iexact=user.email)
    return [user.email, *proven.order_by("email").values_list("email", flat=True)]


def under_addresses_of(user: User) -> Q:
    """Return the condition that ``email``, in capitals or not, is an address an account has shown to be its own."""
    return reduce(or_, (Q(email__iexact=address) for address in proven_addresses_of(user)))


def export_user(user: User) -> dict[str, Any]:
    """Return everything the site keeps about a person, app by app, fit for JSON."""
    data: dict[str, Any] = {
        "account": {
            "addresses": addresses_of(user),
            "name": user.name,
            "language": user.language,
            "joined_on": user.date_joined.isoformat(),
            "last_sign_in": user.last_login.isoformat() if user.last_login else None,
            "second_factors": sorted(user.authenticator_set.values_list("type", flat=True)),
        }
    }
    for _receiver, section in personal_data.send(sender=User, user=user):
        data |= section
    return data

"""Every write on accounts. The journal and the outbox, on the floors above, hear of them by signals."""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .models import User
from .queries import is_last_administrator, user_by_email
from .signals import account_changed, erase_personal_data, user_invited


@transaction.atomic
def invite_user(*, email: str, name: str = "", language: str = "fr", by: User | None, at: datetime) -> User:
    """Give someone an account and tell the person by mail; one who has an account is returned untouched.

    ValidationError when the address is not one.
    """
    known = user_by_email(email)
    if known:
        return known
    user = User.objects.create_user(email, name=name, language=language)
    account_changed.send(sender=User, user=user, verb="invite", by=by, at=at)
    user_invited.send(sender=User, user=user, by=by, at=at)
    return user


@transaction.atomic
def appoint_administrator(user: User, *, by: User | None, at: datetime) -> None:
    """Give a person the keys of the site; nothing happens to one who has them."""
    if user.is_administrator:
        return
    user.is_administrator = True
    user.save(update_fields=["is_administrator"])
    account_changed.send(sender=User, user=user, verb="appoint", by=by, at=at)


@transaction.atomic
def rename_user(user: User, *, name: str, language: str, by: User, at: datetime) -> None:
    """Change how a person is called and the language the site and its mails speak to this person."""
    user.name = name
    user.language = language
    user.full_clean()
    user.save(update_fields=["name", "language"])
    account_changed.send(sender=User, user=user, verb="rename", by=by, at=at)


@transaction.atomic
def deactivate_user(user: User, *, by: User, at: datetime) -> None:
    """Close the door to a person without forgetting anything; ValidationError for the last administrator."""
    refuse_last_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    account_changed.send(sender=User, user=user, verb="deactivate", by=by, at=at)


@transaction.atomic
def reactivate_user(user: User, *, by: User, at: datetime) -> None:
    """Open the door again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    account_changed.send(sender=User, user=user, verb="reactivate", by=by, at=at)


@transaction.atomic
def erase_user(user: User, *, by: User | None, at: datetime) -> str:
    """Delete an account and what every app keeps about it; return the pseudonym that history remembers.

    The pseudonym is drawn at random and kept nowhere beside the name.
    ValidationError for the last administrator.
    """
    refuse_last_administrator(user)
    pseudonym = _("erased account {number}").format(number=secrets.token_hex(4))
    user.name = pseudonym
    account_changed.send(sender=User, user=user, verb="erase", by=by, at=at)
    erase_personal_data.send(sender=User, user=user, pseudonym=pseudonym, at=at)
    user.delete()
    return pseudonym


def refuse_last_administrator(user: User) -> None:
    """Raise ValidationError when nobody could run the site any more without ``user``."""
    if is_last_administrator(user):
        raise ValidationError(_("This is the only administrator: name another one first."))

"""What is known of the people who sign in."""

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from .models import User


def users() -> QuerySet[User]:
    """Return everyone who has an account, by name."""
    return User.objects.all()


def user_by_email(email: str) -> User | None:
    """Return who signs in with this address, in whatever case it is written."""
    return User.objects.filter(email__iexact=email).first()


def is_last_administrator(user: User) -> bool:
    """Tell whether nobody could run the site any more without ``user``."""
    administrators = User.objects.filter(is_active=True, is_administrator=True)
    return user.is_administrator and not administrators.exclude(pk=user.pk).exists()


def addresses_of(user: User) -> list[str]:
    """Return every address of an account, the one that signs in first."""
    others = EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).order_by("email")
    return [user.email, *others.values_list("email", flat=True)]

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.dispatch import Signal

from creasol.accounts import actions, signals
from creasol.accounts.models import User

from .factories import make_user

pytestmark = pytest.mark.django_db

AT = datetime(2011, 11, 7, tzinfo=UTC)


@pytest.fixture
def told():
    """What a floor above hears of ``account_changed`` and ``user_invited``."""
    heard = []

    def hear(signal: Signal, word):
        def receive(user, **kwargs):
            heard.append((kwargs.get("verb", word), user.email))

        signal.connect(receive, weak=False, dispatch_uid=word)
        return receive

    hear(signals.account_changed, "changed")
    hear(signals.user_invited, "invited")
    yield heard
    signals.account_changed.disconnect(dispatch_uid="changed")
    signals.user_invited.disconnect(dispatch_uid="invited")


def test_a_person_is_invited_once(told):
    user = actions.invite_user(email="Ada@Example.org", name="Ada", language="en", by=None, at=AT)
    again = actions.invite_user(email="ada@example.org", name="Somebody else", by=None, at=AT)

    assert (user.email, user.name, user.language, user.has_usable_password()) == (
        "ada@example.org",
        "Ada",
        "en",
        False,
    )
    assert again == user
    assert User.objects.get().name == "Ada"
    assert told == [("invite", "ada@example.org"), ("invited", "ada@example.org")]


def test_what_is_not_an_address_is_refused():
    with pytest.raises(ValidationError):
        actions.invite_user(email="nobody", by=None, at=AT)


def test_a_person_is_renamed(told):
    user = make_user(email="ada@example.org")

    actions.rename_user(user, name="Ada", language="en", by=user, at=AT)

    user.refresh_from_db()
    assert (user.name, user.language, told) == ("Ada", "en", [("rename", "ada@example.org")])


def test_an_unknown_language_is_refused():
    user = make_user()

    with pytest.raises(ValidationError):
        actions.rename_user(user, name="Ada", language="tlh", by=user, at=AT)


def test_an_account_is_closed_and_opened_again():
    user, administrator = make_user(), make_user(is_administrator=True)

    actions.deactivate_user(user, by=administrator, at=AT)
    assert User.objects.get(pk=user.pk).is_active is False

    actions.reactivate_user(user, by=administrator, at=AT)
    assert User.objects.get(pk=user.pk).is_active is True


@pytest.mark.parametrize("closing", [actions.deactivate_user, actions.erase_user])
def test_the_last_administrator_stays(closing):
    last = make_user(is_administrator=True)
    make_user(is_administrator=True, is_active=False)

    with pytest.raises(ValidationError, match="seule personne qui administre"):
        closing(last, by=last, at=AT)

    assert User.objects.get(pk=last.pk).is_active is True


def test_an_erased_account_leaves_nothing_here(told):
    user = make_user(email="ada@example.org", name="Ada")
    EmailAddress.objects.create(user=user, email="other@example.org")

    first = actions.erase_user(user, by=user, at=AT)
    second = actions.erase_user(make_user(), by=None, at=AT)

    assert User.objects.count() == EmailAddress.objects.count() == 0
    assert first != second

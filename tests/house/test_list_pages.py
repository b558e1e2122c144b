"""The check that list pages use shows a query made for each row."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from creasol.accounts.models import User
from creasol.accounts.tests.factories import make_user


@login_not_required
def once(request):
    return HttpResponse([user.email for user in User.objects.all()])


@login_not_required
def once_for_each(request):
    return HttpResponse([User.objects.get(pk=user.pk).email for user in User.objects.all()])


urlpatterns = [path("once/", once), path("once-for-each/", once_for_each)]


@pytest.mark.urls(__name__)
def test_a_query_for_each_row_is_seen(client, assert_constant_queries):
    assert_constant_queries(client, "/once/", make_user)
    with pytest.raises(AssertionError, match=r"^/once-for-each/: \d+ queries, then \d+:"):
        assert_constant_queries(client, "/once-for-each/", make_user)

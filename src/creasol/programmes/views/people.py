"""The staff's screen of people and roles."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from creasol.programmes.actions.memberships import end_membership, grant_membership
from creasol.programmes.forms import GrantForm
from creasol.programmes.queries.memberships import current_memberships, people
from creasol.programmes.queries.programmes import programmes

may_grant = permission_required("programmes.grant_membership", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@may_grant
def desk_people(request):
    today = timezone.localdate()
    mine = programmes().filter(
        pk__in=[
            programme.pk
            for programme in programmes()
            if request.user.has_perm("programmes.grant_membership", programme)
        ]
    )
    form = GrantForm(request.POST or None, programmes=mine)
    if request.method == "POST" and form.is_valid():
        try:
            membership = grant_membership(**form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("%(membership)s: the role is given.") % {"membership": membership})
            return redirect("programmes:desk_people")
    return render(request, "programmes/desk/people.html", {"form": form, "people": people(mine, on=today)})


@require_POST
@may_grant
def end(request, pk):
    today = timezone.localdate()
    membership = get_object_or_404(current_memberships(on=today), pk=pk)
    if not request.user.has_perm("programmes.grant_membership", membership):
        raise PermissionDenied
    label = str(membership)
    end_membership(membership, on=today, by=request.user, at=timezone.now())
    messages.success(request, _("%(membership)s: the role is ended.") % {"membership": label})
    return redirect("programmes:desk_people")

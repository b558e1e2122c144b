"""Entries that may be one organisation: looked at side by side, merged, told apart, parted again."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.pagination import page_of
from creasol.network.actions.merges import distinguish, merge_organisations, part_organisations
from creasol.network.fields import differing_fields
from creasol.network.forms import MergeForm
from creasol.network.models import Organisation
from creasol.network.queries.duplicates import (
    duplicate_pairs,
    merges_to_undo,
    resemblance,
    side_by_side,
    standing_pair,
)
from creasol.network.queries.origins import field_lines

may_merge = permission_required("network.merge_organisations", raise_exception=True)
PAGE_SIZE = 20
LATEST = 20


@require_safe
@may_merge
def duplicates(request):
    """List the pairs to look at, and the merges that can be undone."""
    page = page_of(duplicate_pairs(), request, size=PAGE_SIZE)
    context = {
        "page": page,
        "resemblances": side_by_side(page.object_list),
        "merges": merges_to_undo()[:LATEST],
    }
    return render(request, "network/desk/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_merge
def merge(request, one, other):
    """Show two entries side by side; POST makes one of them, as chosen field by field."""
    first, second = pair_or_404(one, other)
    form = MergeForm(first, second, request.POST or None)
    if request.method == "POST" and form.is_valid():
        wish = form.wish()
        try:
            merge_organisations(**wish, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The two entries are now one. This can be undone below."))
            return redirect("network:desk_organisation", wish["kept"].slug)
    differing = differing_fields(first, second)
    context = {
        "form": form,
        "first": first,
        "second": second,
        "resemblance": resemblance(first, second),
        "same": [line for line in field_lines(first, on=timezone.localdate()) if line.field not in differing],
    }
    return render(request, "network/desk/merge.html", context)


@require_POST
@may_merge
def tell_apart(request, one, other):
    """Note that these are two organisations."""
    first, second = pair_or_404(one, other)
    distinguish(one=first, other=second, by=request.user, at=timezone.now())
    messages.success(request, _("Noted: they are two organisations. Nobody will be asked again."))
    return redirect("network:duplicates")


@require_POST
@may_merge
def undo(request, pk):
    """Part two merged entries."""
    merged = get_object_or_404(merges_to_undo(), pk=pk)
    try:
        part_organisations(merged, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The merge is undone: both entries are as they were."))
    return redirect("network:desk_organisation", merged.kept.slug)


def pair_or_404(one, other) -> tuple[Organisation, Organisation]:
    """Return two different entries that stand, the older first."""
    try:
        first, second = standing_pair(*sorted((one, other)))
    except Organisation.DoesNotExist as error:
        raise Http404 from error
    if first == second:
        raise Http404
    return first, second

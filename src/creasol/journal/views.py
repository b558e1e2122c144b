"""The staff's look at what happened."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.views.decorators.http import require_GET

from creasol.foundation.pagination import page_of

from . import queries
from .forms import EntryFilterForm

PER_PAGE = 50


@require_GET
@permission_required("journal.see_journal", raise_exception=True)
def entry_list(request):
    form = EntryFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = page_of(queries.entries(**wanted), request, size=PER_PAGE)
    context = {"form": form, "page": page, "filtered": any(wanted.values())}
    return render(request, "journal/entry_list.html", context)

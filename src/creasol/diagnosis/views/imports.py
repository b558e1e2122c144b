"""The staff's screen of official files: what is in, what was tried, what is going on."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from creasol.diagnosis.actions.orders import ask_import, stop_import
from creasol.diagnosis.forms.imports import ImportForm
from creasol.diagnosis.queries.imports import all_imports, folder_of_server, import_page, imports_page
from creasol.diagnosis.tasks import carry_out

may_import = permission_required("diagnosis.import_source", raise_exception=True)


@require_http_methods(["GET", "POST"])
@may_import
def import_list(request):
    """Show the datasets, the history and the form; POST asks for an import."""
    from_server = request.user.has_perm("diagnosis.import_from_server")
    form = ImportForm(request.POST or None, request.FILES or None, from_server=from_server)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            order = ask_import(
                source=form.cleaned_data["source"],
                files=form.cleaned_data["files"],
                locations=form.locations,
                vintage=form.cleaned_data["vintage"],
                by=request.user,
                at=timezone.now(),
            )
            carry_out.enqueue(order.pk)
        return redirect("diagnosis:import", order.pk)
    context = {"form": form, "page": imports_page(), "from_server": from_server, "folder": folder_of_server()}
    return render(request, "diagnosis/imports.html", context)


@require_GET
@may_import
def import_detail(request, pk):
    """Show one import; htmx asks for its state alone."""
    page = import_page(get_object_or_404(all_imports(), pk=pk), at=timezone.now())
    template = "diagnosis/components/import_state.html" if request.htmx else "diagnosis/import.html"
    return render(request, template, {"page": page})


@require_POST
@may_import
def stop(request, pk):
    """Stop an import that waits or runs."""
    order = get_object_or_404(all_imports(), pk=pk)
    try:
        stop_import(order, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The import is stopped; the former data stays in place."))
    return redirect("diagnosis:import", pk)

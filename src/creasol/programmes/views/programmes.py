"""The staff's screen of a programme."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from creasol.programmes.actions.programmes import revise_programme
from creasol.programmes.forms import ProgrammeForm
from creasol.programmes.queries.programmes import programmes


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.revise_programme", raise_exception=True)
def revise(request, slug):
    programme = get_object_or_404(programmes(), slug=slug)
    if not request.user.has_perm("programmes.revise_programme", programme):
        raise PermissionDenied
    form = ProgrammeForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            revise_programme(
                programme,
                **form.programme.cleaned_data,
                objectives=form.drafts(),
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The programme is saved."))
            return redirect("programmes:desk_programme", slug)
    return render(request, "programmes/desk/programme.html", {"form": form, "programme": programme})

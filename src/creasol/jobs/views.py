"""The staff's look at the background work."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from . import actions, queries


@require_GET
@permission_required("jobs.see_jobs", raise_exception=True)
def job_list(request):
    return render(request, "jobs/job_list.html", {"workload": queries.workload(at=timezone.now())})


@require_POST
@permission_required("jobs.see_jobs", raise_exception=True)
def retry_job(request, pk):
    job = get_object_or_404(queries.failed_jobs(), pk=pk)
    try:
        actions.retry_job(job, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The job is back in the queue."))
    return redirect("jobs:job_list")

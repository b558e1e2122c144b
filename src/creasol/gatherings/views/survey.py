"""Two questions to those who came, by the link of their registration; what they answered, for the team."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from creasol.foundation.secret_links import secret_link
from creasol.gatherings.actions.survey import answer_survey
from creasol.gatherings.forms.survey import SurveyForm
from creasol.gatherings.models import Gathering
from creasol.gatherings.queries.survey import Survey, survey_for, survey_results
from creasol.places.models import Registration

may_plan = permission_required("gatherings.plan_gathering", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@secret_link
def survey(request, slug, code):
    asked = survey_or_404(slug, code)
    said = {"score": asked.answer.score, "words": asked.answer.words} if asked.answer else {}
    form = SurveyForm(request.POST if request.method == "POST" else None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            answer_survey(form.draft(), registration=asked.registration, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect("gatherings:survey_thanks", slug, code)
    return render(
        request, "gatherings/survey.html", {"survey": asked, "gathering": asked.gathering, "form": form}
    )


@require_safe
@login_not_required
@secret_link
def thanks(request, slug, code):
    asked = survey_or_404(slug, code)
    return render(request, "gatherings/survey_thanks.html", {"survey": asked, "gathering": asked.gathering})


@require_safe
@may_plan
def results(request, slug):
    try:
        found = survey_results(slug, request.user)
    except Gathering.DoesNotExist as error:
        raise Http404 from error
    return render(request, "gatherings/desk/survey.html", {"results": found, "gathering": found.gathering})


def survey_or_404(slug: str, code: str) -> Survey:
    try:
        return survey_for(slug, code, at=timezone.now())
    except (Gathering.DoesNotExist, Registration.DoesNotExist) as error:
        raise Http404 from error

"""The team's screen of the questions asked, and the participants as a file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from creasol.foundation.forms import put_errors
from creasol.foundation.spreadsheets import csv_file
from creasol.places.actions import questions as actions
from creasol.places.exports import participant_header, participant_rows
from creasol.places.forms.questions import QuestionForm
from creasol.places.models import Occasion, Question
from creasol.places.queries.personal import participants_with_answers
from creasol.places.queries.questions import question_of, question_results, questions_of, results_of_one

from .participants import managed_occasion


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request, pk):
    occasion = managed_occasion(request, pk)
    form = QuestionForm(request.POST if request.method == "POST" else None, occasion=occasion)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_question(form.draft(), occasion=occasion, by=request.user, at=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The question is asked from now on."))
            return redirect("places:questions", pk)
    context = {"occasion": occasion, "results": question_results(occasion), "form": form}
    return render(request, "places/desk/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revise_question(request, pk, question):
    occasion = managed_occasion(request, pk)
    asked = question_or_404(occasion, question)
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        initial=QuestionForm.told_by(asked),
        occasion=occasion,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_question(asked, form.draft(), by=request.user, at=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The question is saved."))
            return redirect("places:questions", pk)
    result = results_of_one(question_or_404(occasion, question))
    context = {"occasion": occasion, "result": result, "question": result.question, "form": form}
    return render(request, "places/desk/question.html", context)


@require_POST
def move_question(request, pk, question):
    occasion = managed_occasion(request, pk)
    up = request.POST.get("up") == "1"
    actions.move_question(question_or_404(occasion, question), up=up, by=request.user, at=timezone.now())
    return redirect("places:questions", pk)


@require_POST
def remove_question(request, pk, question):
    occasion = managed_occasion(request, pk)
    erased = actions.remove_question(question_or_404(occasion, question), by=request.user, at=timezone.now())
    words = ngettext(
        "The question is not asked any more; %(count)d answer is erased.",
        "The question is not asked any more; %(count)d answers are erased.",
        erased,
    )
    messages.success(request, words % {"count": erased})
    return redirect("places:questions", pk)


@require_POST
def participants_file(request, pk):
    """Answer the participants with their answers as a file; the journal notes it."""
    occasion = managed_occasion(request, pk)
    asked = questions_of(occasion)
    rows = list(participant_rows(participants_with_answers(occasion), asked))
    actions.note_export(occasion, lines=len(rows), by=request.user, at=timezone.now())
    response = csv_file(f"participants-{occasion.pk}.csv", participant_header(asked), rows)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def question_or_404(occasion: Occasion, pk: int) -> Question:
    try:
        return question_of(occasion, pk)
    except Question.DoesNotExist as error:
        raise Http404 from error

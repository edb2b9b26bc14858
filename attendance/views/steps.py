"""One step on a page of its own: a question with its form, facts beside it, what follows."""

from django.shortcuts import render

# What most steps leave out.
USUAL = {
    "room": "Wróć",
    "facts": [],
    "consequences": [],
    "rule": "",
    "irreversible": False,
    "danger": False,
    "obstacle": "",
    "shown": None,
}


def step_page(request, form, **words):
    """`words`: what `step.html` lists; beside what is usual, heading, question, submit and `cancel`, the way back."""
    context = {**USUAL, "form": form, **words}
    return render(request, "attendance/step.html", context, status=422 if form and form.errors else 200)

"""Words that are looked at first, and limits, place by place."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import Area, Level
from linli.common import clock
from linli.people.api import may, needs
from linli.sites.api import site_urls

from ..actions.speech import set_limits, set_words
from ..forms.limits import LimitsForm
from ..forms.moderation import WordsForm
from ..models import SpeechRules, Word
from ..permissions import F
from ..queries.speech import limits_for, words_for
from .moderating import actor_of, tried

page = require_http_methods(["GET", "HEAD", "POST"])
MOST = 60


def _place(request: HttpRequest, pk: int) -> Area:
    place = get_object_or_404(
        Area, pk=pk, valid_to=None, level__in=(Level.STREET, Level.COMMUNITY, Level.COMPOUND)
    )
    actor = actor_of(request)
    if actor.acting is None or not may(actor, F.FORUM_BOARDS, place):
        raise Http404
    return place


@require_safe
@needs(F.FORUM_BOARDS)
def places(request: HttpRequest) -> HttpResponse:
    """The actor's places, each with its rules, words and limits."""
    rows = Area.objects.under_any(actor_of(request).paths_for(F.FORUM_BOARDS)).filter(
        valid_to=None, level__in=(Level.STREET, Level.COMMUNITY, Level.COMPOUND)
    )
    found = list(rows.order_by("path")[:MOST])
    urls = site_urls([place.pk for place in found])
    versions = dict(
        SpeechRules.objects.filter(place__in=found).order_by("version").values_list("place", "version")
    )
    counts: dict[int, int] = {}
    for key in Word.objects.filter(place__in=found).values_list("place", flat=True):
        counts[key] = counts.get(key, 0) + 1
    lines = [
        {
            "place": place,
            "url": urls.get(place.pk, ""),
            "version": versions.get(place.pk),
            "words": counts.get(place.pk, 0),
        }
        for place in found
    ]
    return render(request, "forum/desk/places.html", {"lines": lines})


@page
@needs(F.FORUM_BOARDS)
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """The place's own list; those of the places above are shown beside it."""
    place = _place(request, pk)
    own = list(Word.objects.filter(place=place).values_list("word", flat=True))
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"words": "\n".join(own)})
    if request.method == "POST" and form.is_valid():
        lines = form.cleaned_data["words"].splitlines()
        done = tried(
            request, form, lambda: set_words(place=place, words=lines, by=actor_of(request), now=clock.now())
        )
        if done is not None:
            messages.success(request, _("存好了，%(n)d 个词") % {"n": done})
            return redirect("forum:words", place.pk)
    above = [word for word in words_for(place) if word not in own]
    return render(request, "forum/desk/words.html", {"form": form, "place": place, "above": above})


@page
@needs(F.FORUM_BOARDS)
def limits(request: HttpRequest, pk: int) -> HttpResponse:
    """What each level needs and what it gives, and what counts as flooding."""
    place = _place(request, pk)
    found = limits_for(place)
    form = LimitsForm(request.POST if request.method == "POST" else None, limits=found)
    if request.method == "POST" and form.is_valid():
        done = tried(
            request, form,
            lambda: set_limits(
                place=place, levels=form.levels(), figures=form.figures(), by=actor_of(request), now=clock.now()
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("存好了，从现在起算数"))
            return redirect("forum:limits", place.pk)
    return render(request, "forum/desk/limits.html", {"form": form, "place": place, "limits": found})

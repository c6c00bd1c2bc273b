"""Words that are looked at first, and limits, place by place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import Area, Level
from linli.common import clock
from linli.people.api import may, needs
from linli.sites.api import site_urls

from ..actions.speech import set_limits, set_words
from ..forms.moderation import WordsForm
from ..models import SpeechRules, Word
from ..permissions import F
from ..queries.speech import limits_for, words_for
from ..speech_rules import LEVEL_FIELDS, as_data
from .moderating import actor_of, tried

page = require_http_methods(["GET", "HEAD", "POST"])
MOST = 60
LABELS = {
    "days": gettext_lazy("住下多少天"), "posts": gettext_lazy("发过多少条"), "quiet": gettext_lazy("多少天没被处理"),
    "posts_hour": gettext_lazy("每小时发几条"), "topics_day": gettext_lazy("每天开几个话题"), "pictures": gettext_lazy("一条放几张照片"),
    "links": gettext_lazy("一条放几个网址"), "mentions": gettext_lazy("一条点几个名字"), "reports_day": gettext_lazy("每天举报几次"),
}  # fmt: skip


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
    """What each level needs and what it gives."""
    place = _place(request, pk)
    found = limits_for(place)
    form = LevelsForm(request.POST if request.method == "POST" else None, limits=found)
    if request.method == "POST" and form.is_valid():
        done = tried(
            request, form,
            lambda: set_limits(
                place=place, levels=form.levels(), figures=as_data(found.figures), by=actor_of(request), now=clock.now()
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("存好了，从现在起算数"))
            return redirect("forum:limits", place.pk)
    return render(request, "forum/desk/limits.html", {"form": form, "place": place, "limits": found})


class LevelsForm(forms.Form):
    """One field a level and figure: `1-posts_hour`."""

    def __init__(self, *args: Any, limits: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.count = len(limits.levels)
        for number, level in enumerate(limits.levels):
            for name in LEVEL_FIELDS:
                label = _("第 %(n)d 级：%(what)s") % {"n": number + 1, "what": LABELS[name]}
                fixed = number == 0 and name in ("days", "posts", "quiet")
                self.fields[f"{number}-{name}"] = forms.IntegerField(
                    label=label, min_value=0, max_value=100_000, initial=getattr(level, name), disabled=fixed,
                    widget=forms.NumberInput({"class": "short", "aria-label": label}),
                )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """A row a figure, a cell a level."""
        return [
            {"label": LABELS[name], "cells": [self[f"{n}-{name}"] for n in range(self.count)]}
            for name in LEVEL_FIELDS
        ]

    def levels(self) -> list[dict[str, int]]:
        return [{name: self.cleaned_data[f"{n}-{name}"] for name in LEVEL_FIELDS} for n in range(self.count)]

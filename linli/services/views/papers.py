"""One's own papers: given once, kept sealed, shown for one purpose at a time. A helper with a mandate may do it too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.files.api import store_upload
from linli.people.api import MandateScope, Person, signed_in, within

from ..actions import papers as actions
from ..forms.papers import PaperForm, RenewForm, ShareForm
from ..models import Paper, PaperShare, PaperVersion
from ..paper_rules import Validity
from ..queries import papers as read
from .doors import actor_of, blame

page = require_http_methods(["GET", "HEAD", "POST"])
TONES = {Validity.GOOD: ("good", "check"), Validity.SOON: ("wait", "clock"), Validity.OVER: ("bad", "alert")}


def _person(request: HttpRequest) -> Person:
    """Whose papers these are: one's own, or the one's for whom one acts."""
    person = actor_of(request).principal
    assert person is not None
    return person


def _own(request: HttpRequest, pk: UUID) -> Paper:
    paper = read.own_paper(_person(request), pk)
    if paper is None:
        raise Http404
    return paper


def _line(paper: Paper) -> dict[str, Any]:
    now, version = clock.now(), read.newest(paper)
    stands = version.stands_on(clock.local_date(now))
    tone, icon = TONES[stands]
    shown = [
        share
        for one in paper.versions.all()
        for share in one.shares.all()
        if share.ended_at is None and share.until > now
    ]
    return {
        "paper": paper,
        "version": version,
        "stands": stands.label,
        "tone": tone,
        "icon": icon,
        "shown": shown,
    }


@require_safe
@signed_in
@within(MandateScope.APPLICATIONS)
def papers(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    lines = [_line(paper) for paper in read.papers_of(person)]
    return render(
        request,
        "services/papers/list.html",
        {"lines": lines, "person": person, "for_other": _for_other(request)},
    )


def _for_other(request: HttpRequest) -> bool:
    return actor_of(request).mandate is not None


@require_safe
@signed_in
@within(MandateScope.APPLICATIONS)
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What stands in it, what stood in it before, and who may look or looked."""
    found = _own(request, pk)
    line = _line(found)
    shares = [share for version in found.versions.all() for share in version.shares.all()]
    context = {
        **line,
        "files": read.files_of(line["version"]),
        "shares": shares,
        "now": clock.now(),
        "older": list(found.versions.all())[1:],
    }
    return render(request, "services/papers/paper.html", context)


@page
@signed_in
@within(MandateScope.APPLICATIONS)
def paper_new(request: HttpRequest) -> HttpResponse:
    person, now = _person(request), clock.now()
    form = PaperForm(request.POST if request.method == "POST" else None, request.FILES or None)

    def save() -> PaperVersion:
        data = form.cleaned_data
        return actions.give_paper(
            person=person,
            kind=data["kind"],
            name=data["name"],
            facts=form.facts(),
            key=data["key"],
            by=actor_of(request),
            now=now,
        )

    if request.method == "POST" and (version := _kept(request, form, save)):
        messages.success(request, _("放好了。以后要用，点一下就行"))
        return redirect("services:paper", version.paper_id)
    return render(
        request,
        "services/papers/edit.html",
        {"form": form, "paper": None, "person": person, "for_other": _for_other(request)},
    )


@page
@signed_in
@within(MandateScope.APPLICATIONS)
def paper_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, now = _own(request, pk), clock.now()
    old = read.newest(found)
    form = RenewForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={"issuer": old.issuer},
    )

    def save() -> PaperVersion:
        return actions.renew_paper(paper=found, facts=form.facts(), by=actor_of(request), now=now)

    if request.method == "POST" and _kept(request, form, save):
        messages.success(request, _("换上新的了"))
        return redirect("services:paper", found.pk)
    return render(request, "services/papers/edit.html", {"form": form, "paper": found})


def _kept(request: HttpRequest, form: RenewForm, save: Callable[[], PaperVersion]) -> PaperVersion | None:
    """The version with its picture, both or neither; None with the errors in the form."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            version, file = save(), form.cleaned_data["file"]
            if file:
                store_upload(
                    file, owner=(read.OWNER, version.pk), by=actor_of(request), purpose="paper", alt=str(version.paper), now=clock.now(),
                    once=f"paper:{version.pk}",
                )  # fmt: skip
    except UserError as error:
        blame(form, error)
        return None
    return version


@page
@signed_in
@within(MandateScope.APPLICATIONS)
def paper_share(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, now = _own(request, pk), clock.now()
    offices = read.offices_near(_person(request), clock.local_date(now))
    form = ShareForm(request.POST if request.method == "POST" else None, offices=offices)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.share_paper(
                paper=found,
                body=data["body"],
                purpose=data["purpose"],
                days=data["days"],
                by=actor_of(request),
                now=now,
            )
        except UserError as error:
            blame(form, error)
        else:
            messages.success(request, _("%(name)s现在能看了，到期自己收回") % {"name": data["body"].name})
            return redirect("services:paper", found.pk)
    return render(request, "services/papers/share.html", {"form": form, "paper": found})


@require_POST
@signed_in
@within(MandateScope.APPLICATIONS)
def share_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    share = get_object_or_404(
        PaperShare.objects.select_related("version__paper"), pk=pk, version__paper__person=_person(request)
    )
    actions.end_share(share=share, by=actor_of(request), now=clock.now())
    messages.success(request, _("收回了，不能再看"))
    return redirect("services:paper", share.version.paper_id)


@page
@signed_in
@within(MandateScope.APPLICATIONS)
def paper_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _own(request, pk)
    if request.method == "POST":
        actions.remove_paper(paper=found, by=actor_of(request), now=clock.now())
        messages.success(request, _("拿掉了，照片和号码都删了"))
        return redirect("services:papers")
    return render(request, "services/papers/remove.html", {"paper": found})

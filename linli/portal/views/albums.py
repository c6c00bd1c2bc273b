"""The albums of a site: the grid, a picture of its own page, making and arranging, reports."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.common.pagecache import cached, midnight
from linli.people.api import needs, public, signed_in
from linli.sites.api import Site, may_at, of_site, site_tags, stand_in

from ..actions.albums import (
    change_album,
    decide_report,
    is_own,
    make_album,
    may_change,
    may_withdraw,
    report_picture,
    withdraw_album,
)
from ..album_rules import AlbumState, ReportState, neighbours
from ..blog_forms import AlbumEditForm, AlbumForm, DecideForm, ReasonForm, ReportForm
from ..blog_permissions import B, may_write
from ..blog_queries import album_tags, albums_of, first_pictures, open_reports, picture_tags
from ..models import Album, AlbumPicture, PictureReport
from .blog import ASK, actor_of, sent

PAGE = 24
EDITED = 12


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), "posts", "bodies"), query=("page",), valid_until=midnight)
@of_site
def albums(request: HttpRequest, site: Site) -> HttpResponse:
    page = Paginator(albums_of(site), PAGE).get_page(request.GET.get("page"))
    covers = first_pictures(list(page.object_list))
    rows = [{"album": album, "cover": covers[album.pk][0]} for album in page.object_list if covers[album.pk]]
    actor = actor_of(request)
    context = {"page": page, "rows": rows, "may_write": may_write(actor, B.ALBUM_WRITE, site), "signed": actor.person}
    return render(request, "portal/albums/list.html", context)


def _album(request: HttpRequest, pk: UUID) -> Album:
    album = Album.objects.whole().filter(pk=pk, state=AlbumState.SHOWN).first()
    if album is None:
        raise Http404
    stand_in(request, album.site)
    return album


@require_safe
@public
@cached(tags=album_tags, query=("page",), valid_until=midnight)
def album(request: HttpRequest, pk: UUID) -> HttpResponse:
    album, actor = _album(request, pk), actor_of(request)
    rows = album.pictures.select_related("file")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "album": album, "page": page, "pictures": list(page.object_list), "cover": rows.filter(pk=album.cover_id).first() or rows.first(),
        "may_change": may_change(actor, album), "may_withdraw": may_withdraw(actor, album),
    }  # fmt: skip
    return render(request, "portal/albums/album.html", context)


def _picture(request: HttpRequest, pk: UUID) -> AlbumPicture:
    rows = AlbumPicture.objects.select_related("album__site__place", "album__site__body", "album__author", "album__body", "file")
    picture: AlbumPicture = get_object_or_404(rows, pk=pk, album__state=AlbumState.SHOWN)
    stand_in(request, picture.album.site)
    return picture


@require_safe
@public
@cached(tags=picture_tags, valid_until=midnight)
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One picture, with the way to the next and back."""
    picture = _picture(request, pk)
    keys = list(picture.album.pictures.values_list("pk", flat=True))
    before, after = neighbours(keys, picture.pk)
    context = {"picture": picture, "before": before, "after": after, "nth": keys.index(picture.pk) + 1, "all": len(keys), "back_to": keys.index(picture.pk) // PAGE + 1}
    return render(request, "portal/albums/picture.html", context)


@require_http_methods(ASK)
@signed_in
@of_site
def new(request: HttpRequest, site: Site) -> HttpResponse:
    actor = actor_of(request)
    if not may_write(actor, B.ALBUM_WRITE, site):
        raise Http404
    form = AlbumForm(sent(request), request.FILES or None, actor=actor, writer=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_album(by=actor, site=site, as_office=form.as_office, now=clock.now(), **form.values())
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("相册建好了。给每张图写一句它是什么，看不见的人也能“看”到"))
            return redirect("portal:album_edit", made.pk)
    if request.method == "POST":
        form.keep(clock.now())
    return render(request, "portal/albums/new.html", {"form": form})


@require_http_methods(ASK)
@signed_in
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its words, and its pictures page by page; what is sent of one page changes no other."""
    album, actor = _album(request, pk), actor_of(request)
    if not may_change(actor, album):
        raise Http404
    rows = list(enumerate(album.pictures.select_related("file"), 1))
    page = Paginator(rows, EDITED).get_page(request.GET.get("page"))
    there = page.object_list if request.method != "POST" else [one for one in rows if f"nth_{one[1].pk}" in request.POST]
    first = {"title": album.title, "lead": album.lead, "cover": str(album.cover_id or "")}
    form = AlbumEditForm(sent(request), request.FILES or None, writer=actor, there=there, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            change_album(by=actor, album=album, now=clock.now(), **form.changes())
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("存好了"))
            url = reverse("portal:album_edit", args=[album.pk])
            on = request.POST.get("do") == "next" and page.has_next()
            return redirect(f"{url}?page={page.next_page_number()}" if on else reverse("portal:album", args=[album.pk]))
    if request.method == "POST":
        form.keep(clock.now())
    return render(request, "portal/albums/edit.html", {"form": form, "album": album, "page": page})


@require_http_methods(ASK)
@signed_in
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    album, actor = _album(request, pk), actor_of(request)
    if not may_withdraw(actor, album):
        raise Http404
    own = is_own(actor, album)
    form = ReasonForm(sent(request), own=own)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_album(by=actor, album=album, reason=form.cleaned_data["reason"], now=clock.now())
        except UserError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("相册撤下了，图片已删除"))
            return redirect("portal:albums", album.site.slug)
    return render(request, "portal/albums/withdraw.html", {"form": form, "album": album, "own": own})


@require_http_methods(ASK)
@signed_in
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that this picture should not be there."""
    picture = _picture(request, pk)
    form = ReportForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            report_picture(by=actor_of(request), picture=picture, reason=form.cleaned_data["reason"], now=clock.now())
        except UserError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("收到了。居委会看过以后告诉您结果"))
            return redirect("portal:album_picture", picture.pk)
    return render(request, "portal/albums/report.html", {"form": form, "picture": picture})


@require_safe
@needs(B.BLOG_MODERATE)
def reports(request: HttpRequest) -> HttpResponse:
    """The pictures that were reported in one's places."""
    page = Paginator(open_reports(actor_of(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/albums/reports.html", {"page": page})


@require_http_methods(ASK)
@needs(B.BLOG_MODERATE)
def report_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = PictureReport.objects.select_related("album__site__place", "album__site__body", "picture__file")
    report: PictureReport = get_object_or_404(rows, pk=pk)
    if not may_at(actor_of(request), B.BLOG_MODERATE, report.album.site):
        raise Http404
    form = DecideForm(sent(request))
    if request.method == "POST" and form.is_valid():
        remove = request.POST.get("do") == "remove"
        try:
            decide_report(by=actor_of(request), report=report, remove=remove, answer=form.cleaned_data["answer"], now=clock.now())
        except UserError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("办好了，双方都会收到消息"))
            return redirect("portal:picture_reports")
    is_open = report.state == ReportState.OPEN
    return render(request, "portal/albums/report_one.html", {"report": report, "form": form, "is_open": is_open})

"""The blog of a site: its list, a post, its history, and writing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock, slots
from linli.common.errors import UserError
from linli.common.pagecache import cached, midnight
from linli.common.privacy_check import find_private
from linli.people.api import Actor, public, signed_in
from linli.sites.api import Site, may_at, of_site, site_tags, stand_in

from ..actions.blog import (
    PrivateFound,
    discard_draft,
    is_own,
    may_change,
    may_withdraw,
    save_post,
    withdraw_post,
)
from ..blog_forms import PostForm, ReasonForm
from ..blog_permissions import B, may_write
from ..blog_queries import post_tags, posts_of
from ..blog_rules import BlogState
from ..models import BlogPost

PAGE = 20
ASK = ["GET", "HEAD", "POST"]


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def sent(request: HttpRequest) -> Any:
    """What was sent, also where it is empty."""
    return request.POST if request.method == "POST" else None


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), "posts", "bodies"), query=("page",), valid_until=midnight)
@of_site
def posts(request: HttpRequest, site: Site) -> HttpResponse:
    page = Paginator(posts_of(site).prefetch_related("pictures__file"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_write": may_write(actor_of(request), B.BLOG_WRITE, site), "signed": actor_of(request).person}
    return render(request, "portal/blog/list.html", context)


def _post(request: HttpRequest, pk: UUID) -> BlogPost:
    post = BlogPost.objects.whole().filter(pk=pk).first()
    if post is None:
        raise Http404
    stand_in(request, post.site)
    return post


@require_safe
@public
@cached(tags=post_tags, valid_until=midnight)
def post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A post. One that was withdrawn is shown to its author and to whoever may withdraw."""
    post, actor = _post(request, pk), actor_of(request)
    looks_after = post.state == BlogState.WITHDRAWN and may_at(actor, B.BLOG_MODERATE, post.site)
    if post.state != BlogState.PUBLISHED and not looks_after and not is_own(actor, post):
        raise Http404
    last = post.versions.order_by("-pk").first()
    others = posts_of(post.site).exclude(pk=post.pk)[:3]
    context = {
        "post": post, "pictures": post.pictures.select_related("file"), "edits": post.versions.filter(event="edit").count(),
        "last": last, "others": others, "may_change": may_change(actor, post), "may_withdraw": may_withdraw(actor, post),
        "below": slots.entries("blog.below", request, post=post),
    }  # fmt: skip
    return render(request, "portal/blog/post.html", context)


@require_safe
@public
@cached(tags=post_tags, valid_until=midnight)
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the post said before; a version that seems to hold personal data is named, not shown."""
    post = _post(request, pk)
    if post.state != BlogState.PUBLISHED:
        raise Http404
    versions = list(post.versions.select_related("by").order_by("-pk"))
    lines = [{"version": one, "hidden": bool(find_private(f"{one.title}\n{one.text}"))} for one in versions]
    if lines:
        lines[0]["hidden"] = False  # it is what everybody reads anyway
    return render(request, "portal/blog/history.html", {"post": post, "lines": lines})


@require_safe
@public
@cached(tags=post_tags, query=("page",), valid_until=midnight)
def by_author(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What else on this site has the signature of this post."""
    post = _post(request, pk)
    if post.state != BlogState.PUBLISHED:
        raise Http404
    mine = posts_of(post.site).filter(body=post.body)
    mine = mine if post.body_id else mine.filter(author=post.author)
    page = Paginator(mine.prefetch_related("pictures__file"), PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/blog/author.html", {"post": post, "page": page})


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """One's own drafts, posts and what was withdrawn, with the reason."""
    actor = actor_of(request)
    rows = BlogPost.objects.whole().filter(author=actor.person).prefetch_related("versions").order_by("-changed_at")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/blog/mine.html", {"page": page})


@require_http_methods(ASK)
@signed_in
@of_site
def new(request: HttpRequest, site: Site) -> HttpResponse:
    if not may_write(actor_of(request), B.BLOG_WRITE, site):
        raise Http404
    form = PostForm(sent(request), request.FILES or None, actor=actor_of(request), writer=actor_of(request))
    return _ask(request, form, site, None)


@require_http_methods(ASK)
@signed_in
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    post = _post(request, pk)
    if not may_change(actor_of(request), post):
        raise Http404
    form = PostForm(
        sent(request), request.FILES or None, writer=actor_of(request), there=post.pictures.select_related("file"),
        initial={"title": post.title, "text": post.text},
    )  # fmt: skip
    return _ask(request, form, post.site, post)


def _ask(request: HttpRequest, form: PostForm, site: Site, post: BlogPost | None) -> HttpResponse:
    """The form; sent, the draft or the post."""
    if request.method == "POST" and request.POST.get("do") == "discard" and post is not None:
        return _discard(request, post)
    if request.method == "POST" and form.is_valid():
        publish = request.POST.get("do") == "publish"
        more: dict[str, Any] = {} if post else {"as_office": form.as_office}
        try:
            saved = save_post(by=actor_of(request), site=site, post=post, publish=publish, now=clock.now(), **more, **form.values())
        except UserError as error:
            form.warned = isinstance(error, PrivateFound)
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return _saved(request, saved)
    if request.method == "POST":
        form.keep(clock.now())
    return render(request, "portal/blog/form.html", {"form": form, "post": post})


def _saved(request: HttpRequest, post: BlogPost) -> HttpResponse:
    if post.state == BlogState.DRAFT:
        messages.success(request, _("草稿存好了，在哪台手机登录都能接着写"))
        return redirect("portal:blog_edit", post.pk)
    messages.success(request, _("发布了，%(name)s的人都能看到") % {"name": post.site.name})
    return redirect("portal:blog_post", post.pk)


def _discard(request: HttpRequest, post: BlogPost) -> HttpResponse:
    try:
        discard_draft(by=actor_of(request), post=post)
    except UserError:
        raise Http404 from None
    messages.success(request, _("草稿扔掉了"))
    return redirect("portal:blog_mine")


@require_http_methods(ASK)
@signed_in
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    post = _post(request, pk)
    if not may_withdraw(actor_of(request), post):
        raise Http404
    own = is_own(actor_of(request), post)
    form = ReasonForm(sent(request), own=own)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_post(by=actor_of(request), post=post, reason=form.cleaned_data["reason"], now=clock.now())
        except UserError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("撤回了"))
            return redirect("portal:blog", post.site.slug)
    return render(request, "portal/blog/withdraw.html", {"form": form, "post": post, "own": own})

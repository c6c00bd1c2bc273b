"""Every form whose words others read: turning marks and page code are said at their field, the text is kept, nothing saved."""

from datetime import timedelta
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from linli.activities.actions.events import Facts, create_event, publish_event
from linli.common import clock
from linli.design.forms import PlainForm
from linli.files import storage
from linli.people.models import Body
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post
from linli.portal.actions.albums import report_picture
from linli.sites.actions.groups import ask_for_group, open_group

from .blog_kit import make_town, show, small, write
from .directory_kit import make_entry
from .notice_kit import write as write_notice

pytestmark = pytest.mark.django_db
SCRIPT, TURNED = "<script>alert(1)</script>", "停水\u202e知通"
MODULES = [
    "linli.portal.blog_forms", "linli.portal.notice_forms", "linli.portal.notice_small_forms", "linli.portal.directory_forms",
    "linli.activities.forms.event", "linli.activities.forms.signup", "linli.sites.group_forms", "linli.studio.forms",
]  # fmt: skip
NOT_READ = {"CodeForm", "FilterForm", "ExchangeForm"}  # a code, choices, a file
GROUP = {
    "kind": "club",
    "name": "缝纫小组",
    "purpose": "教锁边，谁都可以来",
    "contact": "周六 14:00，社区 2 楼",
}
EVENT = {
    "title": "改旧衣",
    "starts_day": "2026-05-23",
    "starts_time": "14:00",
    "ends_time": "16:00",
    "where": "社区 2 楼",
}
ENTRY = {"name": "苗师傅", "phones": "555 0166"}
NOTICE = {"title": "停水", "text": "存点水", "valid_until": "2026-05-29"}
POST = {"title": "桥", "text": "早点摊", "do": "publish"}

# page: (who, route, what it is about, what is filled in)
PAGES = {
    "a new post": ("resident", "portal:blog_new", "slug", POST | {"new_alt": "桥"}),
    "a draft": ("resident", "portal:blog_new", "slug", POST | {"do": "draft"}),
    "a post changed": ("resident", "portal:blog_edit", "post", POST),
    "a post withdrawn": ("committee", "portal:blog_withdraw", "post", {}),
    "a new album": ("resident", "portal:album_new", "slug", {"title": "河边"}),
    "an album changed": ("resident", "portal:album_edit", "album", {}),
    "an album withdrawn": ("committee", "portal:album_withdraw", "album", {}),
    "a picture reported": ("resident", "portal:picture_report", "picture", {}),
    "a report decided": ("committee", "portal:picture_report_one", "report", {}),
    "a new event": ("committee", "activities:new", "", EVENT),
    "an event changed": ("committee", "activities:edit", "event", {}),
    "an event cancelled": ("committee", "activities:cancel", "event", {}),
    "a guest signed up": ("committee", "activities:add", "event", {"how": "counter"}),
    "a group asked for": ("resident", "sites:group_new", "", GROUP),
    "a group opened": ("committee", "sites:group_new", "", GROUP),
    "a group refused": ("committee", "sites:group_one", "wish", {"do": "refuse"}),
    "a group's words": ("committee", "sites:group", "group", {"do": ""}),
    "a new number": ("station", "portal:phone_new", "", ENTRY),
    "a number changed": ("station", "portal:phone_edit", "entry", {}),
    "a number reported": ("resident", "portal:phone_wrong", "entry", {"kind": "other"}),
    "a new notice": ("editor", "portal:notice_new", "", NOTICE),
    "a notice changed": ("editor", "portal:notice_edit", "notice", {}),
    "a site's look": ("editor", "studio:look", "community", {}),
    "a file of a site": ("editor", "studio:desk_files", "community", {"title": "申请表"}),
}  # fmt: skip


@pytest.fixture
def town(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(storage, "root", lambda: tmp_path / "files")
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LINLI_PAGE_CACHE, settings.LINLI_STAFF_SECOND_FACTOR = 0, False
    town = make_town()
    body = make_body(BodyKind.SERVICE_STATION, town["community_a"], name="服务站")
    town["station"] = actor_of(make_post(make_person("顾晓芸"), body, Role.SERVICE_STATION).person)
    return town


def about(town, what):
    """The thing that a page is about, made when it is asked for."""
    site, now = town["site_compound_a1"], NOW
    match what:
        case "":
            return []
        case "slug":
            return [site.slug]
        case "community":
            return [town["site_community_a"].slug]
        case "post":
            return [write(town["resident"], site, uploads=[(small(), "图")]).pk]
        case "album":
            return [show(town["resident"], site, n=1).pk]
        case "picture":
            return [show(town["resident"], site, n=1).pictures.get().pk]
        case "report":
            picture = show(town["resident"], site, n=1).pictures.get()
            return [report_picture(by=town["resident"], picture=picture, reason="看得清门牌", now=now).pk]
        case "event":
            body = Body.objects.get(pk=town["committee"].acting.body_id)
            facts = Facts(
                title="改旧衣",
                where="2 楼",
                starts=now + timedelta(days=3),
                ends=now + timedelta(days=3, hours=1),
            )
            event = create_event(
                facts=facts, place=town["community_a"], body=body, by=town["committee"], now=now
            )
            return [publish_event(event=event, by=town["committee"], now=now).pk]
        case "wish" | "group":
            wish = ask_for_group(
                by=town["resident"],
                place=town["compound_a1"],
                now=now,
                lead="",
                slug="",
                holder=None,
                **GROUP,
            )
            if what == "wish":
                return [wish.pk]
            return [open_group(by=town["committee"], application=wish, now=now).site.slug]
        case "entry":
            return [make_entry(town["community_a"]).pk]
        case "notice":
            return [write_notice(town, "compound_a1").pk]
    raise AssertionError(what)


def snapshot():
    """All that forms could have written."""
    labels = ("linli_portal", "linli_activities", "linli_sites", "linli_studio", "linli_files")
    return {
        model: list(model.objects.order_by("pk").values())
        for label in labels
        for model in apps.get_app_config(label).get_models()
    }


def form_of(answer):
    return answer.context["asked"] if "asked" in answer.context else answer.context["form"]


def typed_fields(form):
    return [
        name
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField) and not field.widget.is_hidden
    ]


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_plain_is_said_at_its_field_kept_and_not_saved(page, town, client):
    who, route, what, filled = PAGES[page]
    url = reverse(route, args=about(town, what))
    client.force_login(town[who].person, backend=settings.AUTHENTICATION_BACKENDS[0])
    first = client.get(url)
    assert first.status_code == 200, first
    form, before = form_of(first), snapshot()
    there = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in there.items() if value not in (None, False, "")} | filled
    names = typed_fields(form)
    assert names
    for name in names:
        for text, said in ((SCRIPT, "网页代码"), (TURNED, "顺序")):
            answer = client.post(url, data | {name: text})
            assert answer.status_code in (200, 400, 422), (name, answer.status_code)
            sent = form_of(answer)
            assert any(said in error for error in sent.errors.get(name, [])), (name, sent.errors)
            assert sent[name].value() == text
            html = answer.content.decode()
            assert SCRIPT not in html and (text != SCRIPT or "&lt;script&gt;" in html), name
    assert snapshot() == before


@pytest.mark.parametrize("module", MODULES)
def test_every_form_that_takes_text_is_a_plain_form(module):
    found = [
        one
        for one in vars(import_module(module)).values()
        if isinstance(one, type) and issubclass(one, forms.Form)
    ]
    own = [one for one in found if one.__module__ == module and one.__name__ not in NOT_READ]
    assert own and all(issubclass(one, PlainForm) for one in own)


def test_a_plain_form_looks_at_fields_that_come_later_but_not_at_hidden_ones():
    class Asked(PlainForm):
        once = forms.CharField(widget=forms.HiddenInput)
        number = forms.IntegerField()

    form = Asked({"once": SCRIPT, "number": SCRIPT, "later": SCRIPT})
    form.fields["later"] = forms.CharField()
    assert (
        set(form.errors) == {"number", "later"}
        and "网页代码" in form.errors["later"][0]
        and "网页代码" not in form.errors["number"][0]
    )
    again = Asked({"once": "x", "number": "1"})
    assert again.is_valid() and again.is_valid()

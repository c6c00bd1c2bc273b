"""The editor: who comes in, what is open, what comes out."""

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page

from linli.people.rules import Role
from linli.people.tests.factories import make_person
from linli.studio.models import GuidePage, HomePage, LibraryFile
from linli.studio.tests.factories import (
    browser,
    editor_at,
    guide_form,
    home_of,
    make_guide,
    rich,
    stream,
    town,
)

pytestmark = pytest.mark.django_db


class World:
    def __init__(self):
        self.places = town()
        self.a, self.b = self.places["community_a"], self.places["community_b"]
        self.person = editor_at(self.a)
        self.editor = browser(self.person)
        self.checker = browser(editor_at(self.a, Role.RESIDENTS_COMMITTEE, "沈玉兰"))
        self.other = browser(editor_at(self.b, name="别处的人"))


@pytest.fixture
def world():
    return World()


def new_guide(client, home, **fields):
    return client.post(f"/studio/pages/add/linli_studio/guidepage/{home.pk}/", guide_form(**fields))


def test_an_editor_arranges_the_first_page(world):
    answer = world.editor.post("/desk/site/qingzhuanli/arrange/")
    home = HomePage.objects.get()
    assert answer["Location"] == f"/studio/pages/{home.pk}/edit/" and not home.live
    page = world.editor.get(answer["Location"])
    assert page.status_code == 200
    for path in (
        "",
        f"pages/{home.pk}/",
        f"pages/{home.pk}/history/",
        f"pages/{home.pk}/add_subpage/",
        "jsi18n/",
        "sprite/",
    ):
        assert world.editor.get(f"/studio/{path}", follow=True).status_code == 200, path


def test_an_anonymous_visitor_is_sent_to_sign_in_and_a_resident_finds_nothing(world):
    home = home_of(world.a)
    resident = browser(make_person("何立群"))
    for path in (
        "/studio/",
        f"/studio/pages/{home.pk}/edit/",
        "/studio/no/such/room/",
        "/studio/login/",
        "/studio/api/main/pages/",
    ):
        answer = Client().get(path)
        assert answer.status_code == 302 and answer["Location"].startswith("/account/login/"), path
        assert resident.get(path).status_code == 404, path
    assert resident.get("/desk/site/").status_code == 404


def test_rooms_that_we_do_not_use_are_not_there_even_for_a_checker(world):
    home = home_of(world.a)
    for path in (
        "users/", "groups/", "reports/locked/", "collections/", "workflows/list/", "account/", "password_reset/", "logout/", "redirects/",
        f"pages/{home.pk}/copy/", f"pages/{home.pk}/move/", f"pages/{home.pk}/privacy/", "choose-page/", "snippets/", "failwhale/",
        "api/main/images/", "api/main/documents/", "sites/", "locales/", "bulk/wagtailcore/page/delete/", "pages/search/",
    ):  # fmt: skip
        assert world.checker.get(f"/studio/{path}").status_code == 404, path


def test_an_editor_of_another_place_neither_sees_nor_changes_a_page(world):
    home, guide = home_of(world.a), make_guide(world.a)
    home_of(world.b)
    for path in (
        f"{home.pk}/edit/",
        f"{guide.pk}/edit/",
        f"{guide.pk}/delete/",
        f"{guide.pk}/unpublish/",
        f"{guide.pk}/view_draft/",
    ):
        answer = world.other.get(f"/studio/pages/{path}")
        assert answer.status_code in (302, 403, 404), path
        assert guide.title not in answer.content.decode()
    world.other.post(f"/studio/pages/{guide.pk}/edit/", guide_form(title="改掉"))
    new_guide(world.other, home, title="塞进来")
    assert set(Page.objects.filter(depth=3).values_list("title", flat=True)) == {"办居住证"}
    listed = world.other.get("/studio/api/main/pages/?fields=title&for_explorer=1").content.decode()
    assert "青砖里" not in listed and "办居住证" not in listed


def test_an_editor_hands_in_and_another_checks(world):
    home = home_of(world.a)
    answer = new_guide(world.editor, home, **{"action-publish": "1"})
    guide = GuidePage.objects.get()
    assert answer.status_code == 302 and not guide.live, "an editor alone publishes nothing"
    world.editor.post(
        f"/studio/pages/{guide.pk}/edit/", guide_form(slug=guide.slug, **{"action-submit": "1"})
    )
    state = guide.current_workflow_task_state
    assert state is not None
    assert "装修要备案" in world.checker.get("/desk/site/qingzhuanli/").content.decode()
    world.editor.post(f"/studio/pages/workflow/action/{guide.pk}/approve/{state.pk}/")
    guide.refresh_from_db()
    assert not guide.live, "not by who handed it in"
    world.checker.post(f"/studio/pages/workflow/action/{guide.pk}/approve/{state.pk}/", {"comment": ""})
    guide.refresh_from_db()
    assert guide.live and guide.slug == "zhuang-xiu-yao-bei-an"
    assert Client().get(f"/s/qingzhuanli/guides/{guide.slug}/").status_code == 200


def test_a_checker_sends_back_with_a_word(world):
    home = home_of(world.a)
    new_guide(world.editor, home, **{"action-submit": "1"})
    guide = GuidePage.objects.get()
    state = guide.current_workflow_task_state
    world.checker.post(
        f"/studio/pages/workflow/action/{guide.pk}/reject/{state.pk}/", {"comment": "日期写上"}
    )
    state.refresh_from_db()
    assert state.status == "rejected" and state.comment == "日期写上" and not GuidePage.objects.get().live


def test_a_checker_publishes_an_arrangement_at_once(world):
    home = home_of(world.a)
    form = {
        **stream("main", ("links", {"title": "常去的地方", "links-count": "1", "links-0-order": "0", "links-0-deleted": "", "links-0-id": "",
                          "links-0-type": "item", "links-0-value-label": "找电话", "links-0-value-address": "/phones/"})),
        **stream("aside", ("text", {"title": "三月起", "text": rich("周三开到晚上")})),
        "title": home.title, "go_live_at": "", "expire_at": "", "action-publish": "1",
    }  # fmt: skip
    answer = world.checker.post(f"/studio/pages/{home.pk}/edit/", form)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    page = Client().get("/s/qingzhuanli/").content.decode()
    assert "常去的地方" in page and 'href="/phones/"' in page and "周三开到晚上" in page


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//elsewhere.example/", "http://plain.example/", "data:text/html,x"]
)
def test_a_link_that_is_none_is_refused_at_its_field(world, address):
    home = home_of(world.a)
    fields = stream("body", ("link", {"label": "看这里", "address": address}))
    answer = new_guide(world.editor, home, **fields)
    assert answer.status_code == 200 and not GuidePage.objects.exists()
    assert answer.context["form"].errors["body"], "said at its field"
    assert "\\u770b\\u8fd9\\u91cc" in answer.content.decode(), "what was typed is kept"


def test_a_script_in_a_text_stays_text(world):
    home = home_of(world.a)
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    fields = {
        **stream("body", ("text", rich(evil)), ("note", evil)),
        "title": evil,
        "intro": evil,
        "action-publish": "1",
    }
    new_guide(world.checker, home, **fields)
    guide = GuidePage.objects.get()
    page = Client().get(f"/s/qingzhuanli/guides/{guide.slug}/").content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page and "&lt;script&gt;" in page


def test_stored_html_that_the_editor_never_makes_is_not_shown(world):
    guide = make_guide(
        world.a, body=[("text", '<p onclick="x()">行<a href="javascript:x()">a</a><script>x()</script></p>')]
    )
    page = Client().get(f"/s/qingzhuanli/guides/{guide.slug}/").content.decode()
    assert "onclick" not in page and "javascript:" not in page and "x()</script>" not in page and "行" in page


def test_a_turned_writing_direction_is_taken_out_of_a_title(world):
    home = home_of(world.a)
    new_guide(world.checker, home, title="通知\u202eexe.gpj", **{"action-publish": "1"})
    assert GuidePage.objects.get().title == "通知exe.gpj"


def test_a_former_revision_comes_back(world):
    guide = make_guide(world.a)
    first = guide.latest_revision
    world.checker.post(
        f"/studio/pages/{guide.pk}/edit/",
        guide_form(title="改过的", slug=guide.slug, **{"action-publish": "1"}),
    )
    assert GuidePage.objects.get().title == "改过的"
    page = world.checker.get(f"/studio/pages/{guide.pk}/revisions/{first.pk}/revert/")
    assert page.status_code == 200 and "办居住证" in page.content.decode()
    assert GuidePage.objects.get().revisions.count() == 2


def test_a_guide_with_a_new_address_is_found_at_the_former_one(world):
    guide = make_guide(world.a)
    world.checker.post(
        f"/studio/pages/{guide.pk}/edit/",
        guide_form(title=guide.title, slug="permit", **{"action-publish": "1"}),
    )
    answer = Client().get("/s/qingzhuanli/guides/ban-ju-zhu-zheng/")
    assert answer.status_code == 301 and answer["Location"] == "/s/qingzhuanli/guides/permit/"
    assert Client().get("/s/qingzhuanli/guides/never-was/").status_code == 404
    assert Client().get("/s/yinxingxiang/guides/permit/").status_code == 404


def test_the_editor_has_a_policy_of_its_own_and_the_public_keeps_the_strict_one(world):
    home = home_of(world.a)
    inside = world.editor.get(f"/studio/pages/{home.pk}/edit/")
    policy = inside["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";" and "'unsafe-eval'" not in policy and "http" not in policy
    assert inside["X-Frame-Options"] == "DENY" and "no-store" in inside["Cache-Control"]
    outside = Client().get("/s/qingzhuanli/guides/")
    assert "unsafe-inline" not in outside["Content-Security-Policy"]


def test_staff_without_a_second_factor_set_one_up_first(world, settings):
    settings.LINLI_STAFF_SECOND_FACTOR = True
    answer = world.editor.get("/studio/")
    assert answer.status_code == 302 and answer["Location"] == "/me/second-factor/"


def test_whoever_acts_for_himself_is_no_editor(world):
    session = world.editor.session
    session["acting_post"] = "self"
    session.save()
    assert world.editor.get("/studio/").status_code == 404


def test_a_draft_is_previewed_in_the_frame_of_its_site(world):
    home = home_of(world.a)
    path = f"/studio/pages/add/linli_studio/guidepage/{home.pk}/preview/"
    assert world.editor.post(path, guide_form(title="还没写完")).json()["is_valid"]
    shown = world.editor.get(path)
    assert "还没写完" in shown.content.decode() and "青砖里" in shown.content.decode()
    assert (
        "frame-ancestors 'self'" in shown["Content-Security-Policy"]
        and shown["X-Frame-Options"] == "SAMEORIGIN"
    )
    draft = world.editor.get(f"/studio/pages/{home.pk}/view_draft/")
    assert draft.status_code == 200 and "青砖里" in draft.content.decode()


def test_pages_appear_and_go_by_the_hour(world):
    from datetime import timedelta

    from django.utils import timezone

    from linli.studio.actions.pages import publish_due

    guide = make_guide(world.a)
    now = timezone.now()
    guide.expire_at = now - timedelta(minutes=1)
    guide.save(update_fields=["expire_at"])
    assert publish_due(now=now) == 1
    assert not GuidePage.objects.get().live


def test_nothing_of_wagtail_is_imported_for_public_pages():
    import subprocess
    import sys

    code = (
        "import os, sys, django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "print([m for m in sys.modules if m.startswith(('wagtail.admin.views', 'wagtail.admin.panels', 'ninja', 'rest_framework'))])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_files_of_the_library_are_chosen_only_from_ones_own_sites(world):
    assert not LibraryFile.objects.exists()
    assert world.editor.get("/studio/pictures/").status_code == 200
    assert settings.WAGTAILREDIRECTS_AUTO_CREATE is False

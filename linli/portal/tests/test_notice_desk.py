"""Writing a notice on one page, and handing it on."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.common import clock
from linli.files.api import File
from linli.files.tests import factories as made
from linli.portal.actions import notices as verbs
from linli.portal.models import Notice
from linli.sites.api import site_of

from .notice_kit import make_town, text, write

pytestmark = pytest.mark.django_db
ID = "11010519491231002X"


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def town():
    return make_town()


def form_of(town, now, **given):
    day = clock.local_date(now) + timedelta(days=5)
    values = {
        "key": str(uuid4()), "title": "更换单元门禁", "kind": "works", "level": "ordinary",
        "site": str(site_of(town["compound_a1"]).pk), "buildings": "", "text": "带上旧卡来换。", "short": "",
        "valid_until": day.isoformat(), "do": "submit",
    }  # fmt: skip
    return {**values, **given}


@pytest.fixture
def editor(client, town):
    client.force_login(town["editor"].person)
    return client


def send(editor, data):
    return editor.post(reverse("portal:notice_new"), data)


def test_a_clerk_writes_on_one_page_and_another_checks(editor, town, now):
    response = send(editor, form_of(town, now, buildings="3、4", publish_day=""))
    notice = Notice.objects.get()
    assert response.status_code == 302 and notice.state == "waiting" and notice.audience == "3、4 幢"
    editor.force_login(town["chair"].person)
    html = text(editor.get(reverse("portal:notices_desk")))
    assert "等您核" in html and 'href="?show=scheduled"' in html
    one = reverse("portal:notice_desk", args=[notice.pk])
    assert "核过，发布" in text(editor.get(one))
    editor.post(reverse("portal:notice_check", args=[notice.pk]), {"do": "check", "version": "1"})
    assert Notice.objects.get().state == "published"
    assert "等您核" not in text(editor.get(one))
    late = editor.post(reverse("portal:notice_check", args=[notice.pk]), {"do": "check", "version": "1"})
    assert "已经办过" in text(late)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"title": "停水\u202e知通"}, "title", "顺序"),
        ({"title": "<script>alert(1)</script>"}, "title", "网页代码"),
        ({"text": "好<img src=x onerror=alert(1)>"}, "text", "网页代码"),
        ({"short": "<script>"}, "short", "网页代码"),
        ({"buildings": "<b>3</b>"}, "buildings", "网页代码"),
        ({"contact_name": "<script>x"}, "contact_name", "网页代码"),
        ({"contact_phone": "<script>x"}, "contact_phone", "网页代码"),
        ({"title": "长" * 61}, "title", "最多 60 个字，现在是 61 个"),
        ({"short": "停" * 71}, "short", "最多 70 个字，现在是 71 个"),
        ({"short": "明天（周三）停水"}, "short", "“（”"),
        ({"short": "看 www.example.org 和（一）"}, "short", "www.example.org"),
        ({"level": "urgent"}, "short", "写一句短句"),
        ({"buildings": "3、9"}, "buildings", "没有“9”"),
        ({"valid_until": "2020-01-01"}, "valid_until", "有效期已经过了"),
        ({"valid_until": "明天"}, "valid_until", "日期没看懂"),
        ({"publish_time": "8:00"}, "publish_day", "还要选哪天"),
        ({"publish_time": "八点"}, "publish_time", "时间没看懂"),
        ({"site": "999999"}, "site", ""),
        ({"kind": "none"}, "kind", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(editor, town, now, given, field, said):
    response = send(editor, form_of(town, now, **given))
    html = text(response)
    form = response.context["form"]
    assert response.status_code == 200 and field in form.errors, form.errors
    assert said in "".join(form.errors[field])
    assert "更换单元门禁" in html or "title" in given
    assert not Notice.objects.exists(), "nothing half saved"


def test_an_end_before_the_start_is_refused(editor, town, now):
    day = clock.local_date(now) + timedelta(days=6)
    response = send(editor, form_of(town, now, publish_day=day.isoformat()))
    assert "发布以前就结束" in "".join(response.context["form"].errors["valid_until"])


def test_personal_data_is_named_at_its_field_and_must_be_confirmed_or_removed(editor, town, now):
    data = form_of(town, now, text=f"请张某（{ID}）来领，电话 13800001234，住 3 幢 2 单元 501 室")
    response = send(editor, data)
    form = response.context["form"]
    assert list(form.errors) == ["text"]
    for word in ("身份证号", "个人手机号", "详细住址"):
        assert word in form.errors["text"][0]
    assert ID not in form.errors["text"][0]
    assert 'name="private_ok"' in text(response) and not Notice.objects.exists()
    assert send(editor, data | {"private_ok": "on"}).status_code == 200, (
        "a tick without having seen counts for nothing"
    )
    confirmed = data | {"private_ok": "on", "private_seen": form.private_seen}
    changed = confirmed | {"short": "打给 13900001234"}
    assert "short" in send(editor, changed).context["form"].errors, "what came new is asked anew"
    assert send(editor, confirmed).status_code == 302
    editor.force_login(town["chair"].person)
    assert "身份证号" in text(editor.get(reverse("portal:notice_desk", args=[Notice.objects.get().pk])))


def test_a_draft_may_be_kept_without_the_warning_and_the_offices_number_is_nobodys(editor, town, now):
    assert send(editor, form_of(town, now, text="13800001234", do="draft")).status_code == 302
    assert send(editor, form_of(town, now, text="打 555 0110", contact_phone="555 0110")).status_code == 302


def test_pictures_are_kept_whatever_else_is_wrong(editor, town, now):
    data = form_of(town, now, title="")
    response = send(
        editor,
        data
        | {
            "attached": [SimpleUploadedFile("门.jpg", made.picture()), SimpleUploadedFile("表.pdf", made.PDF)]
        },
    )
    assert File.objects.filter(owner_kind="notice").count() == 2
    assert "门.jpg" in text(response)
    picture = File.objects.get(owner_kind="notice", type="picture")
    assert send(editor, data | {"title": "好了", "gone": [str(picture.pk)]}).status_code == 302
    notice = Notice.objects.get()
    url = reverse("files:download", args=[File.objects.get().pk, "file"])
    editor.logout()
    assert editor.get(url).status_code == 404, "a draft's papers are not public"
    verbs.check_notice(by=town["chair"], pk=notice.pk, version=1, now=now)
    assert editor.get(url).status_code == 200


@pytest.mark.parametrize(
    ("name", "content"),
    [("图.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("大.png", None), ("空.pdf", b"x")],
)
def test_bad_files_are_named_at_their_field(editor, town, now, name, content):
    response = send(
        editor, form_of(town, now, attached=[SimpleUploadedFile(name, content or made.huge_png())])
    )
    assert name in "".join(response.context["form"].errors["attached"])
    assert not Notice.objects.exists() and not File.objects.exists()


def test_a_strangers_key_writes_into_nobodys_notice(editor, town, now):
    other = write(town, by="manager", valid_until=now + timedelta(days=5), now=now)
    assert send(editor, form_of(town, now, key=str(other.pk))).status_code == 404
    assert send(editor, form_of(town, now, key="x")).status_code == 200
    assert Notice.objects.get() == other


def test_sending_the_form_twice_makes_one_notice(editor, town, now):
    data = form_of(town, now, do="draft")
    send(editor, data), send(editor, data)
    assert Notice.objects.count() == 1

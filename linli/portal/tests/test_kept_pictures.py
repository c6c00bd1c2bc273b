"""Pictures chosen in a form outlive its errors; albums have pages; a correction has the files of what it corrects."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from linli.common import clock
from linli.common.errors import UserError
from linli.files import pending, storage
from linli.files.api import hand_on, store_upload, sweep
from linli.files.models import File
from linli.files.tests.factories import huge_png, uploaded
from linli.people.tests.factories import NOW
from linli.portal.actions import notices as verbs
from linli.portal.models import Album, BlogPost
from linli.portal.notice_queries import OWNER, files_of
from linli.portal.views import albums as album_views

from . import notice_kit
from .blog_kit import make_town, show, small, write

pytestmark = pytest.mark.django_db
NEW = "/s/fangjixincun/blog/new/"
ALBUM = "/s/fangjixincun/albums/new/"


@pytest.fixture(autouse=True)
def files(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(storage, "root", lambda: tmp_path / "files")
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LINLI_PAGE_CACHE, settings.LINLI_STAFF_SECOND_FACTOR = 0, False


@pytest.fixture
def town():
    return make_town()


def browser(actor):
    client = Client()
    client.force_login(actor.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def chosen(client, url):
    key = client.get(url).context["form"]["chosen"].value()
    return {"chosen": str(key)}


def test_the_pictures_of_a_post_without_a_title_are_still_there(town):
    client = browser(town["resident"])
    form = chosen(client, NEW) | {"text": "写好了", "do": "publish", "new_alt": "桥"}
    answer = client.post(NEW, form | {"title": "", "pictures": [small(1), small(2)]})
    html = answer.content.decode()
    assert "写个标题" in html and "图1.jpg" in html and "图2.jpg" in html and "选好的还在" in html
    assert not BlogPost.objects.exists() and File.objects.filter(owner_kind=pending.PICTURES).count() == 2
    answer = client.post(NEW, form | {"title": "桥头"})
    post = BlogPost.objects.get()
    assert answer["Location"] == reverse("portal:blog_post", args=[post.pk])
    assert [one.file.name for one in post.pictures.order_by("pk")] == ["图1.jpg", "图2.jpg"]
    assert set(File.objects.values_list("owner_kind", "owner_id", "until")) == {("blog", str(post.pk), None)}


def test_what_is_no_longer_wanted_goes_and_more_may_be_chosen(town):
    client = browser(town["resident"])
    form = chosen(client, ALBUM)
    client.post(ALBUM, form | {"title": "", "pictures": [small(1), small(2)]})
    first = File.objects.get(name="图1.jpg")
    answer = client.post(ALBUM, form | {"title": "", f"drop_{first.pk}": "on", "pictures": [small(3)]})
    html = answer.content.decode()
    assert "图1.jpg" not in html and html.index("图2.jpg") < html.index("图3.jpg")
    client.post(ALBUM, form | {"title": "河边"})
    assert [one.file.name for one in Album.objects.get().pictures.all()] == ["图2.jpg", "图3.jpg"]


def test_of_good_and_bad_pictures_the_good_are_kept_and_the_bad_named_once(town):
    client = browser(town["resident"])
    form = chosen(client, ALBUM) | {"title": "河边"}
    bad = [uploaded(b"<svg onload=x>", "假的.png"), uploaded(huge_png(), "炸弹.png")]
    answer = client.post(ALBUM, form | {"pictures": [small(1), *bad]})
    errors = answer.context["form"].errors["pictures"]
    assert len(errors) == 2 and {one.split("：")[0] for one in errors} == {"假的.png", "炸弹.png"}
    assert [one.name for one in answer.context["form"].kept] == ["图1.jpg"] and not Album.objects.exists()
    assert client.post(ALBUM, form).status_code == 302 and Album.objects.get().pictures.count() == 1


def test_an_album_and_a_post_that_stand_keep_what_was_added(town):
    client, site = browser(town["resident"]), town["site_compound_a1"]
    for url, there in (
        (reverse("portal:album_edit", args=[show(town["resident"], site, n=1).pk]), Album),
        (reverse("portal:blog_edit", args=[write(town["resident"], site).pk]), BlogPost),
    ):
        form = chosen(client, url) | {"text": "改了", "do": "publish", "new_alt": "桥"}
        before = there.objects.get().pictures.count()
        answer = client.post(url, form | {"title": "", "pictures": [small(7)]})
        assert "图7.jpg" in answer.content.decode() and there.objects.get().pictures.count() == before
        assert client.post(url, form | {"title": "好了"}).status_code == 302
        assert there.objects.get().pictures.count() == before + 1


def test_what_waits_is_seen_and_used_by_its_writer_alone(town):
    client, other = browser(town["resident"]), browser(town["property"])
    form = chosen(client, NEW) | {"title": "", "text": "x", "do": "publish", "new_alt": "桥"}
    client.post(NEW, form | {"pictures": [small(1)]})
    file = File.objects.get()
    url = reverse("files:download", args=[file.pk, "small"])
    assert client.get(url).status_code == 200
    assert other.get(url).status_code == 404 and Client().get(url).status_code in (302, 404)
    answer = other.post(NEW, form | {f"drop_{file.pk}": "on"})
    assert "图1.jpg" not in answer.content.decode() and File.objects.filter(pk=file.pk).exists()
    for odd in ("", "x", str(uuid4())):
        assert "图1.jpg" not in client.post(NEW, form | {"chosen": odd}).content.decode()
    answer = client.post(NEW, {"title": "", "do": "publish", "pictures": [small(2)]})
    assert answer.status_code == 200 and File.objects.count() == 1, "without the form's key nothing waits"


def test_what_was_never_sent_is_swept_after_a_day(town):
    client = browser(town["resident"])
    client.post(NEW, chosen(client, NEW) | {"title": "", "do": "publish", "pictures": [small(1)]})
    sweep(NOW + timedelta(hours=23))
    assert File.objects.count() == 1
    sweep(NOW + timedelta(hours=25))
    assert not File.objects.exists()


def test_a_picture_is_handed_on_once(town):
    post, other = (write(town["resident"], town["site_compound_a1"]) for _ in range(2))
    file = store_upload(small(1), owner=(pending.PICTURES, "x"), by=town["resident"], purpose="pending", now=NOW)
    again = File.objects.get()
    hand_on(file=file, owner=("blog", post.pk), purpose="blog")
    with pytest.raises(UserError):
        hand_on(file=again, owner=("blog", other.pk), purpose="blog")
    with pytest.raises(LookupError):
        hand_on(file=file, owner=("nothing", 1), purpose="x")
    assert File.objects.get().owner_id == str(post.pk)


def test_an_album_has_pages_and_a_picture_leads_back_to_its_own(town, client, monkeypatch):
    monkeypatch.setattr(album_views, "PAGE", 2)
    album = show(town["resident"], town["site_compound_a1"], n=5)
    url, keys = reverse("portal:album", args=[album.pk]), list(album.pictures.values_list("pk", flat=True))
    first, last = client.get(url).content.decode(), client.get(f"{url}?page=3").content.decode()
    assert (
        first.count("<img") == 2 and last.count("<img") == 1 and "5 张" in first and 'href="?page=3"' in first
    )
    assert str(keys[4]) in last and str(keys[4]) not in first
    for n, back in ((0, f'"{url}"'), (2, f'"{url}?page=2"'), (4, f'"{url}?page=3"')):
        assert f"href={back}" in client.get(reverse("portal:album_picture", args=[keys[n]])).content.decode()


def test_an_album_is_put_in_order_page_by_page(town, monkeypatch):
    monkeypatch.setattr(album_views, "EDITED", 2)
    client, album = browser(town["resident"]), show(town["resident"], town["site_compound_a1"], n=5)
    url, keys = reverse("portal:album_edit", args=[album.pk]), list(album.pictures.values_list("pk", flat=True))
    page = client.get(f"{url}?page=2")
    html = page.content.decode()
    assert html.count('class="thumb"') == 2 and "第 3—4 张，一共 5 张" in html and 'value="next"' in html
    form = {"title": album.title, "lead": "", "do": "next"}
    for nth, key in enumerate(keys[2:4], 3):
        form |= {f"alt_{key}": f"图{nth}", f"caption_{key}": "", f"nth_{key}": nth}
    answer = client.post(f"{url}?page=2", form | {f"nth_{keys[3]}": 1, f"gone_{keys[2]}": "on"})
    assert answer["Location"] == f"{url}?page=3"
    rows = list(album.pictures.values_list("pk", "nth", "alt"))
    assert [pk for pk, _nth, _alt in rows] == [keys[3], keys[0], keys[1], keys[4]] and [nth for _pk, nth, _alt in rows] == [1, 2, 3, 4]
    assert rows[0][2] == "图4"
    last = client.get(f"{url}?page=2").content.decode()
    assert 'value="next"' not in last
    answer = client.post(f"{url}?page=2", form | {f"alt_{keys[4]}": "长" * 200, f"caption_{keys[4]}": "", f"nth_{keys[4]}": 4})
    assert "长" * 200 in answer.content.decode() and answer.context["form"].errors[f"alt_{keys[4]}"]


def test_a_correction_has_copies_of_the_files():
    town = notice_kit.make_town()
    notice = notice_kit.put_up(town)
    for n in range(2):
        store_upload(small(n), owner=(OWNER, notice.pk), by=town["editor"], purpose="notice", now=NOW)
    new = verbs.correct_notice(by=town["editor"], pk=notice.pk, key=uuid4(), now=NOW)
    old, copies = files_of(notice), files_of(new)
    assert [one.name for one in copies] == ["图0.jpg", "图1.jpg"] and [one.total for one in copies] == [
        one.total for one in old
    ]
    assert not {one.folder for one in old} & {one.folder for one in copies}
    for one in copies:
        assert all(storage.exists(one.path_of(size)) for size in one.sizes)
    assert verbs.correct_notice(by=town["editor"], pk=notice.pk, key=uuid4(), now=NOW).pk == new.pk
    assert len(files_of(new)) == 2, "going on with it copies nothing again"

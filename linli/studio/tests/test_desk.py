"""Desks of editors: a site's look and its files; and what the public sees of them."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.files.api import File
from linli.files.tests.factories import PDF, huge_png, with_gps
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import NOW, TODAY, make_body, make_person, make_post
from linli.sites.api import SiteKind, find_site, open_group_site, site_of
from linli.studio.api import arrangement, files_of, guides_of
from linli.studio.models import GuidePage, HomePage, LibraryFile
from linli.studio.tests.factories import browser, editor_at, home_of, make_guide, picture, town

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


class World:
    def __init__(self):
        self.places = town()
        self.a, self.b = self.places["community_a"], self.places["community_b"]
        self.person = editor_at(self.a)
        self.editor = browser(self.person)
        self.other = browser(editor_at(self.b, name="别处的人"))


@pytest.fixture
def world():
    return World()


LOOK, FILES = "/desk/site/qingzhuanli/look/", "/desk/site/qingzhuanli/files/"


def shape(client, **fields):
    return client.post(LOOK, {"lead": "312 户", "accent": "lv", "alt": "", **fields})


def test_an_editor_chooses_one_of_eight_colours_and_a_banner(world):
    answer = shape(world.editor, banner=SimpleUploadedFile("门口.jpg", with_gps()), alt="社区的大门")
    assert answer.status_code == 302
    site = site_of(world.a)
    assert (site.accent, site.lead) == ("lv", "312 户") and site.banner_id
    page = Client().get("/s/qingzhuanli/").content.decode()
    assert 'data-plate="lv"' in page and 'alt="社区的大门"' in page and f"/files/{site.banner_id}/" in page
    sent = b"".join(Client().get(f"/files/{site.banner_id}/large").streaming_content)
    assert b"CANARY" not in sent and not Image.open(io.BytesIO(sent)).getexif()
    shape(world.editor, no_banner="on")
    assert site_of(world.a).banner_id is None and not File.objects.filter(pk=site.banner_id).exists()


@pytest.mark.parametrize("content", [SVG, huge_png(), b"GIF89a", b""], ids=["svg", "bomb", "gif", "empty"])
def test_what_is_no_picture_is_refused_at_its_field_and_what_was_typed_kept(world, content):
    answer = shape(
        world.editor, banner=SimpleUploadedFile("横幅.png", content), alt="社区的大门", lead="新的一句"
    )
    assert answer.status_code == 200 and answer.context["form"].errors["banner"]
    assert 'value="社区的大门"' in answer.content.decode() and 'value="新的一句"' in answer.content.decode()
    site = site_of(world.a)
    assert site.lead == "" and site.banner_id is None and not File.objects.exists()
    answer = world.editor.post(
        FILES, {"title": "图", "alt": "图", "file": SimpleUploadedFile("图.png", content)}
    )
    assert (
        answer.status_code == 200
        and answer.context["form"].errors["file"]
        and not LibraryFile.objects.exists()
    )


def test_a_colour_that_is_none_of_the_eight_is_refused(world):
    answer = shape(world.editor, accent="pink")
    assert answer.status_code == 200 and site_of(world.a).accent == ""


def test_a_picture_without_words_is_refused(world):
    answer = shape(world.editor, banner=picture())
    assert answer.context["form"].errors["alt"] and not File.objects.exists()
    answer = world.editor.post(FILES, {"title": "图", "alt": "", "file": picture()})
    assert (
        answer.context["form"].errors["alt"]
        and not File.objects.exists()
        and not LibraryFile.objects.exists()
    )


def test_files_are_listed_downloaded_and_taken_away(world):
    world.editor.post(
        FILES, {"title": "装修申请表", "file": SimpleUploadedFile("表.pdf", PDF), "listed": "on", "once": "a"}
    )
    world.editor.post(
        FILES, {"title": "装修申请表", "file": SimpleUploadedFile("表.pdf", PDF), "listed": "on", "once": "a"}
    )
    row = LibraryFile.objects.get()
    page = Client().get("/s/qingzhuanli/files/").content.decode()
    assert "装修申请表" in page and f"/files/{row.file}/" in page
    sent = Client().get(f"/files/{row.file}/file")
    assert (
        sent["Content-Disposition"].startswith("attachment") and "sandbox" in sent["Content-Security-Policy"]
    )
    assert world.other.post(f"/desk/files/{row.pk}/remove/").status_code == 404
    world.editor.post(f"/desk/files/{row.pk}/remove/")
    assert not LibraryFile.objects.exists() and Client().get(f"/files/{row.file}/file").status_code == 404


def test_the_desk_of_another_place_is_not_there(world):
    for path in (LOOK, FILES, "/desk/site/qingzhuanli/", "/desk/site/qingzhuanli/arrange/"):
        assert world.other.get(path).status_code == 404, path
        assert Client().get(path)["Location"].startswith("/account/login/")
    assert "青砖里" not in world.other.get("/desk/site/").content.decode()


def test_pictures_to_choose_are_those_of_ones_own_sites(world):
    world.editor.post(FILES, {"title": "大门", "alt": "大门", "file": picture(), "once": "b"})
    row = LibraryFile.objects.get()
    assert "大门" in world.editor.get("/studio/pictures/").json()["html"]
    assert "大门" not in world.other.get("/studio/pictures/").json()["html"]
    assert world.editor.get(f"/studio/pictures/chosen/{row.pk}/").status_code == 200
    assert world.other.get(f"/studio/pictures/chosen/{row.pk}/").status_code == 404
    assert world.other.get("/studio/pictures/create/").status_code == 404


def test_an_unpublished_arrangement_changes_nothing_and_a_published_one_is_one_query(
    world, django_assert_num_queries
):
    home = home_of(world.a)
    site = site_of(world.a)
    assert arrangement(site) is None
    home.main = [
        ("notices", None),
        ("links", {"title": "去哪儿", "links": [{"label": "电话", "address": "/phones/"}]}),
    ]
    home.aside = []
    home.save_revision().publish()
    with django_assert_num_queries(1):
        parts = arrangement(site)
    assert [(part.column, part.kind) for part in parts] == [("main", "notices"), ("main", "links")]


def test_the_number_of_queries_does_not_grow_with_guides(world, django_assert_max_num_queries):
    make_guide(world.a)
    client = Client()
    client.get("/s/qingzhuanli/guides/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get("/s/qingzhuanli/guides/")
    for n in range(10):
        make_guide(world.a, title=f"第{n}件事")
    with django_assert_max_num_queries(len(few)):
        client.get("/s/qingzhuanli/guides/")
    assert len(guides_of(site_of(world.a))) == 11


def test_a_guide_shows_its_steps_pictures_and_phones(world):
    world.editor.post(
        FILES, {"title": "大门", "alt": "东边的大门", "file": picture(), "once": "c", "listed": "on"}
    )
    row = LibraryFile.objects.get()
    body = [
        ("picture", {"picture": row, "caption": "从这里进"}), ("phone", {"name": "窗口", "number": "555 0100"}),
        ("note", "不用复印件"), ("heading", "要带什么"), ("link", {"label": "全部电话", "address": "/phones/"}),
    ]  # fmt: skip
    guide = make_guide(world.a, body=body)
    page = Client().get(f"/s/qingzhuanli/guides/{guide.slug}/").content.decode()
    for word in ("来一趟", 'alt="东边的大门"', "从这里进", "tel:", "不用复印件", "要带什么", 'href="/phones/"'):
        assert word in page, word
    assert world.editor.get(f"/studio/pages/{guide.pk}/edit/").status_code == 200
    world.editor.post(f"/desk/files/{row.pk}/remove/")
    assert Client().get(f"/s/qingzhuanli/guides/{guide.slug}/").status_code == 200, (
        "a picture that went leaves no hole"
    )
    assert files_of(site_of(world.a)) == []


def test_the_page_of_a_guide_changes_when_another_version_is_published(world, monkeypatch):
    bumped = []
    monkeypatch.setattr("linli.studio.actions.pages.bump", lambda *tags: bumped.append(tags))
    guide = make_guide(world.a)
    assert bumped == [(f"place:{world.a.pk}", f"site:{guide.site_id}")]
    guide.title = "新的题目"
    guide.save_revision()
    assert len(bumped) == 1, "a draft shows nothing anew"
    guide.save_revision().publish()
    GuidePage.objects.get().unpublish()
    assert len(bumped) == 3
    GuidePage.objects.get().save_revision().publish()
    GuidePage.objects.get().delete()
    assert len(bumped) == 5 and not GuidePage.objects.exists()


def test_the_editor_of_a_group_arranges_its_site_and_no_other(world):
    body = make_body(BodyKind.SOCIAL_ORG, world.a, name="缝纫小组")
    lead = make_post(make_person("方洁"), body, Role.SITE_EDITOR).person
    site = open_group_site(body=body, place=world.a, kind=SiteKind.CLUB, lead="", slug="fengren", now=NOW)
    own = browser(lead)
    assert own.get("/desk/site/").status_code == 200
    assert own.get("/desk/site/fengren/look/").status_code == 200
    assert own.get(LOOK).status_code == own.get(FILES).status_code == 404
    answer = own.post("/desk/site/fengren/look/", {"lead": "周六下午", "accent": "zi", "alt": ""})
    assert answer.status_code == 302 and find_site("fengren", TODAY).lead == "周六下午"
    own.post("/desk/site/fengren/arrange/")
    home, other = HomePage.objects.get(site=site), home_of(world.a)
    assert own.get(f"/studio/pages/{home.pk}/edit/").status_code == 200
    assert own.get(f"/studio/pages/{other.pk}/edit/").status_code in (302, 403, 404)
    assert world.other.get("/desk/site/fengren/look/").status_code == 404


def test_a_banner_and_a_file_outlive_a_mistake_elsewhere(world):
    key = {"chosen": str(uuid4())}
    answer = shape(world.editor, banner=picture(name="河边.png"), **key)
    assert answer.context["form"].errors["alt"] and "河边.png" in answer.content.decode()
    assert shape(world.editor, alt="河边的门", **key).status_code == 302
    banner = File.objects.get(pk=site_of(world.a).banner_id)
    assert (banner.name, banner.alt, banner.until) == ("河边.png", "河边的门", None)
    form = {"title": "", "alt": "", "listed": "on", "once": "d", "chosen": str(uuid4())}
    answer = world.editor.post(FILES, {**form, "file": SimpleUploadedFile("装修.pdf", PDF)})
    html = answer.content.decode()
    assert "装修.pdf" in html and answer.context["form"].errors["title"] and "file" not in answer.context["form"].errors
    assert world.editor.post(FILES, {**form, "title": "装修申请表"}).status_code == 302
    row = LibraryFile.objects.get()
    assert (row.title, File.objects.get(pk=row.file).name) == ("装修申请表", "装修.pdf")


def test_a_picture_without_words_waits_for_them(world):
    form = {"title": "大门", "alt": "", "listed": "on", "once": "e", "chosen": str(uuid4())}
    answer = world.editor.post(FILES, {**form, "file": picture(name="门.png")})
    assert answer.context["form"].errors["alt"] and "门.png" in answer.content.decode() and not LibraryFile.objects.exists()
    assert world.editor.post(FILES, {**form, "alt": ""}).context["form"].errors["alt"], "asked as often as it is missing"
    assert world.editor.post(FILES, {**form, "alt": "东边的大门"}).status_code == 302
    assert File.objects.get(pk=LibraryFile.objects.get().file).alt == "东边的大门"

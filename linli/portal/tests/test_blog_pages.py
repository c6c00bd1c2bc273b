"""The pages of blog and albums: what they show to whom, forms without scripts, queries, feeds, the map, the heads."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.urls import reverse

from linli.files import storage
from linli.files.tests.factories import huge_png, uploaded
from linli.people.tests.factories import NOW
from linli.portal.actions.albums import report_picture
from linli.portal.actions.blog import save_post, withdraw_post
from linli.portal.models import Album, AlbumPicture, BlogPost

from .blog_kit import make_town, show, small, write

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def town(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(storage, "root", lambda: tmp_path / "files")
    settings.LINLI_PAGE_CACHE = 0
    settings.LINLI_STAFF_SECOND_FACTOR = False
    return make_town()


def sign_in(client, actor):
    client.force_login(actor.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def text_of(answer):
    return answer.content.decode()


def test_a_resident_writes_a_draft_and_publishes_it(town, client):
    sign_in(client, town["resident"])
    new = reverse("portal:blog_new", args=["fangjixincun"])
    assert client.get(new).status_code == 200
    answer = client.post(new, {"title": "", "text": "想到一半", "do": "draft"})
    post = BlogPost.objects.get()
    edit = reverse("portal:blog_edit", args=[post.pk])
    assert answer["Location"] == edit
    assert client.get(reverse("portal:blog_post", args=[post.pk])).status_code == 200
    answer = client.post(edit, {"title": "桥头", "text": "写完了", "do": "publish", "pictures": [small(1), small(2)], "new_alt": "桥"})
    assert answer["Location"] == reverse("portal:blog_post", args=[post.pk])
    client.logout()
    page = text_of(client.get(answer["Location"]))
    assert "写完了" in page and page.count("srcset=") == 2 and "og:image" in page
    assert "桥头" in text_of(client.get(reverse("portal:blog", args=["fangjixincun"])))


def test_what_was_typed_is_kept_where_something_is_wrong(town, client):
    sign_in(client, town["resident"])
    new = reverse("portal:blog_new", args=["fangjixincun"])
    page = text_of(client.post(new, {"title": "题" * 50, "text": "留住我", "do": "publish"}))
    assert "留住我" in page and "题" * 50 in page and 'href="#id_title"' in page
    page = text_of(client.post(new, {"title": "题", "text": "打 13812345678", "do": "publish"}))
    assert 'name="private_ok"' in page and "13812345678" in page and not BlogPost.objects.exists()
    page = text_of(client.post(new, {"title": "题", "text": "留住", "do": "draft", "pictures": uploaded(huge_png(), "大.png"), "new_alt": "x"}))
    assert "大.png" in page and "留住" in page and not BlogPost.objects.exists()


def test_a_script_in_any_field_stays_text(town, client):
    sign_in(client, town["resident"])
    post = write(town["resident"], town["site_compound_a1"], title=SCRIPT, text=f"**{SCRIPT}**\n\n- {SCRIPT}\n\n## {SCRIPT}", uploads=[(small(), SCRIPT)])
    album = show(town["resident"], town["site_compound_a1"], title=SCRIPT)
    album.pictures.update(alt=SCRIPT, caption=SCRIPT)
    picture = album.pictures.first()
    urls = [
        reverse("portal:blog", args=["fangjixincun"]), *(reverse(f"portal:blog_{name}", args=[post.pk]) for name in ("post", "history", "author", "edit", "withdraw")),
        reverse("portal:albums", args=["fangjixincun"]), *(reverse(f"portal:{name}", args=[album.pk]) for name in ("album", "album_edit", "album_withdraw")),
        reverse("portal:album_picture", args=[picture.pk]), reverse("portal:picture_report", args=[picture.pk]), "/s/fangjixincun/", reverse("portal:blog_mine"),
    ]  # fmt: skip
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert SCRIPT not in text_of(answer), url
    for url in ("/s/fangjixincun/blog/atom.xml", "/s/fangjixincun/albums/atom.xml"):
        answer = client.get(url)
        ET.fromstring(answer.content)  # noqa: S314 - written by ourselves
        assert SCRIPT not in text_of(answer)


def test_links_in_a_text_lead_only_to_the_web(town, client):
    post = write(town["resident"], town["site_compound_a1"], text="看 https://example.org/a?b=1 ，别看 javascript:alert(1) 和 https://\"onmouseover=x")
    page = text_of(client.get(reverse("portal:blog_post", args=[post.pk])))
    prose = page.split('class="prose"')[1].split("</div>")[0]
    assert re.findall(r'href="([^"]*)"', prose) == ["https://example.org/a?b=1"] and "onmouseover=x" not in re.sub(r"&quot;onmouseover=x", "", prose)


def test_drafts_and_what_was_withdrawn_are_not_there_for_others(town, client):
    draft = write(town["resident"], town["site_compound_a1"], publish=False)
    gone = withdraw_post(by=town["committee"], post=write(town["resident"], town["site_compound_a1"]), reason="写了别人家的事", now=NOW)
    for actor in (None, town["stranger"], town["property"]):
        client.logout()
        if actor:
            sign_in(client, actor)
        for post in (draft, gone):
            assert client.get(reverse("portal:blog_post", args=[post.pk])).status_code == 404
            assert client.get(reverse("portal:blog_history", args=[post.pk])).status_code == 404
    sign_in(client, town["resident"])
    assert "写了别人家的事" in text_of(client.get(reverse("portal:blog_post", args=[gone.pk])))
    assert "写了别人家的事" in text_of(client.get(reverse("portal:blog_mine")))
    sign_in(client, town["committee"])
    assert client.get(reverse("portal:blog_post", args=[gone.pk])).status_code == 200


def test_pictures_of_a_draft_are_nobody_elses(town, client):
    post = write(town["resident"], town["site_compound_a1"], publish=False, uploads=[(small(), "桥")])
    url = reverse("files:download", args=[post.pictures.get().file_id, "small"])
    assert client.get(url).status_code == 404
    sign_in(client, town["resident"])
    assert client.get(url).status_code == 200
    save_post(by=town["resident"], site=post.site, post=post, title="题", text="字", now=NOW, publish=True)
    client.logout()
    assert client.get(url).status_code == 200


def test_the_history_hides_a_version_with_personal_data(town, client):
    post = write(town["resident"], town["site_compound_a1"], text="打 13812345678", private_ok=True)
    save_post(by=town["resident"], site=post.site, post=post, title=post.title, text="打社区电话", now=NOW)
    page = text_of(client.get(reverse("portal:blog_history", args=[post.pk])))
    assert "13812345678" not in page and "打社区电话" in page


def test_the_navigation_names_the_blog_where_there_is_one_or_one_may_write(town, client):
    assert "/s/fangjixincun/blog/" not in text_of(client.get("/s/fangjixincun/"))
    sign_in(client, town["resident"])
    assert "/s/fangjixincun/blog/" in text_of(client.get("/s/fangjixincun/"))
    client.logout()
    write(town["resident"], town["site_compound_a1"])
    page = text_of(client.get("/s/fangjixincun/"))
    assert "/s/fangjixincun/blog/" in page and "桥头的早点摊" in page and "/albums/" not in page


def test_an_album_is_made_arranged_and_paged_through(town, client):
    sign_in(client, town["resident"])
    new = reverse("portal:album_new", args=["fangjixincun"])
    page = text_of(client.post(new, {"title": "河边", "lead": ""}))
    assert 'href="#id_pictures"' in page and "河边" in page
    answer = client.post(new, {"title": "河边", "lead": "早上", "pictures": [small(n) for n in range(3)]})
    album = Album.objects.get()
    a, b, c = album.pictures.all()
    assert answer["Location"] == reverse("portal:album_edit", args=[album.pk])
    data = {"title": "河边", "lead": "", f"nth_{a.pk}": "3", f"nth_{c.pk}": "1", f"nth_{b.pk}": "2", f"alt_{a.pk}": "桥", "cover": str(b.pk), f"gone_{c.pk}": "on"}
    assert client.post(answer["Location"], data).status_code == 302
    assert list(album.pictures.values_list("pk", "alt")) == [(b.pk, ""), (a.pk, "桥")]
    client.logout()
    page = text_of(client.get(reverse("portal:album_picture", args=[b.pk])))
    assert 'rel="next"' in page and 'rel="prev"' not in page and str(a.pk) in page
    grid = text_of(client.get(reverse("portal:album", args=[album.pk])))
    assert grid.count('loading="lazy"') == 2 and re.search(r'width="\d+" height="\d+"', grid)


def test_a_reported_picture_is_decided_at_the_desk(town, client):
    album = show(town["resident"], town["site_compound_a1"])
    picture = album.pictures.first()
    sign_in(client, town["stranger"])
    url = reverse("portal:picture_report", args=[picture.pk])
    assert "写一句" in text_of(client.post(url, {"reason": ""}))
    assert client.post(url, {"reason": "看得清门牌"}).status_code == 302
    assert "已经报过" in text_of(client.post(url, {"reason": "看得清门牌"}))
    sign_in(client, town["committee"])
    desk = text_of(client.get(reverse("portal:picture_reports")))
    assert "看得清门牌" in desk
    one = re.search(r"/desk/pictures/[0-9a-f-]{36}/", desk).group()
    assert client.post(one, {"answer": "是有门牌", "do": "remove"}).status_code == 302
    assert not AlbumPicture.objects.filter(pk=picture.pk).exists() and AlbumPicture.objects.count() == 1
    assert "是有门牌" in text_of(client.get(one))


def test_lists_and_pages_ask_the_same_number_of_questions_however_much_there_is(town, client, django_assert_num_queries, django_assert_max_num_queries):
    site = town["site_compound_a1"]
    urls = ["/s/fangjixincun/", "/s/fangjixincun/blog/", "/s/fangjixincun/albums/", "/s/fangjixincun/blog/atom.xml", "/s/fangjixincun/sitemap.xml"]

    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        found = []
        for url in urls:
            with CaptureQueriesContext(connection, ) as asked:
                answer = client.get(url)
                b"".join(answer.streaming_content) if answer.streaming else None
            found.append(len(asked))
        return found

    write(town["resident"], site, uploads=[(small(), "图")])
    show(town["resident"], site, n=1)
    few = count()
    for n in range(10):
        write(town["resident"], site, title=f"第{n}篇", uploads=[(small(n), "图")])
        show(town["resident"], site, n=2, title=f"第{n}本")
    assert count() == few


def test_the_feed_is_atom_with_names_that_last_and_says_when_nothing_is_new(town, client):
    post = write(town["resident"], town["site_compound_a1"])
    answer = client.get("/s/fangjixincun/blog/atom.xml")
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(answer.content)  # noqa: S314 - written by ourselves
    host = settings.LINLI_ORIGIN.split("//")[1].split(":")[0]
    assert root.find(f"{ATOM}id").text.startswith(f"tag:{host},") and root.find(f"{ATOM}updated") is not None
    entry = root.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == f"tag:{host},2026-05-19:blog/{post.pk}"
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "丁桂兰"
    assert entry.find(f"{ATOM}link").get("href") == f"{settings.LINLI_ORIGIN}/blog/{post.pk}/"
    again = client.get("/s/fangjixincun/blog/atom.xml", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304 and not again.content
    write(town["resident"], town["site_compound_a1"], title="新的一篇")
    assert client.get("/s/fangjixincun/blog/atom.xml", headers={"If-None-Match": answer["ETag"]}).status_code == 200
    assert client.get("/s/yinxingyuan/blog/atom.xml").status_code == 200, "an empty feed is a feed"


def test_the_map_names_public_things_only(town, client):
    out = write(town["resident"], town["site_compound_a1"])
    write(town["resident"], town["site_compound_a1"], publish=False)
    show(town["resident"], town["site_compound_a1"])
    index = ET.fromstring(b"".join(client.get("/sitemap.xml").streaming_content))  # noqa: S314
    maps = [row.text for row in index.iter(f"{MAP}loc")]
    assert f"{settings.LINLI_ORIGIN}/s/fangjixincun/sitemap.xml" in maps and len(maps) == 6
    one = ET.fromstring(b"".join(client.get("/s/fangjixincun/sitemap.xml").streaming_content))  # noqa: S314
    places = [row.text for row in one.iter(f"{MAP}loc")]
    assert len([place for place in places if "/forum/" not in place and "/boards/" not in place]) == 3 and f"{settings.LINLI_ORIGIN}/blog/{out.pk}/" in places
    assert len(list(one.iter(f"{MAP}lastmod"))) == 2
    robots = text_of(client.get("/robots.txt"))
    assert f"Sitemap: {settings.LINLI_ORIGIN}/sitemap.xml" in robots and "Disallow: /me/" in robots


def test_public_pages_say_where_they_are(town, client):
    post = write(town["resident"], town["site_compound_a1"])
    url = reverse("portal:blog_post", args=[post.pk])
    page = text_of(client.get(f"{url}?utm=x"))
    assert f'<link rel="canonical" href="{settings.LINLI_ORIGIN}{url}">' in page
    assert 'property="og:title" content="桥头的早点摊"' in page and 'type="application/atom+xml"' in page
    assert 'rel="canonical"' in text_of(client.get("/s/fangjixincun/"))


def test_a_report_stays_readable_when_its_picture_is_gone(town, client):
    album = show(town["resident"], town["site_compound_a1"])
    report = report_picture(by=town["stranger"], picture=album.pictures.first(), reason="门牌", now=NOW)
    sign_in(client, town["resident"])
    client.post(reverse("portal:album_withdraw", args=[album.pk]), {"reason": ""})
    assert client.get(reverse("portal:album", args=[album.pk])).status_code == 404
    sign_in(client, town["committee"])
    assert client.get(reverse("portal:picture_report_one", args=[report.pk])).status_code == 200

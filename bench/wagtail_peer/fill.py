"""Makes the peer's database with the content of `content.json`: `python -m bench.wagtail_peer.fill`."""

import io
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.wagtail_peer.settings"
SECTIONS = (("notices", "公告"), ("events", "活动"), ("blog", "博客"), ("albums", "相册"), ("guides", "指南"), ("phones", "找电话"))


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    from wagtail.models import Collection, Locale, Page, Site

    from .models import Body, HomePage, IndexPage, Phone

    Locale.objects.create(language_code="zh-hans")
    Collection.add_root(name="Root")
    found = json.loads((Path(settings.FOLDER) / "content.json").read_text(encoding="utf-8"))
    home = HomePage(title=found["title"], slug="first", body=_blocks(found))
    Page.add_root(instance=Page(title="Root", slug="root")).add_child(instance=home)
    Site.objects.create(root_page=home, hostname="127.0.0.1", site_name=found["title"], is_default_site=True)
    sections = {
        slug: home.add_child(instance=IndexPage(title=title, slug=slug, show_in_menus=True)) for slug, title in SECTIONS
    }
    _things(found, sections)
    Phone.objects.bulk_create([Phone(**one) for one in found["phones"]])
    Body.objects.bulk_create([Body(**one) for one in found["bodies"]])


def _things(found: dict, sections: dict) -> None:
    """Every thing is a page below its section."""
    from .models import AlbumImage, AlbumPage, EventPage, NoticePage, PostPage

    when = datetime.fromisoformat(found["album"]["day"])
    for n, one in enumerate(found["notices"]):
        page = NoticePage(slug=f"{n}", pinned="置顶" in one["tags"], date=when - timedelta(hours=n), **one)
        sections["notices"].add_child(instance=page)
    for n, one in enumerate(found["posts"]):
        sections["blog"].add_child(instance=PostPage(slug=f"{n}", title=one["title"], by=one["by"], date=one["day"]))
    for n, one in enumerate(found["events"]):
        sections["events"].add_child(instance=EventPage(slug=f"{n}", **one))
    album = AlbumPage(slug="0", title=found["album"]["title"], by=found["album"]["by"], date=when)
    album.pictures = [AlbumImage(image=_image(alt), sort_order=n) for n, alt in enumerate(found["album"]["pictures"])]
    sections["albums"].add_child(instance=album)


def _blocks(found: dict) -> list:
    shots = [("shot", {"title": s["title"], "picture": _image(s["alt"]), "caption": s["caption"]}) for s in found["shots"]]
    return [*(("links", box) for box in found["links"]), *shots]


def _image(title: str):
    from django.core.files.images import ImageFile
    from PIL import Image as Picture
    from wagtail.images.models import Image

    file = io.BytesIO()
    Picture.new("RGB", (640, 480), "#094a84").save(file, "JPEG")
    return Image.objects.create(title=title, file=ImageFile(file, name="picture.jpg"))


if __name__ == "__main__":
    main()

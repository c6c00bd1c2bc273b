"""Makes the peer's database with the boxes of `boxes.json` on its first page: `python -m bench.wagtail_peer.fill`."""

import json
import os
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.wagtail_peer.settings"


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    from wagtail.models import Locale, Page, Site

    from .models import HomePage

    Locale.objects.create(language_code="zh-hans")
    page = json.loads((Path(settings.FOLDER) / "boxes.json").read_text(encoding="utf-8"))
    home = HomePage(title=page["title"], slug="first", body=[("box", box) for box in page["boxes"]])
    Page.add_root(instance=Page(title="Root", slug="root")).add_child(instance=home)
    for n in range(3):
        home.add_child(instance=Page(title=f"{n}", slug=f"{n}", show_in_menus=True))
    Site.objects.create(root_page=home, hostname="127.0.0.1", site_name=page["title"], is_default_site=True)


if __name__ == "__main__":
    main()

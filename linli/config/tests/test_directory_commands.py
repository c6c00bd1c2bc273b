"""`linli directory` as a person types it, and a plan on tiles of one's own."""

import json

import pytest
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.config import cli
from linli.config.cli import setup
from linli.portal.models import DirectoryEntry
from linli.portal.tests.directory_kit import make_entry
from linli.sites.api import site_of

pytestmark = pytest.mark.django_db
LANE = {"type": "Feature", "properties": {"kind": "lane", "name": "柳渡路"}, "geometry": {"type": "LineString", "coordinates": [[120.1, 30.2], [120.101, 30.201]]}}


@pytest.fixture(autouse=True)
def no_second_setup(monkeypatch):
    monkeypatch.setattr(setup, "instance_django", lambda: None)


@pytest.fixture
def town():
    places = make_cell()
    make_entry(places["community_a"], lat=30_200_500, lon=120_100_500)
    make_entry(places["community_a"], "老马开锁", "5550177")
    return places, site_of(places["community_a"]).slug


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_what_was_exported_is_imported_elsewhere_and_changes_nothing_here(town, tmp_path, capsys, kind):
    file, (_, slug) = tmp_path / f"phones.{kind}", town
    assert cli.main(["directory", "export", str(file), "--place", slug]) == 0
    assert cli.main(["directory", "import", str(file), "--place", slug]) == 0
    assert "未变 2" in capsys.readouterr().out
    DirectoryEntry.objects.all().delete()
    assert cli.main(["directory", "import", str(file), "--place", slug, "--dry-run"]) == 0
    assert not DirectoryEntry.objects.exists()
    assert cli.main(["directory", "import", str(file), "--place", slug]) == 0
    assert set(DirectoryEntry.objects.values_list("name", flat=True)) == {"苗师傅修理铺", "老马开锁"}


def test_a_plan_is_read_and_a_wrong_one_is_told_in_a_line(town, tmp_path, capsys):
    file, (_, slug) = tmp_path / "plan.geojson", town
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [LANE]}))
    assert cli.main(["directory", "plan", str(file), "--place", slug]) == 0
    file.write_text("{}")
    assert cli.main(["directory", "plan", str(file), "--place", slug]) != 0
    assert cli.main(["directory", "plan", str(file), "--place", "nowhere"]) != 0
    assert cli.main(["directory", "export", str(tmp_path / "x.txt"), "--place", slug]) != 0
    assert "Traceback" not in capsys.readouterr().err


def test_with_a_tile_server_of_ones_own_its_pictures_lie_below_the_numbers(town, client, settings):
    settings.LINLI_TILES = "https://tiles.example.cn/{z}/{x}/{y}.png"
    html = client.get(reverse("portal:site_phones_plan", args=[town[1]])).content.decode()
    assert "https://tiles.example.cn/" in html

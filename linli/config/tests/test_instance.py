"""The instance folder: secrets for their owner alone, kinds that never mix, all or nothing."""

import stat
import subprocess
import sys

import pytest

from linli.config import instance

from .conftest import environment

DIVISIONS = "code,name,parent\n33,测试省,\n3301,测试市,33\n330102,桂江区,3301\n330102001,柳渡街道,330102\n330102001001,青砖里社区居委会,330102001\n"


def linli(folder, *arguments):
    command = [sys.executable, "-m", "linli.config.cli", *map(str, arguments)]
    return subprocess.run(
        command, env=environment(folder), cwd=instance.SOURCE, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def divisions(tmp_path):
    path = tmp_path / "divisions.csv"
    path.write_text(DIVISIONS, encoding="utf-8")
    return path


def init(folder, divisions, **options):
    options = {"district": "330102", "admin-phone": "13800138000", **options}
    return linli(folder, "init", "--divisions", divisions, *[part for k, v in options.items() for part in (f"--{k}", v)])


def test_secrets_are_readable_by_their_owner_alone(tmp_path):
    folder = tmp_path / "data"
    instance.create(instance.Instance(kind="real"), folder)
    assert stat.S_IMODE((folder / "secrets").stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder / "secrets").iterdir()}
    assert modes == {0o600}


def test_a_second_instance_in_one_folder_is_refused_and_keeps_the_secrets(tmp_path):
    instance.create(instance.Instance(kind="real"), tmp_path)
    before = instance.read_secret(tmp_path, "django")
    with pytest.raises(instance.InstanceError):
        instance.create(instance.Instance(kind="demo"), tmp_path)
    assert instance.read_secret(tmp_path, "django") == before


def test_a_demo_is_refused_in_a_real_instance(tmp_path):
    instance.create(instance.Instance(kind="real"), tmp_path)
    done = linli(tmp_path, "demo", "--fresh")
    assert done.returncode == 2
    assert "LINLI_DATA=" in done.stderr
    assert instance.load(tmp_path).kind == "real"


def test_a_real_instance_is_refused_in_a_demo_folder(tmp_path, divisions):
    folder = tmp_path / "data"
    instance.create(instance.Instance(kind="demo"), folder)
    done = init(folder, divisions)
    assert done.returncode == 2
    assert "LINLI_DATA=" in done.stderr
    assert instance.load(folder).kind == "demo"


def test_every_command_without_an_instance_says_what_to_do_first(tmp_path):
    for arguments in (("serve",), ("areas", "count"), ("people", "link", "13800138000"), ("audit", "verify"), ("keys", "rotate")):
        done = linli(tmp_path / "none", *arguments)
        assert done.returncode == 2, arguments
        assert "linli init" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"district": "33"}, "6"),
        ({"district": "999999"}, "999999"),
        ({"admin-phone": "12"}, ""),
        ({"origin": "linli.example.cn"}, "https://"),
    ],
)
def test_a_failed_init_leaves_nothing_and_says_why_in_one_line(tmp_path, divisions, options, word):
    folder = tmp_path / "data"
    done = init(folder, divisions, **options)
    assert done.returncode == 2, done.stderr
    assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not folder.exists()


def test_a_broken_table_leaves_nothing_and_the_next_try_works(tmp_path, divisions):
    folder, broken = tmp_path / "data", tmp_path / "broken.csv"
    broken.write_text("code,name,parent\n330102,桂江区,3301\n330102,桂江区,3301\n", encoding="utf-8")
    assert init(folder, broken).returncode == 2
    assert not folder.exists()
    done = init(folder, divisions)
    assert done.returncode == 0, done.stderr
    there = instance.load(folder)
    assert (there.kind, there.district, there.name) == ("real", "330102", "桂江区")
    assert "http" in done.stdout
    assert {path.name for path in folder.iterdir()} >= {"instance.json", "linli.sqlite3", "secrets"}
    assert not list(folder.glob(".init-*"))
    assert stat.S_IMODE((folder / "linli.sqlite3").stat().st_mode) == 0o600
    assert linli(folder, "people", "link", "13800138000").returncode == 0
    assert "community\t1" in linli(folder, "areas", "count").stdout


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(("kind", "key"), [("demo", ""), ("real", "lin")])
def test_the_other_kinds_database_is_refused(kind, key):
    from linli.common import clock
    from linli.config.cli.mixing import refuse_foreign_database
    from linli.people.models import Person

    refuse_foreign_database(instance.Instance(kind=kind))
    Person.objects.create(display_name="某人", demo_key=key, created_at=clock.now())
    with pytest.raises(instance.InstanceError, match="LINLI_DATABASE"):
        refuse_foreign_database(instance.Instance(kind=kind))
    refuse_foreign_database(instance.Instance(kind="real" if kind == "demo" else "demo"))

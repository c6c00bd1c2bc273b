"""Files, functions, addresses: what anybody may rely on who opens the source."""

import re

from tools.checks import addresses, sizes, templates, tree
from tools.checks.tree import expect_none


def test_no_file_is_longer_than_400_lines_and_no_function_than_60():
    expect_none(sizes.too_long())


def test_no_tracked_file_names_a_package_registry_or_a_path_of_a_machine():
    expect_none(addresses.found())


def test_no_lock_file_that_records_registry_hosts_is_tracked():
    expect_none(addresses.locks())


def test_the_search_for_registries_finds_one(tmp_path, monkeypatch):
    guilty = tmp_path / "guilty.toml"
    guilty.write_text(f'index = "https://{addresses.KNOWN[0]}/simple"\npath = "{tree.ROOT}/x"\n')
    monkeypatch.setattr(tree, "project_files", lambda: (guilty,))
    monkeypatch.setattr(tree, "name", lambda path: path.name)
    assert {re.sub(r": .*", "", line) for line in addresses.found()} == {"guilty.toml:1", "guilty.toml:2"}


def test_templates_keep_to_the_strict_content_policy():
    expect_none(templates.forbidden())

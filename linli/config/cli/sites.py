"""`linli sites`: the addresses of the site cluster."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from linli.common.errors import UserError

from . import setup, show

if TYPE_CHECKING:
    from linli.sites.api import Site

HELP = "站点集群的网址 · the addresses of the sites"


def add(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="sites_command", metavar="COMMAND", required=True)
    commands.add_parser("list", help="全部站点：网址、名称、域名 · every site: address, name, host")
    one = commands.add_parser(
        "move", help="换一个网址，旧网址照样能用 · another address; the former one leads there"
    )
    one.add_argument("slug", metavar="SLUG")
    one.add_argument("to", metavar="NEW")
    one = commands.add_parser("host", help="绑定自己的域名；不写域名就解除 · give it a host name, or none")
    one.add_argument("slug", metavar="SLUG")
    one.add_argument("host", metavar="HOST", nargs="?", default="")


def run(args: argparse.Namespace) -> int:
    setup.instance_django()
    return {"list": every, "move": move, "host": host}[args.sites_command](args)


def every(args: argparse.Namespace) -> int:
    from linli.sites.api import all_sites

    for site in all_sites():
        show.say("\t".join(filter(None, [f"/s/{site.slug}/", site.name, site.host])))
    return 0


def move(args: argparse.Namespace) -> int:
    from linli.sites.api import move_site

    site = move_site(site=_site(args.slug), slug=args.to)
    show.say(f"{site.name}：/s/{site.slug}/，旧网址会转过来 · the former address leads here")
    return 0


def host(args: argparse.Namespace) -> int:
    from django.conf import settings

    from linli.sites.api import set_host

    site = set_host(site=_site(args.slug), host=args.host, allowed=settings.ALLOWED_HOSTS)
    show.say(f"{site.name}：{site.host or '没有自己的域名 · no host of its own'}")
    return 0


def _site(slug: str) -> Site:
    from linli.common import clock
    from linli.sites.api import find_site

    site = find_site(slug, clock.local_date(clock.now()))
    if site is None:
        raise UserError(f"没有这个站点 · no such site: {slug}")
    return site

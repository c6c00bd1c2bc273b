"""`linli people`: what must work before anybody can sign in."""

import argparse

from . import setup, show

HELP = "人员：一次性登录链接 · people: one-time sign-in links"


def add(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="people_command", metavar="COMMAND", required=True)
    link = commands.add_parser("link", help="给这个手机号的人一个 24 小时内有效的登录链接 · a sign-in link for 24 hours")
    link.add_argument("phone", metavar="PHONE")


def run(args: argparse.Namespace) -> None:
    setup.instance_django()
    from linli.common import clock
    from linli.people import api

    show.say(api.make_signin_link(args.phone, now=clock.now()))

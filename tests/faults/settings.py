"""The real settings with an upload page of the suite's own, and two switches that only faults use."""

import faulthandler
import os
import signal

from linli.config.settings import *  # noqa: F403
from linli.config.settings import DATABASES
from tests.faults import switch

faulthandler.register(signal.SIGUSR1)  # who hangs says where
ROOT_URLCONF = "tests.faults.urls"
if mode := os.environ.get("FAULTS_SYNCHRONOUS"):  # to prove that the power loss bites
    OPTIONS = DATABASES["default"]["OPTIONS"]
    OPTIONS["init_command"] = OPTIONS["init_command"].replace("synchronous=FULL", f"synchronous={mode}")  # type: ignore[index, attr-defined]
if control := os.environ.get("FAULTS_SWITCH"):
    switch.watch(control)

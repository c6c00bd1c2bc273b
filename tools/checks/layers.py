"""The order of the apps, as architecture says it, for checks that import-linter cannot express."""

from __future__ import annotations

from . import tree

ROWS: list[list[str]] = [
    ["common"],
    ["events"],
    ["design"],
    ["areas"],
    ["gateways"],
    ["people"],
    ["forms", "ledger", "calendar", "search", "files"],
    ["sites"],
    ["messaging"],
    ["forum", "records"],
    [
        "casework",
        "deliberation",
        "care",
        "activities",
        "services",
        "mutualaid",
        "market",
        "estate",
        "finance",
        "office",
        "exchange",
    ],
    ["hotline"],
    ["studio"],
    ["portal", "evaluation", "openapi"],
    ["demo"],
]
RANK = {app: number for number, row in enumerate(ROWS) for app in row}


def upward_keys() -> list[str]:
    """Foreign keys, also those named by a string, that point to an app which is not below."""
    from django.apps import apps

    findings = []
    for model in apps.get_models(include_auto_created=True):
        source = model._meta.app_config.name
        if not source.startswith("linli."):
            continue
        for field in model._meta.get_fields():
            if not getattr(field, "remote_field", None) or field.auto_created or not field.related_model:
                continue
            target = field.related_model._meta.app_config.name
            if target.startswith("linli.") and not _may_point(source, target):
                findings.append(
                    f"{model._meta.label}.{field.name} points up to {field.related_model._meta.label}"
                )
    return findings


def _may_point(source: str, target: str) -> bool:
    below, above = target.split(".")[1], source.split(".")[1]
    return source == target or RANK[below] < RANK[above]


def wrong_labels() -> list[str]:
    """Apps whose label or name is not what the architecture says, and apps that no row names."""
    from django.apps import apps

    findings = [f"{app}: no row of the architecture names it" for app in tree.app_names() if app not in RANK]
    for config in apps.get_app_configs():
        if config.name.startswith("linli.") and config.label != "linli_" + config.name.split(".")[1]:
            findings.append(f"{config.name} has the label {config.label}")
    return findings

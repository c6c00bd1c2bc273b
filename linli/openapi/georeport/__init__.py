"""GeoReport v2 (wiki.open311.org/GeoReport_v2): what is offered, what was reported, and a report from a program."""

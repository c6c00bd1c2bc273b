"""Linli for other programs: GeoReport v2 (Open311) for reports, HSDS 3.0 for services and organisations, and a reading
interface of our own with its OpenAPI 3.1 document.

Promises: gives out what everybody may read in the browser and nothing else; private, anonymous and refused cases are
never listed, by key either; a program that reports has a key, and every report it makes is one case like any other.
"""

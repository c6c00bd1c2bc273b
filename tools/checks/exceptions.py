"""What may break a rule, and why. Keep it short: an entry that is no longer needed fails its check."""

# path or path:function → reason
LONG: dict[str, str] = {}

# path → reason. Everything else takes the time as an argument or asks common.clock.
READS_TIME: dict[str, str] = {
    "linli/common/clock.py": "the one reader of time",
}

# path → reason
MARKS_SAFE: dict[str, str] = {}

# path → reason
RAW_SQL: dict[str, str] = {}

# Folders or files whose Chinese is data or console text and not interface.
CHINESE_IS_DATA: dict[str, str] = {
    "linli/demo/": "the invented street: names, texts and numbers are its data",
    "linli/config/cli/": "the console says everything in Chinese and English at once",
    "linli/config/instance.py": "messages of the console, before Django and its translations exist",
    "linli/config/settings/testing.py": "the name of the test instance",
}

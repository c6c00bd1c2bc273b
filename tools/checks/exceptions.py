"""What may break a rule, and why. Keep it short: an entry that is no longer needed fails its check."""

# path or path:function → reason
LONG: dict[str, str] = {}

# path → reason. Everything else takes the time as an argument or asks common.clock.
READS_TIME: dict[str, str] = {
    "linli/common/clock.py": "the one reader of time",
    "linli/common/ids.py": "a UUIDv7 begins with the moment it is made; nothing else follows from it",
    "linli/config/update.py": "runs outside the code that it replaces, on the standard library alone",
}

# path → reason
MARKS_SAFE: dict[str, str] = {
    "linli/design/dates.py": "moments of a page: digits and our own words of days; nothing typed is in them",
    "linli/forum/queries/posts.py": "parts of a page that `articles.join` wrote, kept and put together again",
    "linli/forum/articles.py": "articles that format_html wrote, stored once and joined into pages; nothing typed reaches them unescaped",
}

# path → reason
RAW_SQL: dict[str, str] = {
    "linli/areas/bulk.py": "665,276 rows of the country's table within a minute; the ORM is too slow by far",
    "linli/common/pagecache/tags.py": "one point query at every use of a kept part; building it anew costs ten times its run",
    "linli/common/prepared.py": "runs what the ORM wrote, without writing it anew for every page",
    "linli/calendar/actions/passing.py": "50,000 clocks due at once within two seconds; the ORM builds rows for three",
    "linli/common/outbox.py": "the same clocks tell of their end, each in a row of its own",
    "linli/forum/actions/reading.py": "a mark that only moves forward, in one statement beside the showing of a page",
    "linli/forum/queries/reading.py": "how far a reader has read, on each of his pages; the ORM takes longer than the look",
    "linli/forum/queries/posts.py": "one's own reactions on each topic page; other keys every time, so that nothing could be prepared",
    "linli/forum/queries/topics.py": "tags and badges of each list of topics; other keys every time, and SQLite needs its index named by the shape",
    "linli/demo/forum_world.py": "after thousands of rows with keys of our own PostgreSQL has to be told where its sequence stands",
    "linli/forum/queries/concerns.py": "what concerns one reader, of four reasons, by one statement; each part has its own index",
    "linli/forum/queries/news.py": "the newest topics of a dozen boards by index in one statement; the ORM cannot limit each part",
    "linli/common/append_only.py": "triggers that refuse update and delete; the ORM has no word for them",
}

# Folders or files whose Chinese is data or console text and not interface.
CHINESE_IS_DATA: dict[str, str] = {
    "linli/search/migrations/0002_synonyms.py": "words that mean the same",
    "linli/demo/": "the invented street: names, texts and numbers are its data",
    "linli/config/": "the console, which says everything in Chinese and English at once; often before Django exists",
    "linli/areas/home_rules.py": "what stands behind the number of a building, entrance or door",
    "linli/areas/rules.py": "words of the official division table: suffixes and kinds of names",
    "linli/forum/actions/cooking.py": "what people call the offices of their place by in their texts: @物业",
    "linli/calendar/hours.py": "the words in which offices write when they are open",
    "linli/portal/directory_sheet.py": "the heads and words of the table of phones, read and written",
    "linli/design/gallery.py": "sample texts of the gallery's components",
}

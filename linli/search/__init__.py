"""Finding things: one entry a findable thing, written by its app in its own transaction.

Promises: words of one, two and more Chinese characters are found on both databases exactly where they stand;
who asks is part of the query, so what he may not see is neither found nor counted nor hinted at; what a search
costs is bounded. Persons are never findable here.
Nouns: entry, kind, synonym. Door: `api.py`.
"""

"""One message, many ways: everybody has an inbox; SMS and e-mail go out as each person wishes, at once or as a digest.

Promises: what was told under a key is told once; the figures of a message add up to its audience; what a channel
proved is never taken back. Nouns: message, delivery, preference, digest. Door: `api`.
"""

"""Event classes, one file an app: frozen dataclasses in the past tense that carry ids only."""

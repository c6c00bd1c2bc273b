"""The benchmark: one module a subject, each with `run() -> list[Figure]`. Needs the network once, for its data."""

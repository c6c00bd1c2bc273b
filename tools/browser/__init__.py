"""A real browser on a real server with the demo world: for the browser tests and for `make screens`."""

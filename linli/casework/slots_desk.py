"""The desk's link with its count, and the way from a forum post to a report."""

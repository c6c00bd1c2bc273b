"""Tests of the whole: the tree, the layers, and every page in a real browser."""

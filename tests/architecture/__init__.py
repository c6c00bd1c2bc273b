"""What a reader of the source may rely on."""

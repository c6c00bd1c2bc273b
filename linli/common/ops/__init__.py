"""What those who run an instance look at: is it alive, is it ready, how much, how fast. No personal data."""

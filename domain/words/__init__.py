"""Word lists and stems that several parts read with."""

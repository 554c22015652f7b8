"""How a text is read for tactics: words to concepts, concepts to tactics, and how each passage asserts one."""

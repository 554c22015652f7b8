"""Words to concepts: the lexicon, and a text as numbers that the models look up."""

"""Mending what content farms did to texts: glosses taken out, broken characters made whole, gaps marked."""

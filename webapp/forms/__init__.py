"""Forms: what is asked, what is refused and in which words; one rule for the page and for the API."""

"""From the bytes of a page to its title, date, address and main text. Pure: nothing here fetches or stores."""

"""One spider for each kind of source; `crawler.kinds` names them."""

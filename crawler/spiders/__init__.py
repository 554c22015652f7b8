"""One spider for each kind of source; `crawler.spiders.kinds` names them."""

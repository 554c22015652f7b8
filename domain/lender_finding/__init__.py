"""Finding lenders: in texts by their names and aliases, and in what people type, however it is written."""

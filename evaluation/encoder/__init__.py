"""How the encoder of sentences is taught: from the published model it begins with to the file of its weights."""

"""What becomes of a page that was taken: the process that stores, and the archive of pages as they were fetched."""

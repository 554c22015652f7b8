"""What readers see of a record, on pages, in exports and in spreadsheets."""

"""What the crawler brings: sources, their runs and health, the pages asked for, the articles and their copies."""

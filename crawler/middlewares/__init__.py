"""What every request and answer passes on its way: the guard, robots.txt, and leaving a site alone when it asks."""

"""A frontier that several crawler processes share, on scrapy-redis over Redis or Valkey; docs/decisions/0043."""

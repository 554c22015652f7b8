"""What every page stands on: services, language, layout, headers, errors, health."""

"""The registries of lenders and tactics in the store: loaded, changed at run time, merged."""

"""The back office: for those who work here, each with an account and a role."""

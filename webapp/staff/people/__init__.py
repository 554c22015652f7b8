"""Who may come in: accounts, invitations, signing in, security keys."""

"""Where the crawler connects to: addresses, which of them it may reach, certificates, and the client of HTTP."""

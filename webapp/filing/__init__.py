"""Filing a complaint: the pages of the flow, its draft, its files, and what keeps it open to all."""

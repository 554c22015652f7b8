"""The record: the only code that opens transactions on the tables, and the only code that commits.

Every write that changes what readers may see puts its outbox row into the same transaction, so that the index can
lag behind the record but never miss a change of it. Here: the connection (`database`), the outbox, the audit log, and
complaints and articles read together (`records`). `intake/` is what borrowers send, `moderating/` what moderators do,
`gathering/` what the crawler brings, `registries/` lenders and tactics, `retagging/` records read again, `staff/` who
works here.
"""

from domain.store.database import Database, StoreUnavailable

__all__ = ["Database", "StoreUnavailable"]

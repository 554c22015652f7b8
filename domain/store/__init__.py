"""The record: the only code that opens transactions on the tables, and the only code that commits.

Every write that changes what readers may see puts its outbox row into the same transaction, so that the index can
lag behind the record but never miss a change of it. Modules: `database` (the connection), `complaints`, `articles`,
`registry` (lenders and tactics), `sources`, `outbox`, `records` (complaints and articles read together), `audit`.
"""

from domain.store.database import Database, StoreUnavailable

__all__ = ["Database", "StoreUnavailable"]

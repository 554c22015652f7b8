"""Names of the indices, the alias that is searched, and the small index with the time of the last sync.

<prefix>                      alias of the index that is searched
<prefix>-<format>-<time>      an index; the one before the current is kept
<prefix>-state                one document: when the index last held all that the store had announced
"""

import re
import time
from datetime import datetime
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from indexer.engines.elasticsearch.mapping import mappings, settings
from indexer.mapping import index_format


class Indices:
    """The indices of one installation on a cluster that it may share with others."""

    def __init__(self, prefix: str, replicas: int) -> None:
        self.alias = prefix
        self.state = f"{prefix}-state"
        self._replicas = replicas
        self._name = re.compile(re.escape(prefix) + r"-(?P<format>[0-9a-f]{8})-[0-9]{19}")

    def current(self, client: Elasticsearch) -> str | None:
        """Return the name of the index that is searched, None when there is none."""
        try:
            names = sorted(client.indices.get_alias(name=self.alias))
        except NotFoundError:
            return None
        return names[-1] if names else None

    def has_present_format(self, name: str) -> bool:
        """Tell whether this program can read the index."""
        match = self._name.fullmatch(name)
        return match is not None and match["format"] == index_format()

    def create(self, client: Elasticsearch) -> str:
        """Make an empty index, with an alias of its own to write by, and return its name.

        Writing by an alias that must exist keeps Elasticsearch from making an index up, with guessed fields, where
        this one was removed meanwhile.
        """
        name = f"{self.alias}-{index_format()}-{time.time_ns()}"
        client.indices.create(
            index=name, mappings=mappings(), settings=settings(self._replicas), aliases={filling_alias(name): {}}
        )
        return name

    def swap(self, client: Elasticsearch, name: str) -> None:
        """Let the alias name this index, at one stroke; keep the one before, remove what is older.

        Only older ones: another machine's rebuild that began later goes on and takes this one's place.
        """
        before = self.current(client)
        client.indices.put_settings(index=name, settings={"refresh_interval": "1s"})
        actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.alias}}]
        if before:
            actions.append({"remove": {"index": before, "alias": self.alias}})
        elif client.indices.exists(index=self.alias):  # an index that Elasticsearch made up under the alias's name
            actions.append({"remove_index": {"index": self.alias}})
        actions.append({"remove": {"index": name, "alias": filling_alias(name)}})
        client.indices.update_aliases(actions=actions)
        for old in client.indices.get(index=f"{self.alias}-*", ignore_unavailable=True):
            if self._name.fullmatch(old) and old != before and self._began(old) < self._began(name):
                client.indices.delete(index=old, ignore_unavailable=True)

    def discard(self, client: Elasticsearch, name: str) -> None:
        """Remove an index that was not swapped in."""
        if self.current(client) != name:
            client.indices.delete(index=name, ignore_unavailable=True)

    def note_synced(self, client: Elasticsearch, instant: datetime) -> None:
        """Keep the time of the last sync."""
        properties = {"synced_at": {"type": "date"}}
        try:
            client.indices.create(
                index=self.state, mappings={"dynamic": "strict", "properties": properties},
                settings={"number_of_shards": 1, "number_of_replicas": self._replicas},
            )  # fmt: skip
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
        client.index(index=self.state, id="sync", document={"synced_at": instant.isoformat()})

    def last_synced(self, client: Elasticsearch) -> datetime | None:
        """Return the time of the last sync, None when there was none."""
        try:
            found = client.get(index=self.state, id="sync")
        except NotFoundError:
            return None
        return datetime.fromisoformat(found["_source"]["synced_at"])

    def _began(self, name: str) -> int:
        return int(name.rpartition("-")[2])


def filling_alias(name: str) -> str:
    """Return the alias by which an index is written before it is searched."""
    return f"{name}-filling"

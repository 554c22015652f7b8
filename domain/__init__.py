"""What the three programs share: the text reading, the record and the only code that commits to it.

Knows no Flask, no Scrapy and no search engine.
"""

import os

# Before numpy is loaded: its products are small, and a process with threads is no good to fork from. On a machine of
# many cores its threads would also claim 40 MB of addresses each, which the processes with limits do not have.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

"""What becomes of a gathered article: it is read, then stored; docs/pipelines.md lists the steps and their counters."""

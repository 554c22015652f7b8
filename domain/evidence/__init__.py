"""Files that borrowers add to a complaint: judged by their bytes, stripped in a child process, kept sealed.

`judging` says what a file is, `stripping` makes the copy without metadata, `sealing` encrypts, `vault` does all of it
to one uploaded file; `domain.store.intake.evidence` keeps the rows. Nothing is imported here: the child starts quicker.
"""

"""`python -m commands` is the command `doorstep`."""

from commands import doorstep

doorstep(prog_name="doorstep")

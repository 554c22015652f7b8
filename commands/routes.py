"""`doorstep routes`: every address that the site answers at."""

import json

import click

from webapp import create_app
from webapp.shell.routes import declared_routes


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def routes(as_json: bool) -> None:
    """List every route with its methods, fields and the roles that may use it."""
    rows = declared_routes(create_app())
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{','.join(row['methods']):10} {row['route']:45} {','.join(row['roles'])}")

"""The production server: waitress, on one address."""

from waitress import serve

from admin_site import create_app
from admin_site.config import Settings
from admin_site.jobs import jobs_running

THREADS = 8


def serve_site(settings: Settings, host: str, port: int) -> None:
    """Serve the site until the process is stopped."""
    with jobs_running(settings):
        serve(create_app(settings), host=host, port=port, threads=THREADS, ident="onewindow")

"""Hands out a center's own certificate authority over plain http, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

FILE = "/center-ca.crt"
_TYPE = "application/x-x509-ca-cert"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trust this center</title></head>
<body><h1>Trust this center</h1>
<p>Only for phones and tablets that the center owns.</p>
<ol><li><a href="{file}">Download the file of the center</a>.</li>
<li>Android: settings, security, install a certificate, CA certificate.
iPhone: settings, profile downloaded, install; then general, about, certificate trust settings,
switch it on.</li>
<li>Compare the fingerprint (SHA-256) with the one on the computer's screen:<br>
<code>{fingerprint}</code></li>
<li>Then open <a href="{address}">{address}</a>.</li></ol></body></html>
"""


@contextmanager
def desk(
    host: str, port: int, *, authority: bytes, fingerprint: str, address: str
) -> Iterator[int]:
    """Serve the authority while this lasts; gives the port. Raises `OSError` when it is taken."""
    page = _PAGE.format(file=FILE, fingerprint=fingerprint, address=address).encode()
    answers = {"/": ("text/html; charset=utf-8", page), FILE: (_TYPE, authority)}

    class Answer(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            kind, body = answers.get(self.path, ("text/plain", b""))
            self.send_response(HTTPStatus.OK if body else HTTPStatus.NOT_FOUND)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library
            """Nobody is written down who fetches a public file."""

    server = ThreadingHTTPServer((host, port), Answer)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, name="ca-desk", daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

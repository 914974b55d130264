"""A reverse proxy in a few lines, which sets the headers that an example in deploy/ sets."""

import http.client
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DEPLOY = Path(__file__).parents[2] / "deploy"
# What the words of the examples mean for one request that came by https.
_WORDS = {"$remote_addr": 0, "{remote_host}": 0, "$scheme": 1, "{scheme}": 1, "$host": 2}
_HOP = {"connection", "keep-alive", "transfer-encoding", "host", "content-length"}


def headers_set(example: str) -> Mapping[str, str]:
    """Read the headers that an example sets; an empty one is taken away."""
    text = (DEPLOY / example).read_text(encoding="utf-8")
    if example.startswith("nginx"):
        found = re.findall(r"proxy_set_header\s+(\S+)\s+(\S+);", text)
        return {name: value.strip('"') for name, value in found}
    found = re.findall(r"header_up\s+(-?[\w-]+)(?:[ \t]+(\S+))?", text)
    return {name.removeprefix("-"): value for name, value in found}


def closed(example: str) -> frozenset[str]:
    """Read the paths that an example answers itself, with 404."""
    text = (DEPLOY / example).read_text(encoding="utf-8")
    if example.startswith("nginx"):
        return frozenset(re.findall(r"location = (\S+) \{\s+return 404;\s+\}", text))
    named = dict(re.findall(r"^\s*(@\w+) path ([^\n]+)$", text, re.MULTILINE))
    answered = re.findall(r"^\s*respond (@\w+) 404$", text, re.MULTILINE)
    return frozenset(path for one in answered for path in named[one].split())


def unlogged(text: str, path: str) -> bool:
    """Tell whether nginx's example writes a request for that path into no log."""
    blocks = re.findall(r"location ~ (\S+) \{([^}]*)\}", text)
    quiet = [
        where
        for where, does in blocks
        if {"access_log off;", "error_log /dev/null;"} <= set(map(str.strip, does.splitlines()))
    ]
    return any(re.search(where, path) for where in quiet)


def _changed(sent: Message, rules: Mapping[str, str], facts: tuple[str, ...]) -> dict[str, str]:
    set_anew = {name.lower() for name in rules}
    kept = {k: v for k, v in sent.items() if k.lower() not in _HOP | set_anew}
    told = {k: facts[_WORDS[v]] if v in _WORDS else v for k, v in rules.items()}
    return kept | {name: value for name, value in told.items() if value}


@contextmanager
def proxy(example: str, upstream: int) -> Iterator[int]:
    """Forward to the service at that port while this lasts; gives the proxy's own port."""
    rules, kept = headers_set(example), closed(example)

    class Forward(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on()

        def do_POST(self) -> None:
            self._pass_on()

        def _pass_on(self) -> None:
            if self.path in kept:
                self.send_error(404)
                return
            facts = (self.client_address[0], "https", self.headers["Host"])
            sent = _changed(self.headers, rules, facts)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            onward = http.client.HTTPConnection("127.0.0.1", upstream, timeout=60)
            onward.request(self.command, self.path, body=body, headers=sent)
            answer = onward.getresponse()
            data = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            onward.close()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Forward)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def asked(
    port: int,
    path: str = "/",
    *,
    source: str = "127.0.0.1",
    headers: Mapping[str, str] | None = None,
) -> http.client.HTTPResponse:
    """Ask from an address of this machine; the answer is read whole."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=60, source_address=(source, 0)
    )
    connection.request("GET", path, headers=dict(headers or {}))
    answer = connection.getresponse()
    answer.text = answer.read().decode()  # type: ignore[attr-defined]
    connection.close()
    return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

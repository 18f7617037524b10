"""Serves moto on a free loopback port until standard input ends.

Prints the endpoint once it answers. Standard input is the life line: whoever started this holds
the other end, so that the server goes when its starter does, however that comes about.
"""

import os
import sys
import urllib.request

from moto.server import ThreadedMotoServer


def main() -> None:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    # Without it RotateSecret answers 500 (No module named 'docker') and leaves rotation on.
    setting = urllib.request.Request(
        f"{endpoint}/moto-api/config",
        data=b'{"lambda": {"use_docker": false}}',
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(setting, timeout=60) as answer:
        answer.read()
    print(endpoint, flush=True)
    sys.stdin.buffer.read()
    os._exit(0)  # the server's threads have nothing to save


main()

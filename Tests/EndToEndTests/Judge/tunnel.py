"""A proxy that knows CONNECT, and the one place that it leads to: a TLS front of a plain server.

tunnel.py CERTIFICATE KEY PORT, the last being the plain server's. Prints the port of the proxy and
that of the front itself, then the first line of each request that the proxy gets.
"""

import socket
import ssl
import sys
import threading

certificate, key, port = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


def message(stream) -> bytes:
    """One request, its body included; empty at the end of the stream."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = stream.readline(65536)
        if not line:
            return b""
        head += line
    lengths = [
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    return head + stream.read(lengths[0] if lengths else 0)


def front(connection: socket.socket) -> None:
    """Hands each request on, one connection for each: the plain server closes them."""
    with context.wrap_socket(connection, server_side=True) as tls, tls.makefile("rb") as stream:
        request = message(stream)
        if not request:
            return
        with socket.create_connection(("127.0.0.1", int(port))) as server:
            server.sendall(request)
            answer = b"".join(iter(lambda: server.recv(65536), b""))
        head, end, body = answer.partition(b"\r\n\r\n")
        # moto calls JSON a page of HTML, which no client accepts of AWS's own hosts.
        if body[:1] in (b"{", b""):
            head = head.replace(b"text/html; charset=utf-8", b"application/x-amz-json-1.1")
        tls.sendall(head + end + body)


def proxy(connection: socket.socket) -> None:
    with connection, connection.makefile("rb", buffering=0) as stream:
        head = message(stream)
        line = head.split(b"\r\n")[0].decode()
        print(line, flush=True)
        if line.startswith("CONNECT "):
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            front(connection)
        else:
            connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")


def quietly(body, connection: socket.socket) -> None:
    try:
        body(connection)
    except OSError:
        pass  # who goes in the middle is no concern of a proxy


def serve(listener: socket.socket, body) -> None:
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=quietly, args=(body, connection), daemon=True).start()


listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(listener.getsockname()[1] for listener in listeners), flush=True)
threading.Thread(target=serve, args=(listeners[1], front), daemon=True).start()
serve(listeners[0], proxy)

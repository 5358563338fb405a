"""Visitors who ask for one page again and again: `python -m bench.visitors PORT PATH REQUESTS CONNECTIONS`.

Each connection is kept open and asks for the next as soon as it has read the last. Prints the seconds that all took and
how many answers were not the whole page.
"""

import socket
import sys
import threading
import time

ASK = "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: gzip\r\nCookie: theirs={number}\r\n\r\n"
LONGEST_WAIT = 30  # seconds for one answer


def visit(port: int, path: str, requests: int, number: int, failed: list[int]) -> None:
    ask = ASK.format(path=path, port=port, number=number).encode()
    with socket.create_connection(("127.0.0.1", port), timeout=LONGEST_WAIT) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _request in range(requests):
            connection.sendall(ask)
            if not answered(connection):
                failed.append(number)
                return


def answered(connection: socket.socket) -> bool:
    """Read one answer to its end; whether it was a page and left the connection open."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            return False
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    left = length - len(body)
    while left > 0:
        left -= len(connection.recv(65536)) or left
    return head.startswith(b"HTTP/1.1 200 ") and length > 1000


def main() -> None:
    port, path, requests, connections = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    failed: list[int] = []
    share = requests // connections
    visitors = [
        threading.Thread(target=visit, args=(port, path, share, number, failed)) for number in range(connections)
    ]
    start = time.perf_counter()
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    print(time.perf_counter() - start, len(failed))


if __name__ == "__main__":
    main()

"""Sends thousands of requests at the same time to a sandbox, among them broken ones.

Usage: stress.py ENDPOINT CONNECTIONS SEED

Every connection sends a few requests in a manner of its own: one after the other, all at once,
in small pieces, as chunks, or broken. It checks that each proper request gets its own answer, in
order, that no broken one gets any but 4xx or 5xx, and that all that was made is there in the end.
The environment has the sandbox's keys. Ends with 1 and says what was wrong.
"""

import asyncio
import json
import os
import random
import sys
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

endpoint, connections, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
place = urllib.parse.urlsplit(endpoint)
credentials = Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
made: list[str] = []
counts = {"requests": 0, "broken": 0, "cut": 0}


def signed(operation: str, **members) -> tuple[list[str], bytes]:
    """Head and body of a request."""
    body = json.dumps(members)
    request = AWSRequest(
        "POST",
        endpoint + "/",
        headers={
            "X-Amz-Target": f"secretsmanager.{operation}",
            "Content-Type": "application/x-amz-json-1.1",
        },
        data=body,
    )
    SigV4Auth(credentials, "secretsmanager", "us-east-1").add_auth(request)
    head = ["POST / HTTP/1.1", f"Host: {place.netloc}"]
    head += [f"{name}: {value}" for name, value in request.headers.items()]
    return head, body.encode()


def plain(head: list[str], body: bytes) -> bytes:
    return "\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode() + body


def chunked(head: list[str], body: bytes, chance: random.Random) -> bytes:
    text = "\r\n".join([*head, "Transfer-Encoding: chunked", "", ""]).encode()
    while body:
        size = chance.randint(1, 40)
        piece, body = body[:size], body[size:]
        text += b"%x\r\n%s\r\n" % (len(piece), piece)
    return text + b"0\r\n\r\n"


def broken(text: bytes, chance: random.Random) -> bytes:
    """The text with something in it that no reader may pass over."""
    way = chance.randrange(5)
    if way == 0:
        return bytes(chance.randrange(256) for _ in range(chance.randint(1, 300))) + b"\r\n\r\n"
    if way == 1:
        return text.replace(b"\r\n", b"\n", 1)
    if way == 2:
        return text.replace(b"Content-Length: ", b"Content-Length: 1\r\nContent-Length: ", 1)
    if way == 3:
        return text.replace(b"Host: ", b"Host : ", 1)
    return text.replace(b"HTTP/1.1\r\n", b"HTTP/1.1\r\n" + b"X: y\r\n" * 200, 1)


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    lines = head.split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
    if headers.get("x-gaara-sandbox") != "1":
        raise AssertionError("an answer that does not say that it is a sandbox's")
    body = await reader.readexactly(int(headers["content-length"]))
    return int(lines[0].split(" ")[1]), body


async def talk(number: int, chance: random.Random) -> None:
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        manner = chance.choice(["turns", "turns", "pipeline", "pieces", "chunks", "broken", "cut"])
        names = [f"stress/{number}-{index}" for index in range(chance.randint(1, 4))]
        requests = []
        for name in names:
            made_up = "x" * chance.choice([1, 100, 20_000])
            token = f"{name:-<40}"
            requests.append(
                (name, signed("CreateSecret", Name=name, ClientRequestToken=token, SecretString=made_up))
            )
            requests.append((name, signed("GetSecretValue", SecretId=name)))
        texts = [
            chunked(*request, chance) if manner == "chunks" else plain(*request)
            for _, request in requests
        ]
        if manner == "broken":
            counts["broken"] += 1
            writer.write(broken(texts[0], chance))
            status, _ = await answer(reader)
            if status < 400:
                raise AssertionError(f"status {status} for a broken request")
            if await reader.read() != b"":
                raise AssertionError("more than one answer to a broken request")
            return
        if manner == "cut":
            counts["cut"] += 1
            writer.write(texts[0][: chance.randrange(len(texts[0]))])
            await writer.drain()
            return
        if manner == "pipeline":
            writer.write(b"".join(texts))
        for (name, _), text in zip(requests, texts, strict=True):
            if manner == "pieces":
                while text:
                    size = chance.randint(1, 4_000)
                    writer.write(text[:size])
                    await writer.drain()
                    text = text[size:]
            elif manner != "pipeline":
                writer.write(text)
            status, body = await answer(reader)
            if status != 200 or json.loads(body)["Name"] != name:
                raise AssertionError(f"{manner}: status {status} for {name}: {body[:200]!r}")
            counts["requests"] += 1
        made.extend(names)
    finally:
        writer.close()


async def listed() -> set[str]:
    names: set[str] = set()
    token = None
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    while True:
        more = {"NextToken": token} if token else {}
        writer.write(plain(*signed("ListSecrets", MaxResults=100, **more)))
        status, body = await answer(reader)
        if status != 200:
            raise AssertionError(f"status {status} for ListSecrets")
        page = json.loads(body)
        names |= {secret["Name"] for secret in page["SecretList"]}
        token = page.get("NextToken")
        if not token:
            writer.close()
            return names


async def main() -> None:
    print(f"seed {seed}, {connections} connections at the same time")
    await asyncio.gather(
        *(talk(number, random.Random(seed * 1_000_003 + number)) for number in range(connections))
    )
    missing = set(made) - await listed()
    if missing:
        raise AssertionError(f"made and not there: {sorted(missing)[:5]}")
    print(", ".join(f"{count} {name}" for name, count in counts.items()), "- all as it should be")


asyncio.run(main())

"""botocore's side of the measurements: what Sources/Client does, with its figures and checks.

Usage: botocore-side.py sign ROUNDS | calls PORT CAFILE CONNECTIONS REQUESTS | first PORT CAFILE
"""

import sys
import threading
import time

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

NAME = "gaara-store/production/database-url"


def client(port, bundle, connections=1):
    session = botocore.session.get_session()
    return session.create_client(
        "secretsmanager", region_name="us-east-1", endpoint_url=f"https://127.0.0.1:{port}",
        aws_access_key_id="EXAMPLE", aws_secret_access_key="made-up", verify=bundle,
        config=Config(max_pool_connections=connections, proxies={}),
    )  # fmt: skip


def get(secrets):
    answer = secrets.get_secret_value(SecretId=NAME)
    if answer["Name"] != NAME or answer["VersionId"] != "made-up-version-of-the-benchmark":
        sys.exit("a wrong answer")


def sign(rounds):
    auth = SigV4Auth(Credentials("EXAMPLE", "made-up"), "secretsmanager", "us-east-1")
    last = ""
    start = time.monotonic_ns()
    for _ in range(rounds):
        request = AWSRequest(
            "POST", "https://secretsmanager.us-east-1.amazonaws.com/",
            headers={
                "X-Amz-Target": "secretsmanager.GetSecretValue",
                "Content-Type": "application/x-amz-json-1.1",
            },
            data=f'{{"SecretId":"{NAME}"}}',
        )  # fmt: skip
        # What add_auth does, at a given moment.
        request.context["timestamp"] = "20261123T000000Z"
        auth._modify_request_before_signing(request)
        text = auth.string_to_sign(request, auth.canonical_request(request))
        last = auth.signature(text, request)
        auth._inject_signature_to_request(request, last)
    print((time.monotonic_ns() - start) // rounds, last)


def calls(port, bundle, connections, requests):
    secrets = client(port, bundle, connections)
    times, wrong = [], []

    def run():
        try:
            # The first one connects and does not count.
            for index in range(requests // connections + 1):
                start = time.monotonic_ns()
                get(secrets)
                if index:
                    times.append(time.monotonic_ns() - start)
        except BaseException as error:
            wrong.append(error)

    start = time.monotonic_ns()
    threads = [threading.Thread(target=run) for _ in range(connections)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    took = time.monotonic_ns() - start
    if wrong:
        sys.exit(f"error: {wrong[0]!r}")
    print(sorted(times)[len(times) // 2], len(times) * 1_000_000_000 // took)


mode, *rest = sys.argv[1:]
if mode == "sign":
    sign(int(rest[0]))
elif mode == "calls":
    calls(rest[0], rest[1], int(rest[2]), int(rest[3]))
elif mode == "first":
    get(client(rest[0], rest[1]))
else:
    sys.exit(__doc__)

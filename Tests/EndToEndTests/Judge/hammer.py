"""Makes secrets over several connections until the endpoint is gone.

Usage: hammer.py ENDPOINT COUNT

Prints one line with the number of answers when COUNT are there, and at the end the name of every
secret whose creation was answered.
"""

import sys
import threading

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

endpoint, enough = sys.argv[1], int(sys.argv[2])
answered: list[str] = []
lock = threading.Lock()


def make(thread: int) -> None:
    client = boto3.client(
        "secretsmanager", endpoint_url=endpoint, config=Config(retries={"total_max_attempts": 1})
    )
    for number in range(100_000):
        name = f"made/{thread}-{number}"
        try:
            client.create_secret(Name=name, SecretString="made-up")
        except (BotoCoreError, ClientError):
            return
        with lock:
            answered.append(name)
            if len(answered) == enough:
                print(enough, flush=True)


threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for name in answered:
    print(name)

"""Prints the names of all secrets, one a line.

Usage: listed.py ENDPOINT
"""

import sys

import boto3

client = boto3.client("secretsmanager", endpoint_url=sys.argv[1])
for page in client.get_paginator("list_secrets").paginate(IncludePlannedDeletion=True):
    for secret in page["SecretList"]:
        print(secret["Name"])

"""Makes in moto what a plan expects to find: roles, rotation functions, external secrets.

Usage: moto-prepare.py ENDPOINT PLAN...

It reads the plans with PyYAML, and so independently of gaara-infra.
"""

import io
import json
import pathlib
import re
import sys
import zipfile

import boto3
import yaml

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"]},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)
EXECUTION_ROLE = "gaara-moto-lambda"


def merged(base: dict, over: dict) -> dict:
    both = dict(base)
    for key, value in over.items():
        old = both.get(key)
        mergeable = isinstance(old, dict) and isinstance(value, dict)
        both[key] = merged(old, value) if mergeable else value
    return both


def loaded(path: pathlib.Path) -> dict:
    plan = yaml.safe_load(path.read_text(encoding="utf-8"))
    if "include" in plan:
        plan = merged(loaded(path.parent / plan["include"]), plan)
    return plan


def filled(node, variables: dict):
    if isinstance(node, dict):
        return {key: filled(value, variables) for key, value in node.items()}
    if isinstance(node, list):
        return [filled(value, variables) for value in node]
    if isinstance(node, str):
        return re.sub(r"(?<!\$)\$\{([^}]+)\}", lambda m: str(variables[m.group(1)]), node)
    return node


def strings(node):
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            yield from strings(value)
    elif isinstance(node, str):
        yield node


def role_names(plan: dict) -> set[str]:
    names = {text[len("role/") :] for text in strings(plan) if text.startswith("role/")}
    for entry in plan.get("access", {}).values():
        for role in entry.get("attach", {}).get("roles", []):
            if isinstance(role, str):
                names.add(role)
            elif not role.get("create"):
                names.add(role["name"])
    return names


def make_role(iam, name: str) -> str:
    path, _, last = name.rpartition("/")
    path = f"/{path}/" if path else "/"
    try:
        answer = iam.create_role(RoleName=last, Path=path, AssumeRolePolicyDocument=TRUST)
    except iam.exceptions.EntityAlreadyExistsException:
        answer = iam.get_role(RoleName=last)
    return answer["Role"]["Arn"]


def make_function(client, role: str, arn: str) -> None:
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("rotate.py", "def handler(event, context):\n    return None\n")
    try:
        client.create_function(
            FunctionName=arn.split(":")[6],
            Runtime="python3.12",
            Role=role,
            Handler="rotate.handler",
            Code={"ZipFile": code.getvalue()},
        )
    except client.exceptions.ResourceConflictException:
        return
    client.add_permission(
        FunctionName=arn.split(":")[6],
        StatementId="secrets-manager",
        Action="lambda:InvokeFunction",
        Principal="secretsmanager.amazonaws.com",
    )


def make_external(client, plan: dict) -> None:
    for name, secret in plan.get("secrets", {}).items():
        if secret.get("value") != "external":
            continue
        full = f"{plan['application']}/{plan['environment']}/{name}"
        try:
            client.create_secret(Name=full, SecretString=f"made-up value of {name}")
        except client.exceptions.ResourceExistsException:
            pass


def main(endpoint: str, paths: list[str]) -> None:
    for path in paths:
        plan = loaded(pathlib.Path(path))
        if "environment" not in plan:
            continue  # only included by others
        plan = filled(plan, plan.get("variables", {}))
        session = boto3.Session(region_name=plan["region"])

        def client(service: str):
            return session.client(service, endpoint_url=endpoint)

        iam = client("iam")
        for name in sorted(role_names(plan)):
            make_role(iam, name)
        execution_role = make_role(iam, EXECUTION_ROLE)
        for text in sorted(set(strings(plan))):
            if re.fullmatch(r"arn:aws:lambda:[^:]+:\d{12}:function:[\w-]+", text):
                make_function(client("lambda"), execution_role, text)
        make_external(client("secretsmanager"), plan)


main(sys.argv[1], sys.argv[2:])

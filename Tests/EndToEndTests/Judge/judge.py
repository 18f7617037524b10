"""Says what an account in moto holds, as one JSON object, or acts on it as somebody else would.

Usage: judge.py ENDPOINT state [--values]
       judge.py ENDPOINT deny ACTION...         a user who may do all but these; its keys
       judge.py ENDPOINT put NAME VALUE         a value that gaara-infra did not write
       judge.py ENDPOINT attach ROLE POLICY-ARN
       judge.py ENDPOINT end-rotation NAME      what AWS does when the function has answered
       judge.py ENDPOINT foreign NAME           a secret that carries nobody's tags

It uses boto3 and knows nothing of gaara-infra. Reading values sets LastAccessedDate, so that
without --values the account stays as it was.
"""

import json
import sys

import boto3


def client(service):
    return boto3.client(
        service,
        endpoint_url=sys.argv[1],
        region_name="us-east-1",
        aws_access_key_id="AKIAJUDGE00000000000",
        aws_secret_access_key="judge",
    )


def tags(entries, key="Key", value="Value"):
    return {tag[key]: tag[value] for tag in entries or []}


def keys():
    kms = client("kms")
    aliases = {}
    for alias in kms.list_aliases()["Aliases"]:
        if "TargetKeyId" in alias and not alias["AliasName"].startswith("alias/aws/"):
            aliases.setdefault(alias["TargetKeyId"], []).append(alias["AliasName"])
    found = {}
    for entry in kms.list_keys()["Keys"]:
        key = kms.describe_key(KeyId=entry["KeyId"])["KeyMetadata"]
        if key["KeyManager"] != "CUSTOMER":
            continue
        rotates = None
        if key["KeySpec"] == "SYMMETRIC_DEFAULT":
            rotates = kms.get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"]
        names = sorted(aliases.get(key["KeyId"], []))
        found[names[0] if names else key["KeyId"]] = {
            "arn": key["Arn"],
            "aliases": names,
            "description": key["Description"],
            "state": key["KeyState"],
            "spec": key["KeySpec"],
            "usage": key["KeyUsage"],
            "rotates": rotates,
            "tags": tags(
                kms.list_resource_tags(KeyId=key["KeyId"])["Tags"], "TagKey", "TagValue"
            ),
            "policy": json.loads(kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"]),
        }
    return found


def secrets(with_values):
    manager = client("secretsmanager")
    found = {}
    pages = manager.get_paginator("list_secrets").paginate(IncludePlannedDeletion=True)
    for entry in (entry for page in pages for entry in page["SecretList"]):
        secret = manager.describe_secret(SecretId=entry["ARN"])
        rules = secret.get("RotationRules", {})
        state = {
            "arn": secret["ARN"],
            "description": secret.get("Description", ""),
            "key": secret.get("KmsKeyId"),
            "tags": tags(secret.get("Tags")),
            "stages": {
                stage: version
                for version, stages in sorted(secret.get("VersionIdsToStages", {}).items())
                for stage in stages
            },
            "deleted": "DeletedDate" in secret,
            "rotates": secret.get("RotationEnabled", False),
            "function": secret.get("RotationLambdaARN"),
            "days": rules.get("AutomaticallyAfterDays"),
            "changed": str(secret.get("LastChangedDate")),
        }
        if with_values and not state["deleted"]:
            value = manager.get_secret_value(SecretId=entry["ARN"], VersionStage="AWSCURRENT")
            state["value"] = value.get("SecretString")
            if state["value"] is None:
                state["value"] = value["SecretBinary"].hex()
        found[secret["Name"]] = state
    return found


def policies():
    iam = client("iam")
    found = {}
    pages = iam.get_paginator("list_policies").paginate(Scope="Local")
    for entry in (entry for page in pages for entry in page["Policies"]):
        arn = entry["Arn"]
        versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
        entities = iam.list_entities_for_policy(PolicyArn=arn)
        found[entry["PolicyName"]] = {
            "arn": arn,
            "path": entry["Path"],
            "default": entry["DefaultVersionId"],
            "versions": sorted(version["VersionId"] for version in versions),
            "document": iam.get_policy_version(
                PolicyArn=arn, VersionId=entry["DefaultVersionId"]
            )["PolicyVersion"]["Document"],
            "tags": tags(iam.get_policy(PolicyArn=arn)["Policy"].get("Tags")),
            "roles": sorted(role["RoleName"] for role in entities["PolicyRoles"]),
            "users": sorted(user["UserName"] for user in entities["PolicyUsers"]),
            "groups": sorted(group["GroupName"] for group in entities["PolicyGroups"]),
        }
    return found


def deny(actions):
    iam = client("iam")
    name = "restricted"
    iam.create_user(UserName=name)
    statements = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]
    if actions:
        statements.append({"Effect": "Deny", "Action": actions, "Resource": "*"})
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    iam.put_user_policy(UserName=name, PolicyName="all-but", PolicyDocument=document)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return {"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}


def answer(verb, arguments):
    match verb:
        case "state":
            return {
                "keys": keys(),
                "secrets": secrets("--values" in arguments),
                "policies": policies(),
            }
        case "deny":
            return deny(arguments)
        case "put":
            name, value = arguments
            client("secretsmanager").put_secret_value(SecretId=name, SecretString=value)
        case "attach":
            role, policy = arguments
            client("iam").attach_role_policy(RoleName=role, PolicyArn=policy)
        case "end-rotation":
            manager = client("secretsmanager")
            stages = manager.describe_secret(SecretId=arguments[0])["VersionIdsToStages"]
            for version in [version for version in stages if "AWSPENDING" in stages[version]]:
                manager.update_secret_version_stage(
                    SecretId=arguments[0], VersionStage="AWSPENDING", RemoveFromVersionId=version
                )
        case "foreign":
            client("secretsmanager").create_secret(Name=arguments[0], SecretString="not ours")
        case _:
            sys.exit(f"no such verb: {verb}")
    return {}


print(json.dumps(answer(sys.argv[2], sys.argv[3:])))

"""Goes through the AWS lines of the usage guide, in its order, by boto3 or by the AWS CLI.

Usage: guide.py boto3|cli

The endpoint and the keys come from the environment. Each line is printed with what came of it;
where the guide is wrong, its own form comes first with the refusal that AWS gives, then the right
one. It ends with 1 when a line comes out otherwise. It knows nothing of gaara-infra.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import boto3
from botocore.exceptions import ClientError

ACCOUNT, REGION = "123456789012", "us-east-1"
PREFIX = "gaara-store/production/"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:SecretsManagerRotation"
POLICY = f"arn:aws:iam::{ACCOUNT}:policy/GaaraStoreSecretsAccess"
USER = "gaara-store-app"


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code, self.message = code, message


def by_boto3(service, operation, parameters, keys):
    client = boto3.client(service, **keys)
    try:
        answer = getattr(client, operation)(**parameters)
    except ClientError as error:
        raise Refused(error.response["Error"]["Code"], error.response["Error"]["Message"]) from None
    answer.pop("ResponseMetadata")
    return answer


def option(name):
    """--kms-key-id for KmsKeyId, as the CLI makes it (its xform_name)."""
    from awscli.botocore import xform_name

    return "--" + xform_name(name, "-")


def by_cli(service, operation, parameters, keys):
    words = [service, operation.replace("_", "-")]
    for name, value in parameters.items():
        if value is True:
            words.append(option(name))
        elif isinstance(value, str):
            words += [option(name), value]
        elif name == "RotationRules":  # in the guide's own short form
            words += [option(name), ",".join(f"{key}={text}" for key, text in value.items())]
        else:
            words += [option(name), json.dumps(value)]
    environment = dict(os.environ)
    if keys:
        environment["AWS_ACCESS_KEY_ID"] = keys["aws_access_key_id"]
        environment["AWS_SECRET_ACCESS_KEY"] = keys["aws_secret_access_key"]
    program = Path(sys.executable).with_name("aws")
    run = subprocess.run(
        [sys.executable, program, "--output", "json", *words],
        env=environment,
        capture_output=True,
        text=True,
    )
    if run.returncode == 0:
        return json.loads(run.stdout) if run.stdout.strip() else {}
    start = "An error occurred ("
    text = run.stderr.strip().removeprefix("aws: [ERROR]: ").strip()
    if start not in text:
        raise SystemExit(f"{words}: {run.returncode}: {text}")
    code, _, rest = text[text.index(start) + len(start) :].partition(")")
    raise Refused(code, rest.partition(" operation: ")[2])


class Guide:
    def __init__(self, way):
        self.way = {"boto3": by_boto3, "cli": by_cli}[way]
        self.keys = {}
        self.faults = 0

    def say(self, is_good, section, line, what):
        self.faults += not is_good
        print(f"{'ok' if is_good else 'FAULT':5} {section}: {line}: {what}", flush=True)

    def done(self, section, service, operation, check=lambda answer: True, **parameters):
        """A line that must succeed, with an answer of which `check` is true."""
        line = f"{service} {operation}"
        try:
            answer = self.way(service, operation, parameters, self.keys)
        except Refused as refused:
            self.say(False, section, line, refused)
            return {}
        is_good = bool(check(answer))
        self.say(is_good, section, line, "done" if is_good else answer)
        return answer

    def refused(self, code, text, section, service, operation, **parameters):
        """A line that AWS refuses by that code and a message with that text in it."""
        line = f"{service} {operation}"
        try:
            answer = self.way(service, operation, parameters, self.keys)
        except Refused as refused:
            self.say(refused.code == code and text in refused.message, section, line, refused)
            return
        self.say(False, section, line, f"not refused: {answer}")


def policy(resource_of_key):
    """The document of "4. Create IAM Policy"."""
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                    "Resource": f"arn:aws:secretsmanager:{REGION}:*:secret:gaara-store/*",
                },
                {
                    "Effect": "Allow",
                    "Action": ["kms:Decrypt", "kms:DescribeKey"],
                    "Resource": resource_of_key,
                },
            ],
        }
    )


def set_up(guide):
    at = "2. Create KMS Key"
    key = guide.done(
        at, "kms", "create_key",
        lambda answer: answer["KeyMetadata"]["KeyState"] == "Enabled",
        Description="Gaara Store encryption key", KeyUsage="ENCRYPT_DECRYPT", Origin="AWS_KMS",
    )["KeyMetadata"]["KeyId"]  # fmt: skip

    at = "3. Create Secrets"
    guide.refused(
        "InvalidParameterException", "invalid KMS key", f"{at}, key as written",
        "secretsmanager", "create_secret",
        Name=PREFIX + "database-url", SecretString="x", KmsKeyId="<key-id>",
    )  # fmt: skip
    for name, value in {
        "database-url": "postgresql://user:pass@host:5432/dbname",
        "jwt-secret": "your-jwt-secret-key",
        "redis-url": "redis://localhost:6379/0",
    }.items():
        guide.done(
            f"{at}, {name}", "secretsmanager", "create_secret",
            lambda answer: answer["Name"].startswith(PREFIX) and answer["VersionId"],
            Name=PREFIX + name, SecretString=value, KmsKeyId=key,
        )  # fmt: skip

    at = "4. Create IAM Policy"
    guide.done(
        at, "iam", "create_policy", lambda answer: answer["Policy"]["Arn"] == POLICY,
        PolicyName="GaaraStoreSecretsAccess",
        PolicyDocument=policy(f"arn:aws:kms:{REGION}:*:key/{key}"),
    )  # fmt: skip

    at = "5. Attach Policy to IAM User/Role"
    wrong = "arn:aws:iam::aws:policy/custom/GaaraStoreSecretsAccess"
    guide.refused(
        "NoSuchEntity", f"Policy {wrong} does not exist or is not attachable.",
        f"{at}, ARN as written", "iam", "attach_user_policy", UserName=USER, PolicyArn=wrong,
    )  # fmt: skip
    guide.done(
        f"{at}, the account's ARN", "iam", "attach_user_policy", UserName=USER, PolicyArn=POLICY
    )
    guide.done(
        at, "iam", "list_attached_user_policies",
        lambda answer: [each["PolicyArn"] for each in answer["AttachedPolicies"]] == [POLICY],
        UserName=USER,
    )  # fmt: skip
    return key


def migrate(guide, key):
    at = "Migration, Step 2: Create Secrets in AWS"
    guide.refused(
        "ValidationException", "Invalid name.", f"{at}, name as written",
        "secretsmanager", "create_secret",
        Name=PREFIX + "{secret-name}", SecretString="{secret-value}", KmsKeyId=key,
    )  # fmt: skip
    guide.refused(
        "ResourceExistsException", "already exists", f"{at}, one of the set-up again",
        "secretsmanager", "create_secret",
        Name=PREFIX + "database-url", SecretString="another", KmsKeyId=key,
    )  # fmt: skip
    for name in ("mail-password", "sentry-dsn"):
        guide.done(
            f"{at}, {name}", "secretsmanager", "create_secret",
            Name=PREFIX + name, SecretString=f"made-up {name}", KmsKeyId=key,
        )  # fmt: skip

    at = "Migration, Step 3: Update Application Code"
    guide.done(
        at, "secretsmanager", "get_secret_value",
        lambda answer: answer["SecretString"] == "postgresql://user:pass@host:5432/dbname",
        SecretId=PREFIX + "database-url",
    )  # fmt: skip
    guide.refused(
        "ResourceNotFoundException", "can't find the specified secret",
        "Migration, Step 4: Test in Staging", "secretsmanager", "get_secret_value",
        SecretId="gaara-store/staging/database-url",
    )  # fmt: skip


def practise(guide):
    at = "3. Rotate Secrets Regularly"
    rotation = {"SecretId": PREFIX + "database-url", "RotationRules": {"AutomaticallyAfterDays": 30}}
    guide.refused(
        "AccessDeniedException", "cannot invoke the specified Lambda function",
        f"{at}, function as written", "secretsmanager", "rotate_secret",
        RotationLambdaARN=FUNCTION.replace(ACCOUNT, "*"), **rotation,
    )  # fmt: skip
    guide.done(
        f"{at}, the function's ARN", "secretsmanager", "rotate_secret",
        lambda answer: answer["VersionId"], RotationLambdaARN=FUNCTION, **rotation,
    )  # fmt: skip

    at = "4. Use Least Privilege"
    access = guide.done(at, "iam", "create_access_key", UserName=USER)["AccessKey"]
    guide.keys = {
        "aws_access_key_id": access["AccessKeyId"],
        "aws_secret_access_key": access["SecretAccessKey"],
    }
    read = {"SecretId": PREFIX + "redis-url"}
    guide.done(
        f"{at}, as {USER}", "secretsmanager", "get_secret_value",
        lambda answer: answer["SecretString"] == "redis://localhost:6379/0", **read,
    )  # fmt: skip
    guide.done(f"{at}, as {USER}", "secretsmanager", "describe_secret", **read)
    for operation, more in {
        "put_secret_value": {"SecretString": "x"}, "delete_secret": {},
    }.items():  # fmt: skip
        guide.refused(
            "AccessDeniedException", f"user/{USER} is not authorized to perform",
            f"{at}, as {USER}", "secretsmanager", operation, **read, **more,
        )  # fmt: skip
    guide.done(
        f"Troubleshooting, as {USER}", "sts", "get_caller_identity",
        lambda answer: answer["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/{USER}",
    )
    guide.keys = {}


def look(guide):
    at = "Troubleshooting"
    guide.done(
        at, "secretsmanager", "describe_secret",
        lambda answer: answer["RotationEnabled"]
        and answer["RotationRules"]["AutomaticallyAfterDays"] == 30
        and answer["RotationLambdaARN"] == FUNCTION,
        SecretId=PREFIX + "database-url",
    )  # fmt: skip
    guide.done(
        at, "sts", "get_caller_identity", lambda answer: answer["Account"] == ACCOUNT
    )

    at = "Monitoring"
    names = ["SecretAccess", "CacheHitRate", "FailedAccess"]
    guide.done(
        f"{at}, metrics", "cloudwatch", "put_metric_data", Namespace="GaaraStore/Secrets",
        MetricData=[{"MetricName": name, "Value": 1} for name in names],
    )  # fmt: skip

    def stat(name, metric):
        metric = {"Namespace": "GaaraStore/Secrets", "MetricName": metric}
        return {
            "Id": name, "ReturnData": False,
            "MetricStat": {"Metric": metric, "Period": 300, "Stat": "Sum"},
        }  # fmt: skip

    alarms = {
        "failed-access": {
            "ComparisonOperator": "GreaterThanThreshold", "Threshold": "5",
            "Metrics": [
                stat("failed", "FailedAccess"), stat("all", "SecretAccess"),
                {"Id": "share", "Expression": "100 * failed / all", "ReturnData": True},
            ],
        },
        "cache-hit-rate": {
            "ComparisonOperator": "LessThanThreshold", "Threshold": "80",
            "Namespace": "GaaraStore/Secrets", "MetricName": "CacheHitRate",
            "Period": "300", "Statistic": "Average",
        },
        "unusual-access": {
            "ComparisonOperator": "GreaterThanUpperThreshold", "ThresholdMetricId": "band",
            "Metrics": [
                stat("all", "SecretAccess") | {"ReturnData": True},
                {"Id": "band", "Expression": "ANOMALY_DETECTION_BAND(all, 3)", "ReturnData": True},
            ],
        },
    }  # fmt: skip
    for name, alarm in alarms.items():
        if guide.way is by_boto3:  # a shell has texts only
            numbers = {"Threshold": float, "Period": int}
            alarm = {key: numbers.get(key, lambda text: text)(each) for key, each in alarm.items()}
        guide.done(
            f"{at}, {name}", "cloudwatch", "put_metric_alarm", AlarmName=name,
            EvaluationPeriods=1 if guide.way is by_boto3 else "1", **alarm,
        )  # fmt: skip
    guide.done(
        at, "cloudwatch", "describe_alarms",
        lambda answer: {each["AlarmName"] for each in answer["MetricAlarms"]} == set(alarms),
    )  # fmt: skip


def main():
    guide = Guide(sys.argv[1])
    guide.done("boto3 and keys", "sts", "get_caller_identity")
    guide.done("the user of step 5", "iam", "create_user", UserName=USER)
    migrate(guide, set_up(guide))
    practise(guide)
    look(guide)
    raise SystemExit(guide.faults > 0)


main()

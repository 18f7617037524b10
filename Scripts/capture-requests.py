#!/usr/bin/env python3
"""What botocore sends for one input of each of our operations, captured on loopback.

Prints Tests/AWSTests/Cases/requests.json; the inputs are those of SampleInputs.swift. Every request
goes, under its real host name, to a proxy on 127.0.0.1 that keeps it and answers 501; the date of
the signatures stands still, so that a second run prints the same.

Usage: Scripts/capture-requests.py >Tests/AWSTests/Cases/requests.json
"""

import datetime
import http.server
import json
import sys
import threading

import botocore
import botocore.auth
import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

DATE = datetime.datetime(2015, 8, 30, 12, 36, tzinfo=datetime.timezone.utc)
REGION = "eu-west-1"

KEY = "1234abcd-12ab-34cd-56ef-1234567890ab"
ALIAS = "alias/gaara-store/staging"
SECRET = "gaara-store/staging/database-url"
TOKEN = "gaara1-00112233-" + "0123456789abcdef" * 3
POLICY = "arn:aws:iam::123456789012:policy/gaara-store/staging/gaara-store-staging-app"
DOCUMENT = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",'
    '"Action":"secretsmanager:GetSecretValue",'
    '"Resource":"arn:aws:secretsmanager:*:123456789012:secret:a+b ~c-??????"}]}'
)
ROLE = "gaara-store-app"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:R"
ALARM = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:gaara-store-staging failed"
PAIRS = [("gaara:application", "gaara-store"), ("team", "a b+c/ü")]
TAGS = [{"Key": key, "Value": value} for key, value in PAIRS]
KMS_TAGS = [{"TagKey": key, "TagValue": value} for key, value in PAIRS]
CONTEXT = {"gaara:file": ".env", "gaara:application": "gaara-store"}
ENVIRONMENT = [{"Name": "Environment", "Value": "staging"}]
METRIC = {"Namespace": "GaaraStore/Secrets", "MetricName": "FailedAccess", "Dimensions": ENVIRONMENT}
FAILED = {"Metric": METRIC, "Period": 300, "Stat": "Sum"}
QUESTION = {
    "ActionNames": ["secretsmanager:GetSecretValue", "kms:Decrypt"],
    "ResourceArns": ["arn:aws:secretsmanager:us-east-1:123456789012:secret:a/b-??????"],
    "ContextEntries": [
        {
            "ContextKeyName": "kms:ViaService",
            "ContextKeyValues": ["secretsmanager.us-east-1.amazonaws.com"],
            "ContextKeyType": "string",
        }
    ],
    "MaxItems": 1000,
}

# botocore's name of the service, ours, and its operations in the order of Operation.all.
CALLS = [
    ("kms", "kms", [
        ("CreateKey", {
            "Description": 'Gaara Store "encryption" key', "KeySpec": "HMAC_256",
            "KeyUsage": "GENERATE_VERIFY_MAC", "Policy": DOCUMENT, "Tags": KMS_TAGS}),
        ("DescribeKey", {"KeyId": ALIAS}),
        ("ListKeys", {"Limit": 1000, "Marker": "m/1="}),
        ("UpdateKeyDescription", {"KeyId": KEY, "Description": ""}),
        ("EnableKey", {"KeyId": KEY}),
        ("ScheduleKeyDeletion", {"KeyId": KEY, "PendingWindowInDays": 30}),
        ("CancelKeyDeletion", {"KeyId": KEY}),
        ("CreateAlias", {"AliasName": ALIAS, "TargetKeyId": KEY}),
        ("UpdateAlias", {"AliasName": ALIAS, "TargetKeyId": KEY}),
        ("DeleteAlias", {"AliasName": ALIAS}),
        ("ListAliases", {"KeyId": KEY, "Limit": 100}),
        ("EnableKeyRotation", {"KeyId": KEY, "RotationPeriodInDays": 180}),
        ("DisableKeyRotation", {"KeyId": KEY}),
        ("GetKeyRotationStatus", {"KeyId": KEY}),
        ("GetKeyPolicy", {"KeyId": KEY, "PolicyName": "default"}),
        ("PutKeyPolicy", {"KeyId": KEY, "PolicyName": "default", "Policy": DOCUMENT}),
        ("TagResource", {"KeyId": KEY, "Tags": KMS_TAGS}),
        ("UntagResource", {"KeyId": KEY, "TagKeys": ["team", "x y"]}),
        ("ListResourceTags", {"KeyId": KEY, "Limit": 50}),
        ("GenerateMac", {
            "KeyId": ALIAS + "/value-tokens", "Message": b"gaara-infra\x00\xff",
            "MacAlgorithm": "HMAC_SHA_256"}),
        ("GenerateDataKey", {
            "KeyId": ALIAS, "KeySpec": "AES_256", "EncryptionContext": CONTEXT}),
        ("Decrypt", {
            "CiphertextBlob": b"\x01\x02\xfe", "KeyId": ALIAS, "EncryptionContext": CONTEXT}),
    ]),
    ("secretsmanager", "secretsmanager", [
        ("CreateSecret", {
            "Name": SECRET, "ClientRequestToken": TOKEN, "Description": "Primary connection",
            "KmsKeyId": ALIAS, "SecretString": 'p"a\\ss\n\twörd\x01\U0001f511/', "Tags": TAGS}),
        ("DescribeSecret", {"SecretId": SECRET}),
        ("ListSecrets", {
            "MaxResults": 100, "IncludePlannedDeletion": True,
            "Filters": [{"Key": "name", "Values": ["gaara-store/staging/"]}],
            "NextToken": "t1"}),
        ("UpdateSecret", {
            "SecretId": SECRET, "ClientRequestToken": TOKEN, "Description": "x",
            "KmsKeyId": ""}),
        ("DeleteSecret", {"SecretId": SECRET, "RecoveryWindowInDays": 7}),
        ("RestoreSecret", {"SecretId": SECRET}),
        ("GetResourcePolicy", {"SecretId": SECRET}),
        ("PutResourcePolicy", {
            "SecretId": SECRET, "ResourcePolicy": DOCUMENT, "BlockPublicPolicy": True}),
        ("DeleteResourcePolicy", {"SecretId": SECRET}),
        ("ValidateResourcePolicy", {"SecretId": SECRET, "ResourcePolicy": DOCUMENT}),
        ("ReplicateSecretToRegions", {
            "SecretId": SECRET,
            "AddReplicaRegions": [
                {"Region": "eu-central-1", "KmsKeyId": ALIAS}, {"Region": "us-west-2"}],
            "ForceOverwriteReplicaSecret": False}),
        ("RemoveRegionsFromReplication", {
            "SecretId": SECRET, "RemoveReplicaRegions": ["eu-central-1"]}),
        ("BatchGetSecretValue", {
            "SecretIdList": [SECRET, "gaara-store/staging/b"], "NextToken": "t1"}),
        ("GetSecretValue", {
            "SecretId": SECRET, "VersionId": TOKEN, "VersionStage": "AWSCURRENT"}),
        ("PutSecretValue", {
            "SecretId": SECRET, "ClientRequestToken": TOKEN,
            "SecretBinary": b"\x00\x01\xfe\xff", "VersionStages": ["GAARA-STAGED"]}),
        ("UpdateSecretVersionStage", {
            "SecretId": SECRET, "VersionStage": "AWSCURRENT", "RemoveFromVersionId": "a" * 32,
            "MoveToVersionId": TOKEN}),
        ("ListSecretVersionIds", {
            "SecretId": SECRET, "MaxResults": 100, "IncludeDeprecated": True}),
        ("RotateSecret", {
            "SecretId": SECRET, "ClientRequestToken": TOKEN, "RotationLambdaARN": FUNCTION,
            "RotationRules": {"Duration": "2h", "ScheduleExpression": "cron(0 4 1 * ? *)"},
            "RotateImmediately": False}),
        ("CancelRotateSecret", {"SecretId": SECRET}),
        ("TagResource", {"SecretId": SECRET, "Tags": TAGS}),
        ("UntagResource", {"SecretId": SECRET, "TagKeys": ["team"]}),
    ]),
    ("iam", "iam", [
        ("CreatePolicy", {
            "PolicyName": "gaara-store-staging-app", "PolicyDocument": DOCUMENT,
            "Path": "/gaara-store/staging/", "Description": "read", "Tags": TAGS}),
        ("GetPolicy", {"PolicyArn": POLICY}),
        ("ListPolicies", {
            "Scope": "Local", "PathPrefix": "/gaara-store/", "Marker": "m&1",
            "MaxItems": 1000}),
        ("DeletePolicy", {"PolicyArn": POLICY}),
        ("TagPolicy", {"PolicyArn": POLICY, "Tags": TAGS}),
        ("UntagPolicy", {"PolicyArn": POLICY, "TagKeys": ["team", "x y"]}),
        ("CreatePolicyVersion", {
            "PolicyArn": POLICY, "PolicyDocument": DOCUMENT, "SetAsDefault": True}),
        ("GetPolicyVersion", {"PolicyArn": POLICY, "VersionId": "v3"}),
        ("ListPolicyVersions", {"PolicyArn": POLICY, "MaxItems": 1000}),
        ("SetDefaultPolicyVersion", {"PolicyArn": POLICY, "VersionId": "v2"}),
        ("DeletePolicyVersion", {"PolicyArn": POLICY, "VersionId": "v1"}),
        ("AttachRolePolicy", {"RoleName": ROLE, "PolicyArn": POLICY}),
        ("DetachRolePolicy", {"RoleName": ROLE, "PolicyArn": POLICY}),
        ("AttachUserPolicy", {"UserName": ROLE, "PolicyArn": POLICY}),
        ("DetachUserPolicy", {"UserName": ROLE, "PolicyArn": POLICY}),
        ("AttachGroupPolicy", {"GroupName": ROLE, "PolicyArn": POLICY}),
        ("DetachGroupPolicy", {"GroupName": ROLE, "PolicyArn": POLICY}),
        ("ListEntitiesForPolicy", {"PolicyArn": POLICY, "MaxItems": 1000}),
        ("ListAttachedRolePolicies", {"RoleName": ROLE, "MaxItems": 1000}),
        ("GetRole", {"RoleName": ROLE}),
        ("GetUser", {"UserName": ROLE}),
        ("GetGroup", {"GroupName": ROLE, "MaxItems": 1}),
        ("CreateRole", {
            "RoleName": ROLE, "AssumeRolePolicyDocument": DOCUMENT,
            "Path": "/gaara-store/staging/", "Description": "a role",
            "PermissionsBoundary": POLICY, "Tags": TAGS}),
        ("DeleteRole", {"RoleName": ROLE}),
        ("UpdateAssumeRolePolicy", {"RoleName": ROLE, "PolicyDocument": DOCUMENT}),
        ("PutRolePermissionsBoundary", {"RoleName": ROLE, "PermissionsBoundary": POLICY}),
        ("DeleteRolePermissionsBoundary", {"RoleName": ROLE}),
        ("TagRole", {"RoleName": ROLE, "Tags": TAGS}),
        ("UntagRole", {"RoleName": ROLE, "TagKeys": ["team", "x y"]}),
        ("ListRolePolicies", {"RoleName": ROLE, "MaxItems": 1000}),
        ("GetRolePolicy", {"RoleName": ROLE, "PolicyName": "inline"}),
        ("GetAccountAuthorizationDetails", {
            "Filter": ["Role", "LocalManagedPolicy"], "MaxItems": 100, "Marker": "m&1"}),
        ("SimulatePrincipalPolicy", {
            "PolicySourceArn": "arn:aws:iam::123456789012:role/gaara-store-app", **QUESTION}),
        ("SimulateCustomPolicy", {
            "PolicyInputList": [DOCUMENT, "{}"], "ResourcePolicy": DOCUMENT,
            "CallerArn": "arn:aws:iam::123456789012:user/alice", **QUESTION}),
    ]),
    ("sts", "sts", [
        ("GetCallerIdentity", {}),
        ("AssumeRole", {
            "RoleArn": "arn:aws:iam::123456789012:role/gaara-store-app", "RoleSessionName": "a@b",
            "DurationSeconds": 900, "ExternalId": "x y/1",
            "SerialNumber": "arn:aws:iam::123456789012:mfa/alice", "TokenCode": "123456"}),
        ("AssumeRoleWithWebIdentity", {
            "RoleArn": "arn:aws:iam::123456789012:role/gaara-store-app", "RoleSessionName": "a@b",
            "WebIdentityToken": "head.body+/=.sign"}),
    ]),
    ("sso", "portal.sso", [
        ("GetRoleCredentials", {
            "roleName": "a role", "accountId": "123456789012", "accessToken": "token"}),
    ]),
    ("sso-oidc", "oidc", [
        ("CreateToken", {
            "clientId": "client", "clientSecret": 'secret"', "grantType": "refresh_token",
            "refreshToken": "refresh"}),
    ]),
    ("cloudwatch", "monitoring", [
        ("PutMetricAlarm", {
            "AlarmName": "gaara-store-staging failed", "AlarmDescription": "é",
            "ActionsEnabled": True, "OKActions": [], "AlarmActions": ["arn:aws:sns:x"],
            "InsufficientDataActions": [],
            "Metrics": [
                {"Id": "m1", "MetricStat": FAILED, "ReturnData": False},
                {"Id": "e1", "Expression": "100 * m1", "Label": "rate", "ReturnData": True,
                 "Period": 300}],
            "EvaluationPeriods": 3, "DatapointsToAlarm": 2, "Threshold": 5.0,
            "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "notBreaching",
            "Tags": TAGS}),
        ("DescribeAlarms", {
            "AlarmNamePrefix": "gaara-store-staging", "AlarmTypes": ["MetricAlarm"],
            "MaxRecords": 100, "NextToken": "t1"}),
        ("DeleteAlarms", {"AlarmNames": ["a", "b"]}),
        ("ListTagsForResource", {"ResourceARN": ALARM}),
        ("TagResource", {"ResourceARN": ALARM, "Tags": TAGS}),
        ("UntagResource", {"ResourceARN": ALARM, "TagKeys": ["team"]}),
        ("PutMetricData", {
            "Namespace": "GaaraStore/Secrets",
            "MetricData": [{
                "MetricName": "SecretAccess", "Dimensions": ENVIRONMENT, "Timestamp": DATE,
                "Values": [1.0, 2.5], "Counts": [3.0, 1.0], "Unit": "Count"}]}),
        ("GetMetricData", {
            "MetricDataQueries": [{"Id": "m1", "MetricStat": FAILED, "ReturnData": True}],
            "StartTime": DATE - datetime.timedelta(days=1), "EndTime": DATE,
            "ScanBy": "TimestampAscending"}),
    ]),
    ("resourcegroupstaggingapi", "tagging", [
        ("GetResources", {
            "TagFilters": [{"Key": key, "Values": [value]} for key, value in PAIRS],
            "ResourceTypeFilters": ["kms:key"], "ResourcesPerPage": 100,
            "PaginationToken": "p1"}),
    ]),
    ("lambda", "lambda", [("GetPolicy", {"FunctionName": FUNCTION, "Qualifier": "v 1/$"})]),
]

README = (
    f"What botocore {botocore.__version__} (Apache-2.0) sends for one input of each operation,"
    " captured by Scripts/capture-requests.py. JSON bodies compare as JSON values, forms as sets"
    " of members; the headers are those that botocore signed, for 2015-08-30T12:36:00Z, and the"
    " signature."
)

captured = []


class Proxy(http.server.BaseHTTPRequestHandler):
    def capture(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        captured.append((self.command, self.path, dict(self.headers.items()), body))
        self.send_response(501)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = capture

    def log_message(self, *_):
        pass


def case(service, operation):
    method, url, headers, body = captured.pop()
    headers = {name.lower(): value for name, value in headers.items()}
    authorization = headers.get("authorization")
    signed = authorization.split("SignedHeaders=")[1].split(",")[0].split(";") if authorization else []
    value = {
        "service": service, "operation": operation, "method": method,
        "url": url.replace("http://", "https://", 1), "target": headers.get("x-amz-target"),
        "contentType": headers.get("content-type"), "body": body.decode(),
        "headers": {name: headers[name] for name in signed},
    }
    if authorization:
        value["headers"]["authorization"] = authorization
    return {name: part for name, part in value.items() if part is not None}


def main():
    proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    botocore.auth.get_current_datetime = lambda *_, **__: DATE.replace(tzinfo=None)
    session = botocore.session.Session()
    for name in ("config_file", "credentials_file"):
        session.set_config_variable(name, "/dev/null")
    config = Config(
        proxies={"http": f"http://127.0.0.1:{proxy.server_port}"},
        retries={"total_max_attempts": 1})
    credentials = {
        "aws_access_key_id": "AKIDEXAMPLE",
        "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        "aws_session_token": "token",
    }
    cases = []
    for name, service, calls in CALLS:
        region = "us-east-1" if name == "iam" else REGION
        rules = session.create_client(name, region, **credentials)
        host = rules.meta.endpoint_url.replace("https://", "http://", 1)
        client = session.create_client(
            name, region, endpoint_url=host, config=config, **credentials)
        methods = {operation: method for method, operation in client.meta.method_to_api_mapping.items()}
        for operation, parameters in calls:
            try:
                getattr(client, methods[operation])(**parameters)
            except ClientError:
                pass
            cases.append(case(service, operation))
    document = {"format": "gaara-request-cases/2", "readme": [README], "cases": cases}
    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()

"""A journey of the boto3 clients through the emulator.

    python3 journey.py http://127.0.0.1:4566

Prints one line for each step, and ends with 1 at the first that fails. Keeps to
what Debian's python3-boto3 has.
"""
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv[1]
REGION = "eu-west-1"
OWNER = "111111111111"
CONSUMER = "222222222222"


class Account:
    """The clients of whoever has the keys."""

    def __init__(self, access_key, secret_key="any", token=None):
        def client(service):
            return boto3.client(
                service,
                endpoint_url=ENDPOINT,
                region_name=REGION,
                aws_access_key_id=access_key,
                aws_secret_access_key=secret_key,
                aws_session_token=token,
                config=Config(retries={"max_attempts": 1}),
            )

        self.lake_formation = client("lakeformation")
        self.glue = client("glue")
        self.ram = client("ram")
        self.sts = client("sts")
        self.iam = client("iam")

    def assume(self, role, **tags):
        keys = self.sts.assume_role(
            RoleArn=role,
            RoleSessionName="journey",
            Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
        )["Credentials"]
        return Account(
            keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]
        )


def step(name):
    print("ok", name, flush=True)


def expect(found, wanted):
    if found != wanted:
        sys.exit(f"expected {wanted!r}, found {found!r}")


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        expect(error.response["Error"]["Code"], code)
        return error.response["Error"]["Message"]
    sys.exit(f"expected a refusal with {code}")


def role(name, account=OWNER):
    return f"arn:aws:iam::{account}:role/{name}"


def principal(identifier):
    return {"DataLakePrincipalIdentifier": identifier}


def columns_of(table):
    return [column["Name"] for column in table["StorageDescriptor"]["Columns"]]


owner = Account(OWNER)
consumer = Account(CONSUMER)

# Metadata.
owner.glue.create_database(
    DatabaseInput={"Name": "shop", "CreateTableDefaultPermissions": []}
)
owner.glue.create_table(
    DatabaseName="shop",
    TableInput={
        "Name": "orders",
        "StorageDescriptor": {
            "Columns": [
                {"Name": "order_id", "Type": "bigint"},
                {"Name": "email", "Type": "string"},
                {"Name": "amount", "Type": "decimal(10,2)"},
            ],
            "Location": "s3://shop/orders",
        },
        "PartitionKeys": [{"Name": "day", "Type": "date"}],
    },
)
owner.glue.batch_create_partition(
    DatabaseName="shop",
    TableName="orders",
    PartitionInputList=[
        {"Values": [f"2026-01-0{day}"]} for day in (1, 2, 3)
    ],
)
pages = owner.glue.get_paginator("get_partitions").paginate(
    DatabaseName="shop",
    TableName="orders",
    Expression="day > '2026-01-01'",
    PaginationConfig={"PageSize": 1},
)
expect(
    [partition["Values"][0] for page in pages for partition in page["Partitions"]],
    ["2026-01-02", "2026-01-03"],
)
step("creates a database, a table and partitions")

# Columns.
analyst = owner.assume(role("Analyst"), team="sales")
expect(
    analyst.sts.get_caller_identity()["Arn"],
    f"arn:aws:sts::{OWNER}:assumed-role/Analyst/journey",
)
message = refused(
    "AccessDeniedException",
    analyst.glue.get_table,
    DatabaseName="shop",
    Name="orders",
)
expect(
    message,
    "Insufficient Lake Formation permission(s): Required Describe on orders",
)
owner.lake_formation.grant_permissions(
    Principal=principal(role("Analyst")),
    Resource={
        "TableWithColumns": {
            "DatabaseName": "shop",
            "Name": "orders",
            "ColumnNames": ["order_id", "amount"],
        }
    },
    Permissions=["SELECT"],
)
table = analyst.glue.get_table(DatabaseName="shop", Name="orders")["Table"]
expect(columns_of(table), ["order_id", "amount"])
listed = owner.lake_formation.list_permissions(
    Resource={"Table": {"DatabaseName": "shop", "Name": "orders"}}
)["PrincipalResourcePermissions"]
expect(
    [
        entry["Permissions"]
        for entry in listed
        if entry["Principal"] == principal(role("Analyst"))
    ],
    [["SELECT"]],
)
step("grants columns, which the role sees and no others")

# LF-Tags.
owner.lake_formation.create_lf_tag(TagKey="domain", TagValues=["sales", "hr"])
owner.lake_formation.add_lf_tags_to_resource(
    Resource={"Database": {"Name": "shop"}},
    LFTags=[{"TagKey": "domain", "TagValues": ["sales"]}],
)
owner.lake_formation.grant_permissions(
    Principal=principal(role("Engineer")),
    Resource={
        "LFTagPolicy": {
            "ResourceType": "TABLE",
            "Expression": [{"TagKey": "domain", "TagValues": ["sales"]}],
        }
    },
    Permissions=["SELECT", "DESCRIBE"],
)
engineer = owner.assume(role("Engineer"))
table = engineer.glue.get_table(DatabaseName="shop", Name="orders")["Table"]
expect(columns_of(table), ["order_id", "email", "amount"])
step("grants by an LF-Tag expression")

# Another account, through RAM and a resource link.
reader = role("Reader", CONSUMER)
change = dict(
    Principal=principal(reader),
    Resource={
        "TableWithColumns": {
            "DatabaseName": "shop",
            "Name": "orders",
            "ColumnNames": ["order_id"],
        }
    },
    Permissions=["SELECT"],
)
owner.lake_formation.grant_permissions(**change)
invitations = consumer.ram.get_resource_share_invitations()
[invitation] = invitations["resourceShareInvitations"]
expect(invitation["status"], "PENDING")
consumer.ram.accept_resource_share_invitation(
    resourceShareInvitationArn=invitation["resourceShareInvitationArn"]
)
consumer.glue.create_database(
    DatabaseInput={
        "Name": "shop_link",
        "TargetDatabase": {"CatalogId": OWNER, "DatabaseName": "shop"},
    }
)
consumer.lake_formation.grant_permissions(
    Principal=principal(reader),
    Resource={"Database": {"Name": "shop_link"}},
    Permissions=["DESCRIBE"],
)
foreigner = consumer.assume(reader)
through_link = dict(DatabaseName="shop_link", Name="orders")
table = foreigner.glue.get_table(**through_link)["Table"]
expect(columns_of(table), ["order_id"])
owner.lake_formation.revoke_permissions(**change)
refused("AccessDeniedException", foreigner.glue.get_table, **through_link)
step("shares with a role of another account, through its link, and revokes")

# Credentials.
owner.lake_formation.register_resource(
    ResourceArn="arn:aws:s3:::shop", RoleArn=role("ShopData")
)
settings = owner.lake_formation.get_data_lake_settings()["DataLakeSettings"]
settings.update(
    AllowExternalDataFiltering=True,
    ExternalDataFilteringAllowList=[principal(OWNER)],
    AuthorizedSessionTagValueList=["journey"],
)
owner.lake_formation.put_data_lake_settings(DataLakeSettings=settings)
engine = owner.assume(role("Analyst"), LakeFormationAuthorizedCaller="journey")
table_arn = f"arn:aws:glue:{REGION}:{OWNER}:table/shop/orders"
keys = engine.lake_formation.get_temporary_glue_table_credentials(
    TableArn=table_arn,
    Permissions=["SELECT"],
    DurationSeconds=900,
    SupportedPermissionTypes=["COLUMN_PERMISSION"],
)
vended = Account(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
refused(
    "AccessDeniedException",
    vended.glue.get_table,
    DatabaseName="shop",
    Name="orders",
)
refused(
    "AccessDeniedException",
    analyst.lake_formation.get_temporary_glue_table_credentials,
    TableArn=table_arn,
    Permissions=["SELECT"],
    SupportedPermissionTypes=["COLUMN_PERMISSION"],
)
step("vends credentials to an engine, and to nobody else")

# IAM.
expect(owner.iam.get_role(RoleName="Analyst")["Role"]["Arn"], role("Analyst"))
[result] = owner.iam.simulate_principal_policy(
    PolicySourceArn=role("Analyst"), ActionNames=["glue:GetTable"]
)["EvaluationResults"]
expect(result["EvalDecision"], "implicitDeny")
refused("NoSuchEntity", owner.iam.get_role_policy, RoleName="Analyst", PolicyName="x")
step("asks IAM")

# Exceptions by their classes, as boto3's users catch them.
try:
    owner.glue.get_database(Name="missing")
    sys.exit("expected that the database is missing")
except owner.glue.exceptions.EntityNotFoundException:
    step("raises the exceptions of the service")

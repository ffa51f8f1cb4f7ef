import type { Config } from '@backstage/config';
import {
  CHECKPOINT_ACTION,
  readCheckpoint,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { CheckpointBucket } from './auditConfig';
import type { TrailDestination } from './TrailForwarder';

/** Writes an object. */
export type PutObject = (object: {
  Bucket: string;
  Key: string;
  Body: string;
  ContentType: string;
}) => Promise<unknown>;

/**
 * A bucket that gets an object for each checkpoint. The hash is part of the key:
 * the checkpoint of a rewritten trail overwrites no other.
 */
export function checkpointBucket(
  { bucket, prefix }: CheckpointBucket,
  put: PutObject,
): TrailDestination {
  return {
    name: 'checkpoint-s3',
    action: CHECKPOINT_ACTION,
    async send(event) {
      const checkpoint = readCheckpoint(event.after);
      if (!checkpoint) return;
      const { sequence, hash } = checkpoint;
      await put({
        Bucket: bucket,
        Key: `${prefix}${String(sequence).padStart(12, '0')}-${hash.slice(
          0,
          16,
        )}.json`,
        Body: `${JSON.stringify(checkpoint)}\n`,
        ContentType: 'application/json',
      });
    },
  };
}

/**
 * Writes to S3 with the credentials of `aws.accounts`. The AWS SDK is loaded
 * when it is first needed: most instances have no such bucket.
 */
export function s3PutObject(config: Config, to: CheckpointBucket): PutObject {
  let client: Promise<(input: Parameters<PutObject>[0]) => Promise<unknown>>;
  return async object => {
    client ??= connect(config, to);
    return (await client)(object);
  };
}

async function connect(
  config: Config,
  { region, accountId }: CheckpointBucket,
) {
  const { S3Client, PutObjectCommand } = await import('@aws-sdk/client-s3');
  const { DefaultAwsCredentialsManager } = await import(
    '@backstage/integration-aws-node'
  );
  const { sdkCredentialProvider } =
    await DefaultAwsCredentialsManager.fromConfig(config).getCredentialProvider(
      accountId ? { accountId } : undefined,
    );
  const s3 = new S3Client({
    ...(region && { region }),
    credentials: sdkCredentialProvider,
  });
  return (input: Parameters<PutObject>[0]) =>
    s3.send(new PutObjectCommand(input));
}

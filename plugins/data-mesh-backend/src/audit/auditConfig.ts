import * as crypto from 'node:crypto';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { HumanDuration } from '@backstage/types';
import {
  readCheckpointKey,
  type CheckpointKey,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { readRefs } from '../config/readRefs';

/** A key that signs checkpoints. */
export interface SigningKey extends CheckpointKey {
  sign(message: string): string;
}

/** Where checkpoints go in S3. */
export interface CheckpointBucket {
  bucket: string;
  /** Begins the key of each object; ends with `/` unless it is empty. */
  prefix: string;
  region?: string;
  accountId?: string;
}

/** `dataMesh.auditors` and `dataMesh.audit` of the configuration. */
export interface AuditConfig {
  /** Who may read the trail besides governance; full references. */
  auditorRefs: readonly string[];
  checkpoints: {
    frequency: HumanDuration;
    signingKey?: SigningKey;
    /** File that checkpoints are appended to. */
    file?: string;
    s3?: CheckpointBucket;
  };
}

const CHECKPOINTS = 'dataMesh.audit.checkpoints';

/**
 * Reads `dataMesh.auditors` and `dataMesh.audit`.
 *
 * @throws InputError naming the key, what was found and what is expected; never
 *   with the secret
 */
export function readAuditConfig(config: Config): AuditConfig {
  const frequency = `${CHECKPOINTS}.frequency`;
  const file = config.getOptionalString(`${CHECKPOINTS}.file`);
  const pem = config.getOptionalString(`${CHECKPOINTS}.signingKey`);
  const s3 = config.getOptionalConfig(`${CHECKPOINTS}.s3`);
  return {
    auditorRefs: readRefs(
      config,
      'dataMesh.auditors',
      'group:default/auditors',
    ),
    checkpoints: {
      frequency: config.has(frequency)
        ? readDurationFromConfig(config, { key: frequency })
        : { hours: 1 },
      ...(file && { file }),
      ...(pem && { signingKey: readSigningKey(pem) }),
      ...(s3 && { s3: readBucket(s3) }),
    },
  };
}

function readBucket(config: Config): CheckpointBucket {
  const prefix = config.getOptionalString('prefix') ?? '';
  const region = config.getOptionalString('region');
  const accountId = config.getOptionalString('accountId');
  return {
    bucket: config.getString('bucket'),
    prefix: prefix && !prefix.endsWith('/') ? `${prefix}/` : prefix,
    ...(region && { region }),
    ...(accountId && { accountId }),
  };
}

function readSigningKey(pem: string): SigningKey {
  const key = `${CHECKPOINTS}.signingKey`;
  try {
    const privateKey = crypto.createPrivateKey(pem);
    const publicPem = crypto
      .createPublicKey(privateKey)
      .export({ type: 'spki', format: 'pem' })
      .toString();
    return {
      ...readCheckpointKey<crypto.KeyObject>(crypto, publicPem, key),
      sign: message =>
        crypto
          .sign(null, Buffer.from(message, 'utf8'), privateKey)
          .toString('base64'),
    };
  } catch {
    // The cause may quote the key.
    throw new InputError(
      `${key} is not an Ed25519 private key in PEM; make one with: openssl genpkey -algorithm ed25519`,
    );
  }
}

import type { AuditCheckpoint } from '../client';
import { checkpointMessage } from './checkpoint';

/**
 * A key that tells whether it signed a checkpoint.
 *
 * @public
 */
export interface CheckpointKey {
  /** SHA-256 of the public key in DER, in hexadecimal digits. */
  readonly id: string;
  verify(message: string, signature: string): boolean;
}

/**
 * A public key of `node:crypto`.
 *
 * @public
 */
export interface PublicKeyLike {
  asymmetricKeyType?: string;
  export(options: { type: 'spki'; format: 'der' }): Uint8Array;
}

/**
 * What is used of `node:crypto`. It is passed in: this package also runs in
 * browsers.
 *
 * @public
 */
export interface CryptoLike<K extends PublicKeyLike> {
  createHash(algorithm: 'sha256'): {
    update(data: string | Uint8Array): { digest(encoding: 'hex'): string };
  };
  createPublicKey(key: string): K;
  verify(
    algorithm: null,
    data: Uint8Array,
    key: K,
    signature: Uint8Array,
  ): boolean;
}

/**
 * Reads an Ed25519 key in PEM. Of a private key, its public part is taken.
 *
 * @param name - what the key is called where it cannot be used, like a file
 * @throws Error saying what was found
 * @public
 */
export function readCheckpointKey<K extends PublicKeyLike>(
  crypto: CryptoLike<K>,
  pem: string,
  name: string,
): CheckpointKey {
  const key = parse(crypto, pem, name);
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new Error(
      `${name} is a key of type ${
        key.asymmetricKeyType ?? 'unknown'
      }, expected an Ed25519 key`,
    );
  }
  return {
    id: crypto
      .createHash('sha256')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
    verify(message, signature) {
      const bytes = bytesOfBase64(signature);
      return (
        bytes !== undefined &&
        crypto.verify(null, new TextEncoder().encode(message), key, bytes)
      );
    },
  };
}

function parse<K extends PublicKeyLike>(
  crypto: CryptoLike<K>,
  pem: string,
  name: string,
): K {
  try {
    return crypto.createPublicKey(pem);
  } catch {
    // The cause may quote the key.
    throw new Error(`${name} is not a key, expected an Ed25519 key in PEM`);
  }
}

function bytesOfBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/**
 * What a signature of a checkpoint is worth.
 *
 * @public
 */
export type SignatureState = 'signed' | 'forged' | 'unsigned' | 'other-key';

/**
 * Looks at the signature of a checkpoint.
 *
 * @returns `other-key` where none of the keys is the one it names
 * @public
 */
export function signatureState(
  checkpoint: AuditCheckpoint,
  keys: readonly CheckpointKey[],
): SignatureState {
  const { keyId, signature } = checkpoint;
  if (keyId === undefined && signature === undefined) return 'unsigned';
  if (keyId === undefined || signature === undefined) return 'forged';
  const key = keys.find(({ id }) => id === keyId);
  if (!key) return 'other-key';
  return key.verify(checkpointMessage(checkpoint), signature)
    ? 'signed'
    : 'forged';
}

import { createHash } from 'node:crypto';
import type { Sha256 } from '@lakemesh/backstage-plugin-data-mesh-common';

/** SHA-256 in hexadecimal digits. */
export const sha256: Sha256 = data =>
  createHash('sha256').update(data).digest('hex');

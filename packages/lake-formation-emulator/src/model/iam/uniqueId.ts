import { createHash } from 'node:crypto';

/** A unique id as IAM would give it: stable for the same text. */
export const uniqueId = (prefix: string, text: string) =>
  prefix +
  createHash('sha256')
    .update(text)
    .digest('hex')
    .toLocaleUpperCase('en-US')
    .slice(0, 17);

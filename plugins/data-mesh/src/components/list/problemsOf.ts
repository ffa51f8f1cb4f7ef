import type { Problem } from '@lakemesh/backstage-plugin-data-mesh-common';
import { ResponseError } from '@backstage/errors';

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'field' in value &&
    'reason' in value &&
    typeof value.field === 'string' &&
    typeof value.reason === 'string'
  );
}

/** The status of an error that came over HTTP. */
export function statusOf(error: Error): number | undefined {
  return error.name === 'ResponseError'
    ? (error as ResponseError).response?.status
    : undefined;
}

/** The plugin whose backend answered, by the address it was asked at. */
export function pluginOf(error: Error): string | undefined {
  if (error.name !== 'ResponseError') return undefined;
  const { url } = (error as ResponseError).response ?? {};
  return url ? /\/api\/([^/?#]+)/.exec(url)?.[1] : undefined;
}

/** What Backstage makes of an answer that is none of its own, like a proxy's. */
const FOREIGN = /^Request failed with status \d+ ([^,]*)/;

/**
 * What the backend itself said, without the words around it; of an answer that
 * is not the backend's, only what its status is called.
 */
export function messageOf(error: Error): string {
  if (error.name !== 'ResponseError') return error.message;
  const message =
    (error as ResponseError).body?.error?.message || error.message;
  return FOREIGN.exec(message)?.[1].trim() || message;
}

/** The fields that the backend found wrong; empty where it named none. */
export function problemsOf(error: Error | undefined): Problem[] {
  if (error?.name !== 'ResponseError') return [];
  const problems: unknown = (error as ResponseError).body?.error?.problems;
  return Array.isArray(problems) ? problems.filter(isProblem) : [];
}

/** The permission that a refusal names, if it names one. */
export function permissionNamedIn(text: string): string | undefined {
  return /\bdata-mesh(?:\.[a-z]+(?:-[a-z]+)*)+/.exec(text)?.[0];
}

import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The contract of the HTTP API, as far as this package looks into it. */
export interface Contract {
  openapi: string;
  paths: { [path: string]: { [method: string]: ContractOperation } };
  components: { [kind: string]: { [name: string]: unknown } };
}

/** One operation of the contract. */
export interface ContractOperation {
  operationId: string;
  parameters?: unknown[];
  requestBody?: unknown;
}

/** Reads the contract from the package. Each call gives a copy of its own. */
export function readContract(): Contract {
  const path = resolvePackagePath(
    '@lakemesh/backstage-plugin-data-mesh-backend',
    'src/schema/openapi.yaml',
  );
  return parse(readFileSync(path, 'utf8')) as Contract;
}

import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';

/** A valid data product, with parts of its spec replaced. */
export function aProduct(name: string, spec: JsonObject = {}): Entity {
  return {
    apiVersion: 'lakemesh.io/v1alpha1',
    kind: 'DataProduct',
    metadata: { name, namespace: 'default' },
    spec: {
      type: 'source-aligned',
      lifecycle: 'active',
      version: '1.0.0',
      owner: 'team-shop',
      domain: 'sales',
      outputPorts: [
        {
          name: 'daily',
          type: 'lake-formation',
          location: {
            catalogId: '210987654321',
            region: 'eu-central-1',
            database: 'sales',
          },
          tables: [
            { name: 'orders', columns: [{ name: 'id', type: 'string' }] },
          ],
        },
      ],
      ...spec,
    },
  };
}

/** An entity of one of Backstage's own kinds. */
export function anEntity(
  kind: string,
  name: string,
  spec: JsonObject = {},
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    spec,
  };
}

/** A DataProduct that another team's processor brought before us. */
export function aForeignProduct(name: string): Entity {
  return {
    apiVersion: 'acme.example/v1',
    kind: 'DataProduct',
    metadata: { name, namespace: 'default' },
    spec: { type: 'gold', owner: 'team-shop', domain: 'sales' },
  };
}

/** Products and requests as large as the contract takes. */
import type {
  DataProductEntity,
  TableScope,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { FakeProvisioner } from '../plugins/data-mesh-backend/src/testing/FakeProvisioner';
import {
  ANA_ROLE,
  aProduct,
} from '../plugins/data-mesh-backend/src/testing/meshFixture';

export const COLUMNS = 5_000;
const TABLES = 1_000;

/** Names of 255 letters that are all near to each other. */
export const known = Array.from({ length: COLUMNS }, (_, index) =>
  `measurement_${String(index).padStart(5, '0')}_of_sensor`.padEnd(255, '_'),
);
export const unknown = known.map(name => `${name.slice(0, 254)}x`);

export const wide = (change: { pii?: boolean } = {}): DataProductEntity =>
  aProduct({
    name: 'wide',
    spec: {
      outputPorts: [
        {
          name: 'lake',
          type: 'fake',
          location: { database: 'sales' },
          tables: [
            {
              name: 'wide',
              columns: known.map(name => ({ name, type: 'string', ...change })),
            },
          ],
        },
      ],
    },
  });

export const tableNames = Array.from(
  { length: TABLES },
  (_, index) => `t${index}`,
);

/** Many tables, each of which takes a filter as long as the contract allows. */
export const many = aProduct({
  name: 'many',
  spec: {
    outputPorts: [
      {
        name: 'lake',
        type: 'fake',
        location: { database: 'shop' },
        tables: tableNames.map(name => ({
          name,
          columns: Array.from({ length: 10 }, (_, index) => ({
            name: `c${index}`,
            type: 'string',
          })),
        })),
      },
    ],
  },
});

export const longFilter = Array.from(
  { length: 100 },
  (_, index) => `c${index % 10} = 'v${index}'`,
)
  .join(' OR ')
  .slice(0, 1_500)
  .replace(/ OR [^']*('[^']*)?$/, '');

export const draft = (
  name: string,
  tables: TableScope[],
  principal: string = ANA_ROLE,
) => ({
  productRef: `dataproduct:default/${name}`,
  port: 'lake',
  scope: { level: 'read', tables },
  principals: [principal],
  purpose: 'analytics',
  durationDays: 30,
});

export class FilteringProvisioner extends FakeProvisioner {
  override readonly capabilities = {
    columns: true,
    rowFilters: true,
    allTables: true,
    levels: ['read' as const],
  };
}

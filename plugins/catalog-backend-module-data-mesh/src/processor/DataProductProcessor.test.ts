import { mockServices } from '@backstage/backend-test-utils';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogProcessorResult } from '@backstage/plugin-catalog-node';
import { aForeignProduct, aProduct, anEntity } from '../testing/builders';
import { DataProductProcessor } from './DataProductProcessor';

const ACCOUNT = 'lakemesh.io/aws-account-id';
const CONSUMES = 'lakemesh.io/consumes-data';

function aProcessor() {
  const logger = mockServices.logger.mock();
  return { processor: new DataProductProcessor({ logger }), logger };
}

async function relationsOf(entity: Entity, { processor } = aProcessor()) {
  const emitted: CatalogProcessorResult[] = [];
  await processor.postProcessEntity(
    entity,
    { type: 'url', target: 'https://example.com' },
    result => emitted.push(result),
  );
  return emitted.flatMap(result =>
    result.type === 'relation'
      ? [
          `${stringifyEntityRef(result.relation.source)} ${
            result.relation.type
          } ${stringifyEntityRef(result.relation.target)}`,
        ]
      : [],
  );
}

describe('DataProductProcessor', () => {
  it('recognizes data products and leaves other kinds to other processors', async () => {
    const { processor } = aProcessor();
    await expect(
      processor.validateEntityKind(aProduct('orders')),
    ).resolves.toBe(true);
    await expect(
      processor.validateEntityKind(anEntity('Domain', 'sales')),
    ).resolves.toBe(false);
  });

  it('leaves a DataProduct of another API group alone', async () => {
    const { processor, logger } = aProcessor();
    const foreign = aForeignProduct('legacy');
    await expect(processor.validateEntityKind(foreign)).resolves.toBe(false);
    expect(await relationsOf(foreign, { processor, logger })).toEqual([]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('refuses a product with the field and the reason', async () => {
    const { processor } = aProcessor();
    await expect(
      processor.validateEntityKind(aProduct('orders', { lifecycle: 'live' })),
    ).rejects.toThrow(
      /DataProduct orders is not valid: spec\.lifecycle must be one of/,
    );
  });

  it('refuses another version of the kind instead of letting it pass unseen', async () => {
    const { processor } = aProcessor();
    await expect(
      processor.validateEntityKind({
        ...aProduct('orders'),
        apiVersion: 'lakemesh.io/v9',
      }),
    ).rejects.toThrow(/apiVersion must be lakemesh\.io\/v1alpha1/);
  });

  it('refuses a domain bound to what is no AWS account', async () => {
    const { processor } = aProcessor();
    await expect(
      processor.validateEntityKind(
        anEntity('Domain', 'sales', {}, { [ACCOUNT]: '2109-8765-4321' }),
      ),
    ).rejects.toThrow(/aws-account-id.*12-digit.*found 2109-8765-4321/);
    await expect(
      processor.validateEntityKind(
        anEntity('Domain', 'sales', {}, { [ACCOUNT]: '210987654321' }),
      ),
    ).resolves.toBe(false);
  });

  it('relates a product to owner, domain, system and the products it reads', async () => {
    const product = aProduct('forecast', {
      owner: 'user:ana.ruiz',
      system: 'planning',
      inputPorts: [
        { name: 'orders', product: 'dataproduct:default/orders' },
        { name: 'files', source: 'SFTP' },
      ],
    });
    const self = 'dataproduct:default/forecast';
    expect(await relationsOf(product)).toEqual([
      `${self} ownedBy user:default/ana.ruiz`,
      `user:default/ana.ruiz ownerOf ${self}`,
      `${self} partOf domain:default/sales`,
      `domain:default/sales hasPart ${self}`,
      `${self} partOf system:default/planning`,
      `system:default/planning hasPart ${self}`,
      `${self} consumesData dataproduct:default/orders`,
      `dataproduct:default/orders dataConsumedBy ${self}`,
    ]);
  });

  it('relates once to a product that is read through two ports', async () => {
    const product = aProduct('forecast', {
      inputPorts: [
        { name: 'a', product: 'orders', port: 'daily' },
        { name: 'b', product: 'dataproduct:default/orders', port: 'returns' },
      ],
    });
    const consumption = (await relationsOf(product)).filter(line =>
      line.includes('consumesData'),
    );
    expect(consumption).toHaveLength(1);
  });

  it('takes the namespace of the product for references without one', async () => {
    const product = aProduct('orders');
    product.metadata.namespace = 'emea';
    expect(await relationsOf(product)).toContain(
      'dataproduct:emea/orders ownedBy group:emea/team-shop',
    );
  });

  it.each(['Component', 'System'])(
    'relates a %s to the products its annotation names',
    async kind => {
      const entity = anEntity(
        kind,
        'app',
        {},
        { [CONSUMES]: 'dataproduct:default/orders,\n invoices' },
      );
      const self = `${kind.toLowerCase()}:default/app`;
      expect(await relationsOf(entity)).toEqual([
        `${self} consumesData dataproduct:default/orders`,
        `dataproduct:default/orders dataConsumedBy ${self}`,
        `${self} consumesData dataproduct:default/invoices`,
        `dataproduct:default/invoices dataConsumedBy ${self}`,
      ]);
    },
  );

  it('keeps an entity whose annotation names what is no product, and says so', async () => {
    const { processor, logger } = aProcessor();
    const entity = anEntity(
      'Component',
      'app',
      {},
      { [CONSUMES]: 'api:default/x, orders' },
    );
    expect(await relationsOf(entity, { processor, logger })).toHaveLength(2);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/component:default\/app.*api:default\/x/),
    );
  });

  it('does not read the annotation on kinds that consume no data', async () => {
    const group = anEntity('Group', 'g', {}, { [CONSUMES]: 'orders' });
    expect(await relationsOf(group)).toEqual([]);
  });
});

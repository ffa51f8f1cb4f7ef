import { createCatalogModelLayer } from '@backstage/catalog-model/alpha';
import type { JsonObject, JsonValue } from '@backstage/types';
import { dataProductSchema } from './dataProductSchema';
import {
  findDataProductProblems,
  validateDataProduct,
} from './validateDataProduct';

function aPort(over: JsonObject = {}): JsonObject {
  return {
    name: 'daily',
    type: 'lake-formation',
    location: {
      catalogId: '210987654321',
      region: 'eu-central-1',
      database: 'sales',
    },
    tables: [
      {
        name: 'orders',
        columns: [
          { name: 'order_id', type: 'string', key: true },
          { name: 'customer_email', type: 'string', pii: true },
        ],
      },
    ],
    ...over,
  };
}

function aProduct(spec: JsonObject = {}) {
  return {
    apiVersion: 'lakemesh.io/v1alpha1',
    kind: 'DataProduct',
    metadata: { name: 'orders' },
    spec: {
      type: 'source-aligned',
      lifecycle: 'active',
      version: '1.0.0',
      owner: 'group:default/team-shop',
      domain: 'sales',
      outputPorts: [aPort()],
      ...spec,
    } as JsonObject,
  };
}

function without(key: string) {
  const product = aProduct();
  delete product.spec[key];
  return product;
}

const at = (location: JsonObject) =>
  aProduct({ outputPorts: [aPort({ location })] });
const withColumns = (...columns: JsonValue[]) =>
  aProduct({ outputPorts: [aPort({ tables: [{ name: 't', columns }] })] });

describe('validateDataProduct', () => {
  it('accepts the smallest product', () => {
    expect(findDataProductProblems(aProduct())).toEqual([]);
    expect(() => validateDataProduct(aProduct())).not.toThrow();
  });

  it('accepts a nested catalog as location', () => {
    expect(
      findDataProductProblems(
        at({
          catalogId: '210987654321:s3tablescatalog/bucket',
          region: 'us-gov-west-1',
          database: 'sales',
        }),
      ),
    ).toEqual([]);
  });

  it('accepts regions of every partition', () => {
    expect(
      findDataProductProblems(
        at({
          catalogId: '210987654321',
          region: 'eusc-de-east-1',
          database: 'x',
        }),
      ),
    ).toEqual([]);
  });

  it('leaves the location of other port types to their provisioner', () => {
    const port = aPort({
      type: 'warehouse',
      location: { schema: 'x' },
      tables: [],
    });
    expect(findDataProductProblems(aProduct({ outputPorts: [port] }))).toEqual(
      [],
    );
  });

  it.each([
    ['no owner', without('owner'), 'spec.owner', /required/],
    ['no output ports', without('outputPorts'), 'spec.outputPorts', /required/],
    [
      'an empty domain',
      aProduct({ domain: '' }),
      'spec.domain',
      /must not be empty/,
    ],
    [
      'an empty version',
      aProduct({ version: '' }),
      'spec.version',
      /must not be empty/,
    ],
    [
      'a version that nobody can read',
      aProduct({ version: 'v'.repeat(86) }),
      'spec.version',
      /must have at most 64 characters, found 86/,
    ],
    [
      'an address of support that runs code',
      // eslint-disable-next-line no-script-url
      aProduct({ support: { url: 'javascript:alert(1)' } }),
      'spec.support.url',
      /must be: an address of the web, of mail or of a chat/,
    ],
    [
      'a version that YAML reads as a number',
      aProduct({ version: 1.1 }),
      'spec.version',
      /string, found number 1\.1; put it in quotes/,
    ],
    [
      'a mistyped lifecycle',
      aProduct({ lifecycle: 'Active' }),
      'spec.lifecycle',
      /one of proposed, draft, active, deprecated, retired, found "Active", did you mean active\?/,
    ],
    [
      'an unknown type',
      aProduct({ type: 'table' }),
      'spec.type',
      /source-aligned, aggregate, consumer-aligned/,
    ],
    [
      'a mistyped property',
      aProduct({ outputPort: [] }),
      'spec.outputPort',
      /did you mean outputPorts\?/,
    ],
    [
      'a property nobody knows',
      aProduct({ colour: 'red' }),
      'spec.colour',
      /not a known property; known are type, lifecycle/,
    ],
    [
      'a mistyped property of a column',
      withColumns({ name: 'a', type: 'int', descripton: 'x' }),
      'spec.outputPorts[0].tables[0].columns[0].descripton',
      /did you mean description\?/,
    ],
    [
      'a location without database',
      at({ catalogId: '210987654321', region: 'eu-central-1' }),
      'spec.outputPorts[0].location.database',
      /required/,
    ],
    [
      'a catalog that is no account',
      at({ catalogId: '2109', region: 'eu-central-1', database: 'd' }),
      'spec.outputPorts[0].location.catalogId',
      /12-digit AWS account.*found "2109"/,
    ],
    [
      'a catalog with an empty path',
      at({ catalogId: '210987654321:', region: 'eu-central-1', database: 'd' }),
      'spec.outputPorts[0].location.catalogId',
      /12-digit/,
    ],
    [
      'a region that is none',
      at({ catalogId: '210987654321', region: 'Frankfurt', database: 'd' }),
      'spec.outputPorts[0].location.region',
      /eu-central-1.*found "Frankfurt"/,
    ],
    [
      'a Lake Formation port without tables',
      aProduct({ outputPorts: [aPort({ tables: [] })] }),
      'spec.outputPorts[0].tables',
      /at least one/,
    ],
    [
      'a table without columns',
      withColumns(),
      'spec.outputPorts[0].tables[0].columns',
      /at least one/,
    ],
    [
      'columns that differ in case only',
      withColumns({ name: 'id', type: 'int' }, { name: 'ID', type: 'int' }),
      'spec.outputPorts[0].tables[0].columns[1].name',
      /ID is also the name of spec\.outputPorts\[0\]\.tables\[0\]\.columns\[0\]/,
    ],
    [
      'two output ports of one name',
      aProduct({ outputPorts: [aPort(), aPort()] }),
      'spec.outputPorts[1].name',
      /daily is also the name of spec\.outputPorts\[0\]/,
    ],
    [
      'two input ports of one name',
      aProduct({ inputPorts: [{ name: 'a' }, { name: 'a' }] }),
      'spec.inputPorts[1].name',
      /also the name/,
    ],
    [
      'an input port with a port of no product',
      aProduct({ inputPorts: [{ name: 'a', port: 'daily' }] }),
      'spec.inputPorts[0].port',
      /product is missing/,
    ],
    [
      'an input from something that is no product',
      aProduct({
        inputPorts: [{ name: 'a', product: 'component:default/x' }],
      }),
      'spec.inputPorts[0].product',
      /must refer to a DataProduct, found component:default\/x/,
    ],
    [
      'an owner that is no group or user',
      aProduct({ owner: 'domain:default/sales' }),
      'spec.owner',
      /must refer to a Group or User/,
    ],
    [
      'an owner that is no reference',
      aProduct({ owner: 'group:default/' }),
      'spec.owner',
      /entity reference like group:default\/name/,
    ],
    [
      'an approver that is a system',
      aProduct({ access: { approvers: ['system:default/crm'] } }),
      'spec.access.approvers[0]',
      /Group or User/,
    ],
    [
      'a mistyped column that is never shared',
      aProduct({ access: { neverShared: ['orders.customer_mail'] } }),
      'spec.access.neverShared[0]',
      /no output port has a column orders\.customer_mail, did you mean orders\.customer_email\?/,
    ],
    [
      'a maximum duration of no day',
      aProduct({ access: { maxDurationDays: 0 } }),
      'spec.access.maxDurationDays',
      />= 1, found 0/,
    ],
    [
      'another version of the API',
      { ...aProduct(), apiVersion: 'lakemesh.io/v2' },
      'apiVersion',
      /must be lakemesh\.io\/v1alpha1, found lakemesh\.io\/v2/,
    ],
    [
      'another kind',
      { ...aProduct(), kind: 'Dataproduct' },
      'kind',
      /must be DataProduct/,
    ],
  ])('refuses %s and names the field', (_, entity, field, reason) => {
    const problems = findDataProductProblems(entity);
    expect(problems.map(problem => problem.field)).toEqual([field]);
    expect(problems[0].reason).toMatch(reason);
  });

  it.each([['customer_email'], ['orders.customer_email'], ['ORDERS.Order_Id']])(
    'accepts %s as a column that is never shared',
    name => {
      const product = aProduct({ access: { neverShared: [name] } });
      expect(findDataProductProblems(product)).toEqual([]);
    },
  );

  it('names all problems in one error', () => {
    const product = aProduct({ owner: '', lifecycle: 'gone', extra: true });
    expect(() => validateDataProduct(product)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(
          /^DataProduct orders is not valid: (?=.*spec\.owner)(?=.*spec\.lifecycle)(?=.*spec\.extra)/,
        ),
      }),
    );
  });

  it('says what is wrong with an entity that has no spec', () => {
    const { spec, ...entity } = aProduct();
    expect(findDataProductProblems(entity)).toEqual([
      { field: 'spec', reason: 'is required and missing' },
    ]);
  });
});

describe('dataProductSchema', () => {
  it('is what the catalog accepts as schema of a kind', () => {
    expect(() =>
      createCatalogModelLayer({
        layerId: 'test',
        builder: model =>
          model.addKind({
            group: 'lakemesh.io',
            names: {
              kind: 'DataProduct',
              singular: 'dataproduct',
              plural: 'dataproducts',
            },
            description: 'test',
            versions: [
              { name: 'v1alpha1', schema: { jsonSchema: dataProductSchema } },
            ],
          }),
      }),
    ).not.toThrow();
  });
});

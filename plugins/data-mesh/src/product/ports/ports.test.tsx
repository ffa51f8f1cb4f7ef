import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type {
  AccessRequest,
  DataProductLifecycle,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  anEntitlementDetail,
  aPrincipal,
  aProduct,
  aRequestDetail,
  FakeDataMeshApi,
  inDays,
} from '../../testing';
import { DataProductPortsCard } from './DataProductPortsCard';
import { hoursInWords } from './hoursInWords';
import { columnsRead } from '../../entitlement/columnsRead';

const REF = 'dataproduct:default/customer-360';

async function show(
  options: {
    entity?: ReturnType<typeof aProduct>;
    access?: Array<Partial<EntitlementDetail>>;
    requests?: Array<Partial<AccessRequest>>;
    api?: FakeDataMeshApi;
  } = {},
) {
  const {
    entity = aProduct(),
    access = [],
    requests = [],
    api = new FakeDataMeshApi(),
  } = options;
  api.entitlements = access.map(over =>
    anEntitlementDetail({ productRef: REF, port: 'profiles', ...over }),
  );
  api.requests = requests.map(over =>
    aRequestDetail({ productRef: REF, port: 'profiles', ...over }),
  );
  await renderPage(
    <EntityProvider entity={entity}>
      <DataProductPortsCard />
    </EntityProvider>,
    { path: '/entity', api },
  );
}

const port = (name: string) => within(screen.getByRole('region', { name }));
const address = () => screen.getByLabelText('address').textContent;

describe('the ports of a product', () => {
  it('have what they hold, and on request where they live and what they promise', async () => {
    await show();
    const profiles = port('Profiles');
    expect(
      profiles.getByRole('link', { name: /schema of Profiles$/ }),
    ).toHaveTextContent('1 table · 4 columns · 1 with personal data');
    await userEvent.click(
      profiles.getByRole('button', { name: 'Details of Profiles' }),
    );
    expect(profiles.getByText('crm')).toBeInTheDocument();
    expect(profiles.getByText('freshness 24 h')).toBeInTheDocument();
    expect(
      profiles.getByRole('link', { name: /schema of Profiles$/ }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/dataproduct/customer-360/schema?port=profiles',
    );
  });

  it('lead to the form, each to its own, and say how long decisions take', async () => {
    await show();
    for (const [name, id] of [
      ['Profiles', 'profiles'],
      ['events', 'events'],
    ]) {
      expect(
        await port(name).findByRole('button', {
          name: `Request access to ${name}`,
        }),
      ).toHaveAttribute(
        'href',
        `/data-mesh/request/default/customer-360?port=${id}`,
      );
      expect(port(name).getByText('No access')).toBeInTheDocument();
    }
    expect(
      port('Profiles').getByText('usually decided within 5 hours'),
    ).toBeInTheDocument();
  });

  it('let whoever has one port ask for the other, for more, and for another principal', async () => {
    await show({
      access: [
        {
          id: 'ent-1',
          principal: aPrincipal('bi-role'),
          expiresAt: inDays(9.5),
          scope: {
            level: 'read',
            tables: [
              { table: 'customer_profiles', columns: ['segment', 'country'] },
            ],
          },
        },
      ],
    });
    const profiles = port('Profiles');
    expect(
      await profiles.findByText('You read 2 of 4 columns'),
    ).toBeInTheDocument();
    expect(profiles.getByText('as bi-role')).toBeInTheDocument();
    expect(profiles.getByText('ends in 9 days')).toBeInTheDocument();
    expect(
      profiles.getByRole('button', { name: 'Use it: Profiles' }),
    ).toHaveAttribute('href', '/data-mesh/access/ent-1');
    expect(
      port('events').getByRole('button', { name: 'Request access to events' }),
    ).toBeInTheDocument();

    await userEvent.click(
      profiles.getByRole('button', { name: 'Ask for more of Profiles' }),
    );
    expect(
      screen.getAllByRole('menuitem').map(item => item.textContent),
    ).toEqual([
      'More or other data for bi-role',
      'Access for another principal',
    ]);
    await userEvent.click(
      screen.getByRole('menuitem', { name: 'More or other data for bi-role' }),
    );
    expect(address()).toBe(
      '/data-mesh/request/default/customer-360?amend=ent-1',
    );
  });

  it('let whoever waits ask for another principal', async () => {
    await show({ requests: [{ id: 'req-1', state: 'pending' }] });
    const profiles = port('Profiles');
    expect(
      await profiles.findByRole('button', { name: 'See request: Profiles' }),
    ).toHaveAttribute('href', '/data-mesh/requests/req-1');
    await userEvent.click(
      profiles.getByRole('button', { name: 'Ask for more of Profiles' }),
    );
    await userEvent.click(
      screen.getByRole('menuitem', { name: 'Access for another principal' }),
    );
    expect(address()).toBe(
      '/data-mesh/request/default/customer-360?port=profiles',
    );
  });

  it('say that changes were asked for, and lead to the answer', async () => {
    await show({ requests: [{ id: 'req-1', state: 'changes-requested' }] });
    expect(
      await port('Profiles').findByRole('button', {
        name: 'Answer what was asked about Profiles',
      }),
    ).toHaveAttribute('href', '/data-mesh/requests/req-1');
  });

  it.each(['rejected', 'withdrawn', 'lapsed'] as const)(
    'let one see why a request was %s, and ask again',
    async state => {
      await show({ requests: [{ id: 'req-1', state }] });
      const profiles = port('Profiles');
      expect(
        await profiles.findByRole('button', { name: 'See why not: Profiles' }),
      ).toHaveAttribute('href', '/data-mesh/requests/req-1');
      expect(
        profiles.getByRole('button', { name: 'Ask again for Profiles' }),
      ).toHaveAttribute(
        'href',
        '/data-mesh/request/default/customer-360?port=profiles',
      );
    },
  );

  it('have two lines of state at most, and count the others', async () => {
    await show({
      access: ['a', 'b', 'c'].map(id => ({
        id,
        principal: aPrincipal(`${id}-role`),
      })),
    });
    expect(await port('Profiles').findByText('and 1 more')).toBeInTheDocument();
    expect(port('Profiles').queryByText('as c-role')).toBeNull();
  });

  it.each<[DataProductLifecycle, string]>([
    ['draft', 'Not yet to be asked for'],
    ['retired', 'No longer to be asked for'],
  ])(
    'of a %s product are not asked for, and say so',
    async (lifecycle, words) => {
      await show({ entity: aProduct({ spec: { lifecycle } }) });
      expect(await port('Profiles').findByText(words)).toBeInTheDocument();
      expect(screen.queryByRole('button', { name: /^Request/ })).toBeNull();
    },
  );

  it('can be asked for though the own access could not be loaded', async () => {
    await show({
      api: new FakeDataMeshApi().fail(
        'getProductOverview',
        new TypeError('Failed to fetch'),
      ),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not load your access to this product',
    );
    expect(
      port('Profiles').getByRole('button', { name: /^Request access/ }),
    ).toBeInTheDocument();
  });

  it('stand beside what the product reads, in the mesh and outside', async () => {
    await show({
      entity: aProduct({
        spec: {
          inputPorts: [
            {
              name: 'in',
              product: 'dataproduct:default/orders',
              port: 'daily',
            },
            { name: 'crm', source: 'The CRM of the sales teams' },
          ],
        },
      }),
    });
    expect(screen.getByRole('link', { name: /orders/ })).toBeInTheDocument();
    expect(screen.getByText('The CRM of the sales teams')).toBeInTheDocument();
  });

  it('are said to be none yet', async () => {
    await show({ entity: aProduct({ spec: { outputPorts: [] } }) });
    expect(
      screen.getByText('This product gives no data away yet'),
    ).toBeInTheDocument();
  });
});

describe('columns that a scope reads', () => {
  const [profiles] = aProduct().spec.outputPorts;
  const { name, columns } = profiles.tables[0];

  it('are those that it names, or all of a table that it names whole', () => {
    expect(
      columnsRead(
        { level: 'read', tables: [{ table: name, columns: ['segment'] }] },
        profiles,
      ),
    ).toEqual({ read: 1, total: columns.length });
    expect(
      columnsRead({ level: 'read', tables: [{ table: name }] }, profiles),
    ).toEqual({ read: columns.length, total: columns.length });
  });

  it('are not counted where the scope names no tables', () => {
    expect(
      columnsRead({ level: 'read', tables: [], allTables: true }, profiles),
    ).toBeUndefined();
  });
});

it.each([
  [0.2, '1 hour'],
  [5.4, '5 hours'],
  [47, '47 hours'],
  [80, '3 days'],
])('%s hours are said as %s', (hours, words) => {
  expect(hoursInWords(hours)).toBe(words);
});

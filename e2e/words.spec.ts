import { expect, test } from './support/portalTest';

/** What Tom asks for, of a port that nobody asks for with his role. */
const RETURNS = {
  productRef: 'dataproduct:default/orders',
  port: 'returns',
  principals: ['arn:aws:iam::210987654321:role/finance-role'],
  purpose: 'reporting',
  justification: 'How often a product comes back.',
  durationDays: 30,
};

test('a renewal is told as what is held already', async ({ portal, page }) => {
  const ana = await portal.apiOf('Ana Ruiz');
  const { items } = await ana.get(
    '/entitlements?view=mine&state=active&productRef=dataproduct:default/orders',
  );
  const [held] = items;
  const { items: renewals } = await ana.post('/requests', {
    productRef: held.productRef,
    port: held.port,
    scope: held.scope,
    principals: [held.principal.id],
    purpose: held.purpose,
    justification: 'The report goes on.',
    durationDays: held.durationDays,
    kind: 'renew',
    entitlementId: held.id,
  });
  await portal.actAs('Eva Novak');
  await page.goto(`/data-mesh/requests?id=${renewals[0].id}`);
  const stays = page.getByText(
    'Besides this access, the principal has nothing',
  );
  await expect(stays.first()).toBeVisible();
  await expect(
    page.getByText('The principal has nothing on this port yet'),
  ).toHaveCount(0);
});

test('what comes to nothing says who and why, and can be asked again', async ({
  portal,
  page,
}) => {
  const tom = await portal.apiOf('Tom Weber');
  const eva = await portal.apiOf('Eva Novak');
  const ask = async (columns: string[]) => {
    const { items } = await tom.post('/requests', {
      ...RETURNS,
      scope: { level: 'read', tables: [{ table: 'returns', columns }] },
    });
    return items[0] as { id: string; version: number };
  };
  const decide = (
    { id, version }: { id: string; version: number },
    decision: object,
  ) => eva.post(`/requests/${id}/decisions`, decision, version);

  const first = await ask(['sku', 'reason']);
  await decide(first, {
    decision: 'request-changes',
    comment: 'The reason alone is enough.',
  });
  await portal.actAs('Tom Weber');
  await page.goto(`/data-mesh/requests?view=mine&id=${first.id}`);

  await test.step('the form tells what was asked for, and no twin', async () => {
    await expect(
      page.getByText('The reason alone is enough.').first(),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Change the request' }).click();
    await expect(
      page.getByText('The reason alone is enough.').first(),
    ).toBeVisible();
    await expect(portal.requestForm.whatItTakes).toBeVisible();
    await expect(
      page.getByRole('region', { name: 'What exists already' }),
    ).toHaveCount(0);
  });

  await test.step('refused, it says by whom and why, and is asked again', async () => {
    const second = await ask(['refund_method']);
    await decide(second, {
      decision: 'reject',
      comment: 'How it was refunded is of no use to you.',
    });
    await page.goto(`/data-mesh/requests?view=mine&id=${second.id}`);
    await expect(
      page.getByText('How it was refunded is of no use to you.').first(),
    ).toBeVisible();
    await expect(page.getByText('Eva Novak').first()).toBeVisible();
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveValue(
      RETURNS.justification,
    );
  });
});

test('what another approver has decided is no unread notification', async ({
  portal,
  page,
}) => {
  const ana = await portal.apiOf('Ana Ruiz');
  const { items } = await ana.post('/requests', {
    productRef: 'dataproduct:default/customer-360',
    port: 'profiles',
    scope: {
      level: 'read',
      tables: [{ table: 'customer_profiles', columns: ['segment'] }],
    },
    principals: ['arn:aws:iam::210987654321:role/analytics-role'],
    purpose: 'marketing-analytics',
    justification: 'Segments of the spring campaign.',
    durationDays: 21,
  });
  const words = page.getByText('Ana Ruiz asks for access to Customer 360');

  await portal.actAs('Nils Berg');
  await page.goto('/notifications');
  await expect(words.first()).toBeVisible();

  const jo = await portal.apiOf('Jo Lind');
  await jo.post(
    `/requests/${items[0].id}/decisions`,
    { decision: 'approve' },
    items[0].version,
  );
  // The page follows by signals, without a reload.
  await expect(words).toHaveCount(0);
  await page.goto('/notifications');
  await expect(
    page.getByRole('heading', { name: /^Unread notifications/ }),
  ).toBeVisible();
  await expect(words).toHaveCount(0);
  await expect(page.getByText(/^Jo Lind .*Ana Ruiz/)).toHaveCount(0);
});

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' });

  test('sentences are of one language', async ({ portal, page }) => {
    await portal.actAs('Dana Cole');
    for (const [path, shown] of [
      ['/data-mesh/requests?view=all', portal.requests.list],
      ['/data-mesh/grants?tab=drift', page.getByTitle('Show the scans')],
      [
        '/catalog/default/dataproduct/orders/access',
        portal.access.holders.getByRole('row').nth(1),
      ],
    ] as const) {
      await page.goto(path);
      await expect(shown).toBeVisible();
      const words = await page.getByRole('main').first().innerText();
      expect(words).toMatch(/\b(ago|min|days?|hours?)\b/);
      expect(words).not.toMatch(
        /\b(in|vor) (\d+|einem|einer) (Tag|Stund|Minut|Sekund|Monat)/,
      );
    }
  });
});

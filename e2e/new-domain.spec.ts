import { NewDomainTemplate } from './pages/NewDomainTemplate';
import { expect, test } from './support/portalTest';

test('the template makes a domain that shows in the catalog', async ({
  portal,
  page,
}) => {
  const template = new NewDomainTemplate(page);

  await portal.actAs('Dana Cole');
  await page.goto('/data-mesh');
  await portal.open('Create');
  await template.choose();
  await template.describe({
    name: 'human-resources',
    title: 'Human resources',
    about: 'People, contracts and absences.',
  });
  await template.ownedByNewGroup({
    name: 'team-people',
    title: 'Team People',
    member: 'Nils Berg',
  });
  await template.inAccount('210987654321');
  await expect(template.openDomain).toBeVisible();

  await test.step('its page says who owns it', async () => {
    // The catalog reads what was published within some seconds.
    await expect(async () => {
      await page.goto('/catalog/default/domain/human-resources');
      const domain = page.getByRole('heading', { name: 'Human resources' });
      // Whichever it is, the page has then loaded, however long that takes.
      await expect(
        domain.or(page.getByText(/not found/i)).first(),
      ).toBeVisible();
      expect(await domain.isVisible()).toBe(true);
    }).toPass();
    await expect(page.getByText('Team People').first()).toBeVisible();
  });

  await test.step('it is in the list of domains', async () => {
    await page.goto('/catalog?filters[kind]=domain&filters[user]=all');
    await expect(
      page.getByRole('link', { name: 'Human resources' }),
    ).toBeVisible();
  });
});

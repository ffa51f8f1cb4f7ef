import type {
  DoctorReport,
  OutputPort,
  PolicyRules,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { People } from './People';

type Item = DoctorReport['items'][number];
type Check = Item['checks'][number];

/**
 * What the doctor finds about those whom config names: that nobody governs, and
 * that nobody watches over personal data.
 *
 * @param options - `ports` are those of all products in the catalog
 */
export async function peopleChecks(options: {
  people: Pick<People, 'membersOf'>;
  governanceRefs: readonly string[];
  rules: Pick<PolicyRules, 'stewards'>;
  ports: readonly OutputPort[];
}): Promise<Item[]> {
  const { people, governanceRefs, rules, ports } = options;
  const members = await people.membersOf([
    ...governanceRefs,
    ...rules.stewards,
  ]);
  const standsFor = (refs: readonly string[]) =>
    refs.some(ref => (members.get(ref)?.length ?? 0) > 0);
  const hasPersonalData = ports.some(port =>
    port.tables.some(table => table.columns.some(column => column.pii)),
  );
  const checks: Check[] = [];
  if (!standsFor(governanceRefs)) {
    checks.push({
      id: 'governance',
      title: 'Somebody governs the mesh',
      state: 'failed',
      words:
        governanceRefs.length === 0
          ? '`dataMesh.governance` is not set, so nobody can decide on places that nobody holds, resolve drift, release scans or read the audit trail'
          : `Nobody stands behind ${governanceRefs.join(
              ', ',
            )}, whom \`dataMesh.governance\` names`,
      fix: 'Name a group of the catalog with members in `dataMesh.governance`.',
    });
  }
  if (hasPersonalData && !standsFor(rules.stewards)) {
    checks.push({
      id: 'stewards',
      title: 'Somebody watches over personal data',
      state: 'warning',
      words:
        rules.stewards.length === 0
          ? 'Products have personal data, and `dataMesh.policy.stewards` names nobody: their owners decide about it alone'
          : `Nobody stands behind ${rules.stewards.join(
              ', ',
            )}, whom \`dataMesh.policy.stewards\` names: others stand in for them`,
      fix: 'Name a group of the catalog with members in `dataMesh.policy.stewards`.',
    });
  }
  return checks.length > 0 ? [{ subject: 'Configuration', checks }] : [];
}

import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';
import { aProduct } from '../testing/meshFixture';
import { peopleChecks } from './peopleChecks';

const GOVERNANCE = 'group:default/governance';
const STEWARDS = 'group:default/stewards';

async function found(options: {
  members?: { [ref: string]: string[] };
  governanceRefs?: string[];
  stewards?: string[];
  ports?: OutputPort[];
}) {
  const items = await peopleChecks({
    people: {
      membersOf: async () => new Map(Object.entries(options.members ?? {})),
    },
    governanceRefs: options.governanceRefs ?? [GOVERNANCE],
    rules: { stewards: options.stewards ?? [STEWARDS] },
    ports: options.ports ?? aProduct().spec.outputPorts,
  });
  return items.flatMap(({ checks }) =>
    checks.map(({ id, state, words }) => [id, state, words]),
  );
}

const all = {
  [GOVERNANCE]: ['user:default/gil'],
  [STEWARDS]: ['user:default/stella'],
};

describe('what the doctor finds of those whom config names', () => {
  it('is nothing where somebody stands behind each', async () => {
    expect(await found({ members: all })).toEqual([]);
  });

  it('says that nobody governs, and which key would change it', async () => {
    expect(await found({ members: all, governanceRefs: [] })).toEqual([
      [
        'governance',
        'failed',
        expect.stringMatching(/`dataMesh.governance` is not set/),
      ],
    ]);
  });

  it.each([
    ['a group without members', { ...all, [GOVERNANCE]: [] }],
    ['a group that is not there', { [STEWARDS]: all[STEWARDS] }],
  ])('says so of %s too', async (_, members) => {
    expect(await found({ members })).toEqual([
      ['governance', 'failed', expect.stringMatching(/Nobody stands behind/)],
    ]);
  });

  it('says that owners decide alone about personal data without stewards', async () => {
    expect(await found({ members: all, stewards: [] })).toEqual([
      ['stewards', 'warning', expect.stringMatching(/decide about it alone/)],
    ]);
    const [port] = aProduct().spec.outputPorts;
    expect(
      await found({
        members: all,
        stewards: [],
        ports: [{ ...port, tables: [port.tables[0]] }],
      }),
    ).toEqual([]);
  });

  it('says that others stand in for stewards who do not exist', async () => {
    expect(await found({ members: { [GOVERNANCE]: all[GOVERNANCE] } })).toEqual(
      [['stewards', 'warning', expect.stringMatching(/others stand in/)]],
    );
  });
});

import { lakeFormationModel } from './models/lakeFormation';
import { renderOutput } from './renderOutput';

const render = (output: object) =>
  renderOutput(lakeFormationModel, 'DescribeResourceResponse', output);

describe('answers', () => {
  it('carry dates in epoch seconds and leave out what is undefined', () => {
    expect(
      render({
        ResourceInfo: {
          LastModified: new Date(1500),
          HybridAccessEnabled: true,
          RoleArn: undefined,
        },
      }),
    ).toEqual({
      ResourceInfo: { LastModified: 1.5, HybridAccessEnabled: true },
    });
  });

  it.each([
    [
      'a member that the service does not have',
      { ResourceInfo: { Owner: 'x' } },
    ],
    ['another type', { ResourceInfo: { HybridAccessEnabled: 'yes' } }],
    ['a text for a date', { ResourceInfo: { LastModified: '2026' } }],
  ])('fail loudly with %s', (_, output) => {
    expect(() => render(output)).toThrow(TypeError);
  });
});

import { DescribeResourceCommand } from '@aws-sdk/client-lakeformation';
import { refusalOf } from '../../../__testUtils__/refusal';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

describe('DescribeResource', () => {
  it('describes a registered location, and only such', async () => {
    const { lakeFormation } = (
      await startTestEmulator({
        locations: [{ arn: 'arn:aws:s3:::lake', hybridAccessEnabled: true }],
      })
    ).asAdmin;
    const describeLocation = (ResourceArn: string) =>
      lakeFormation.send(new DescribeResourceCommand({ ResourceArn }));

    expect(
      (await describeLocation('arn:aws:s3:::lake')).ResourceInfo,
    ).toMatchObject({
      ResourceArn: 'arn:aws:s3:::lake',
      HybridAccessEnabled: true,
      LastModified: expect.any(Date),
    });
    expect(
      (await refusalOf(describeLocation('arn:aws:s3:::lake/sales'))).code,
    ).toBe('EntityNotFoundException');
  });
});

import {
  FilterCondition,
  ListResourcesCommand,
} from '@aws-sdk/client-lakeformation';
import { refusalOf } from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

const threeLocations = () =>
  startTestEmulator({
    locations: [
      { arn: 'arn:aws:s3:::lake/b' },
      { arn: 'arn:aws:s3:::lake/a', roleArn: roleArn('Engineer') },
      { arn: 'arn:aws:s3:::other' },
    ],
  });

const arns = (page: { ResourceInfoList?: { ResourceArn?: string }[] }) =>
  page.ResourceInfoList?.map(({ ResourceArn }) => ResourceArn);

describe('ListResources', () => {
  it('pages through the registered locations', async () => {
    const { lakeFormation } = (await threeLocations()).asAdmin;
    const first = await lakeFormation.send(
      new ListResourcesCommand({ MaxResults: 2 }),
    );
    const second = await lakeFormation.send(
      new ListResourcesCommand({ NextToken: first.NextToken }),
    );
    expect(arns(first)).toEqual(['arn:aws:s3:::lake/a', 'arn:aws:s3:::lake/b']);
    expect(arns(second)).toEqual(['arn:aws:s3:::other']);
    expect(second.NextToken).toBeUndefined();
  });

  it.each<[FilterCondition, string[]]>([
    [
      {
        Field: 'RESOURCE_ARN',
        ComparisonOperator: 'BEGINS_WITH',
        StringValueList: ['arn:aws:s3:::lake'],
      },
      ['arn:aws:s3:::lake/a', 'arn:aws:s3:::lake/b'],
    ],
    [
      {
        Field: 'ROLE_ARN',
        ComparisonOperator: 'EQ',
        StringValueList: [roleArn('Engineer')],
      },
      ['arn:aws:s3:::lake/a'],
    ],
    [
      {
        Field: 'RESOURCE_ARN',
        ComparisonOperator: 'NOT_CONTAINS',
        StringValueList: ['lake'],
      },
      ['arn:aws:s3:::other'],
    ],
  ])('filters by %j', async (condition, expected) => {
    const { lakeFormation } = (await threeLocations()).asAdmin;
    expect(
      arns(
        await lakeFormation.send(
          new ListResourcesCommand({ FilterConditionList: [condition] }),
        ),
      ),
    ).toEqual(expected);
  });

  it('refuses a filter that says nothing', async () => {
    const { lakeFormation } = (await threeLocations()).asAdmin;
    expect(
      (
        await refusalOf(
          lakeFormation.send(
            new ListResourcesCommand({
              FilterConditionList: [{ Field: 'RESOURCE_ARN' }],
            }),
          ),
        )
      ).code,
    ).toBe('InvalidInputException');
  });
});

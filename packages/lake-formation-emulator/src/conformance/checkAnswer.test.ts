import { glueModel } from '../wire/models/glue';
import { stsModel } from '../wire/models/sts';
import { problemsOfJson, problemsOfXml } from './checkAnswer';

describe('the check of answers', () => {
  it('lets through what fits the shape', () => {
    expect(
      problemsOfJson(glueModel, 'GetTableResponse', {
        Table: {
          Name: 'orders',
          CreateTime: 1.5,
          Parameters: { a: 'b' },
          PartitionKeys: [{ Name: 'day' }],
        },
      }),
    ).toEqual([]);
  });

  it('names everything that does not fit', () => {
    expect(
      problemsOfJson(glueModel, 'GetTableResponse', {
        Table: {
          Owner: 3,
          CreateTime: '2026-01-01',
          PartitionKeys: [{}, 'day'],
          Parameters: [],
        },
        Next: null,
      }),
    ).toEqual([
      '.Table.Name is missing',
      '.Table.Owner must be a string',
      '.Table.CreateTime must be a number',
      '.Table.PartitionKeys[0].Name is missing',
      '.Table.PartitionKeys[1] must be an object',
      '.Table.Parameters must be a map',
      '.Next is unknown',
    ]);
  });

  it('reads XML by the same shapes', () => {
    const answer = (inner: string) =>
      `<AssumeRoleResponse xmlns="x"><AssumeRoleResult>${inner}</AssumeRoleResult></AssumeRoleResponse>`;
    expect(
      problemsOfXml(
        stsModel,
        'AssumeRole',
        answer('<PackedPolicySize>0</PackedPolicySize>'),
      ),
    ).toEqual([]);
    expect(
      problemsOfXml(
        stsModel,
        'AssumeRole',
        answer(
          '<Role>x</Role><Credentials><Expiration>noon</Expiration></Credentials>',
        ),
      ),
    ).toEqual([
      '.Role is unknown',
      '.Credentials.AccessKeyId is missing',
      '.Credentials.SecretAccessKey is missing',
      '.Credentials.SessionToken is missing',
      '.Credentials.Expiration must be a time in ISO 8601',
    ]);
    expect(problemsOfXml(stsModel, 'AssumeRole', '<Other/>')).toEqual([
      'there is no AssumeRoleResponse',
    ]);
  });
});

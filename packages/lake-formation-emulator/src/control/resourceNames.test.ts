import { resourceNames } from './resourceNames';

describe('the names of resources in an input', () => {
  it.each<[string, unknown, string[]]>([
    [
      'a table of Lake Formation',
      { Resource: { Table: { DatabaseName: 'sales', Name: 'orders' } } },
      ['sales', 'orders', 'sales.orders'],
    ],
    [
      'a table of Glue',
      { DatabaseName: 'sales', TableInput: { Name: 'orders' } },
      ['sales', 'sales.orders', 'orders'],
    ],
    [
      'a table that is partitioned or filtered',
      { DatabaseName: 'sales', TableName: 'orders' },
      ['sales', 'orders', 'sales.orders'],
    ],
    ['a database', { Name: 'sales' }, ['sales']],
    [
      'the entries of a batch',
      {
        Entries: [
          { Resource: { Database: { Name: 'a' } } },
          { Resource: { DataLocation: { ResourceArn: 'arn:aws:s3:::b' } } },
        ],
      },
      ['a', 'arn:aws:s3:::b'],
    ],
    ['an invitation', { resourceShareInvitationArn: 'arn:i' }, ['arn:i']],
    ['a role', { RoleArn: 'arn:r' }, ['arn:r']],
    ['nothing', {}, []],
    ['no object', undefined, []],
  ])('finds those of %s', (_, input, names) => {
    expect([...resourceNames(input)].sort()).toEqual([...names].sort());
  });
});

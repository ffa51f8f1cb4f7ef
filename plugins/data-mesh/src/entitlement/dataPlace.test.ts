import { anEntitlement, aProduct } from '../testing';
import { placeOf } from './dataPlace';

describe('placeOf', () => {
  it('names database and tables as the port says them', () => {
    expect(placeOf(aProduct(), anEntitlement())).toEqual({
      account: '210987654321',
      region: 'eu-central-1',
      database: 'crm',
      tables: ['profiles'],
    });
  });

  it('knows nothing of a port that is gone', () => {
    expect(
      placeOf(aProduct(), anEntitlement({ port: 'gone' })),
    ).toBeUndefined();
  });
});

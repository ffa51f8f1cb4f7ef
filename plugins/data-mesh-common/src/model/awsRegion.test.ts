import { isAwsRegion } from './awsRegion';

describe('isAwsRegion', () => {
  it.each([
    'eu-central-1',
    'ap-southeast-5',
    'us-gov-west-1',
    'cn-northwest-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'eusc-de-east-1',
    'mx-central-1',
  ])('takes %s', region => {
    expect(isAwsRegion(region)).toBe(true);
  });

  it.each(['', 'eu', 'eu-central', 'EU-central-1', 'eu-central-1 ', 'eu--1'])(
    'refuses %j',
    text => {
      expect(isAwsRegion(text)).toBe(false);
    },
  );
});

import { ConformanceReport } from './ConformanceReport';
import { notSupported, refused } from './notSupported';

const error = (name: string, message = '', httpStatusCode = 400) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

describe('what an endpoint does not support', () => {
  it.each([
    error('NotImplementedException'),
    error('UnknownOperationException'),
    error('Error', '', 501),
    error('InternalError', 'The get_lf_tag action has not been implemented'),
    error(
      'InvalidInputException',
      'The Lake Formation emulator does not implement the parameter X yet.',
    ),
  ])('is told by the error: %p', one => {
    expect(notSupported(one)).toBe(`${one.name}: ${one.message}`);
  });

  it.each([
    error('AccessDeniedException', 'Access is not allowed.'),
    error('InternalFailure', 'boom', 500),
    new Error('expect(received).toBe(expected)'),
    'text',
  ])('is not any other error: %p', one => {
    expect(notSupported(one)).toBeUndefined();
  });

  it('is not taken for the refusal that a case expects', async () => {
    const lacking = error('NotImplementedException', 'no');
    await expect(
      refused(Promise.reject(lacking), 'AccessDeniedException'),
    ).rejects.toBe(lacking);
  });

  it('is listed in the summary', () => {
    const report = new ConformanceReport('http://endpoint');
    report.holds();
    report.holds();
    report.fails();
    report.lacks('glue:SearchTables', 'finds', 'NotImplemented: no');
    expect(report.summary()).toBe(
      `Conformance of http://endpoint: 2 cases hold, 1 fail, 1 are not supported
  not supported: glue:SearchTables finds (NotImplemented: no)`,
    );
  });
});

describe('a refusal', () => {
  it('is the one that is expected', async () => {
    const denied = error('AccessDeniedException', 'no');
    expect(await refused(Promise.reject(denied), 'AccessDeniedException')).toBe(
      'no',
    );
    await expect(
      refused(Promise.reject(denied), 'InvalidInputException'),
    ).rejects.toThrow(
      'Expected a refusal with InvalidInputException, found AccessDeniedException: no',
    );
    await expect(
      refused(Promise.resolve({ a: 1 }), 'InvalidInputException'),
    ).rejects.toThrow('found the answer {"a":1}');
  });
});

import { canonicalJson } from './canonicalJson';

describe('canonicalJson', () => {
  it('is the same for equal values, whatever the order of their keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      canonicalJson({ a: true, b: [1, { c: 'x', d: null }] }),
    );
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it('has the bytes that stored hashes are made of', () => {
    const value = {
      é: '\ud800 "\\\u0007\u2028',
      b: [null, -0, 1e21, 1.5, 0.1, {}, []],
      B: { '10': true, '9': false, '': '' },
    };
    expect(canonicalJson(value)).toBe(
      '{"B":{"":"","10":true,"9":false},"b":[null,0,1e+21,1.5,0.1,{},[]],"é":"\\ud800 \\"\\\\\\u0007\u2028"}',
    );
  });

  it('tells apart what differs', () => {
    expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }));
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });
});

import { RowFilterConstant } from './RowFilter';

const NUMBER = /^([+-]?)(?=\.?\d)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/** `+007` → `7`; of an exponent. */
function plainInteger(text: string): string {
  const digits = text.replace(/^[+-]?0*/, '') || '0';
  return text.startsWith('-') && digits !== '0' ? `-${digits}` : digits;
}

/**
 * A number as a row filter has it: `+01.50` is `1.5`.
 *
 * @returns undefined where the text is no number
 * @public
 */
export function numberConstant(text: string): RowFilterConstant | undefined {
  const parts = NUMBER.exec(text.trim());
  if (!parts) return undefined;
  const [, sign, whole, fraction, exponent = '0'] = parts;
  const digits = plainInteger(whole);
  const rest = fraction.replace(/0+$/, '');
  const mantissa = rest ? `${digits}.${rest}` : digits;
  if (mantissa === '0') return { type: 'number', value: '0' };
  const power = plainInteger(exponent);
  const suffix = power === '0' ? '' : `E${power}`;
  return {
    type: 'number',
    value: `${sign === '-' ? '-' : ''}${mantissa}${suffix}`,
  };
}

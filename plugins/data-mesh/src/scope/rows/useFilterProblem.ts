import type { RowFilterProblem } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useT } from '../../useT';

/** What is wrong with the text of a row filter, in words. */
export function useFilterProblem(): (problem: RowFilterProblem) => string {
  const t = useT();
  return problem => {
    const { found, at } = problem;
    const position = String(at);
    const place = found
      ? t('requestForm.rows.problem.found', { found, position })
      : t('requestForm.rows.problem.atEnd');
    switch (problem.kind) {
      case 'expected':
        return t(`requestForm.rows.problem.expected.${problem.expected}`, {
          place,
        });
      case 'symbol': {
        const { symbol } = problem;
        return t('requestForm.rows.problem.symbol', { symbol, place });
      }
      case 'too-long':
        return t('requestForm.rows.problem.too-long', {
          characters: String(problem.characters),
        });
      case 'too-many-bytes':
        return t('requestForm.rows.problem.too-many-bytes', {
          bytes: String(problem.bytes),
        });
      case 'unknown-column':
        return problem.near
          ? t('requestForm.rows.problem.near-column', {
              found,
              position,
              near: problem.near,
            })
          : t('requestForm.rows.problem.unknown-column', { found, position });
      case 'column-type':
        return t('requestForm.rows.problem.column-type', {
          found,
          position,
          type: problem.type,
        });
      case 'constant-type':
        return t(`requestForm.rows.problem.constant-type.${problem.expected}`, {
          found,
          position,
          column: problem.column,
        });
      default:
        return t(`requestForm.rows.problem.${problem.kind}`, {
          found,
          position,
        });
    }
  };
}

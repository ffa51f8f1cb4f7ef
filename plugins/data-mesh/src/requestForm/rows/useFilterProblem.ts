import { useT } from '../../useT';
import { FilterProblem } from './readFilter';

/** What is wrong with the text of a row filter, in words. */
export function useFilterProblem(): (problem: FilterProblem) => string {
  const t = useT();
  return problem => {
    const { found, at } = problem;
    const position = String(at);
    const place = found
      ? t('requestForm.rows.problem.found', { found, position })
      : t('requestForm.rows.problem.atEnd');
    switch (problem.kind) {
      case 'expected':
        return t(`requestForm.rows.problem.expected.${problem.what}`, {
          place,
        });
      case 'symbol':
        return t('requestForm.rows.problem.symbol', {
          symbol: problem.symbol,
          place,
        });
      case 'unknown-column':
        return t('requestForm.rows.problem.unknownColumn', { found });
      default:
        return t(`requestForm.rows.problem.${problem.kind}`, {
          found,
          position,
        });
    }
  };
}

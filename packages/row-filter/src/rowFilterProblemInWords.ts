import {
  MAX_ROW_FILTER_BYTES,
  MAX_ROW_FILTER_CHARACTERS,
  MAX_ROW_FILTER_DEPTH,
} from './limits';
import { RowFilterExpected, RowFilterProblem } from './RowFilterProblem';

const EXPECTED: Readonly<Record<RowFilterExpected, string>> = {
  column: 'a column',
  comparison:
    'a comparison after the column (=, <>, <, <=, >, >=, BETWEEN, IN, LIKE, IS NULL)',
  constant: 'a constant, as columns are compared with constants only',
  join: 'AND, OR or the end',
  string: "a text in single quotes after LIKE, like 'D%'",
};

const CONSTANTS = {
  string: 'texts in single quotes',
  number: 'numbers',
  boolean: 'TRUE or FALSE',
} as const;

/**
 * What is wrong with a row filter, as one reason that stands behind the name of
 * its field.
 *
 * @public
 */
export function rowFilterProblemInWords(problem: RowFilterProblem): string {
  const { found, at } = problem;
  const place = `at position ${at}`;
  const instead = found
    ? `found ${found} ${place}`
    : 'found the end of the filter';
  switch (problem.kind) {
    case 'too-long':
      return `has ${problem.characters} characters; there may be ${MAX_ROW_FILTER_CHARACTERS}`;
    case 'too-many-bytes':
      return `takes ${problem.bytes} bytes; there may be ${MAX_ROW_FILTER_BYTES}`;
    case 'unclosed':
      return `the quote ${place} is not closed`;
    case 'unexpected':
      return `'${found}' ${place} means nothing in a row filter`;
    case 'expected':
      return `expected ${EXPECTED[problem.expected]}; ${instead}`;
    case 'symbol':
      return `expected ${problem.symbol}; ${instead}`;
    case 'reserved':
      return `'${found}' ${place} is a word of the language; put a column of that name in double quotes`;
    case 'function':
      return `'${found}' ${place} is called as a function; row filters know none`;
    case 'null':
      return `nothing is compared with ${found} ${place}; use IS NULL or IS NOT NULL`;
    case 'too-deep':
      return `'${found}' ${place} lies deeper than ${MAX_ROW_FILTER_DEPTH} names`;
    case 'unknown-column':
      return `the table has no column '${found}' (position ${at})${
        problem.near ? `; did you mean '${problem.near}'?` : ''
      }`;
    case 'unknown-field':
      return `there is no field '${found}' (position ${at})`;
    case 'struct':
      return `'${found}' ${place} is a struct; compare one of its fields`;
    case 'column-type':
      return `rows cannot be filtered by '${found}' ${place}, which is of type ${
        problem.type || 'unknown'
      }; only texts, numbers and booleans can be compared`;
    case 'like':
      return `'${found}' ${place} holds no texts, so LIKE cannot be used on it`;
    case 'partition-key-field':
      return `'${found}' ${place} is a field of a partition key, and rows cannot be filtered by those`;
    case 'partition-key-null':
      return `'${found}' ${place} is a partition key, and IS NULL cannot be used on those`;
    default:
      return `'${problem.column}' is compared with ${
        CONSTANTS[problem.expected]
      }; found ${found} ${place}`;
  }
}

import type { Place } from '@lakemesh/backstage-plugin-data-mesh-common';

/** What is wrong with a place, and in which part. */
export interface PlaceProblem {
  field: string;
  message: string;
}

const LONGEST_NAME = 255;
/** More in one name make it dear to compare, and mean nothing. */
const MOST_STARS = 8;

const DESCRIBED: { [key: string]: string } = {
  system: 'a type of ports like lake-formation',
  catalogId: 'an account id like 210987654321, or a catalog nested in one',
  region: 'a region like eu-central-1',
  database: 'the name of a database, in which * stands for any characters',
  table: 'the name of a table, in which * stands for any characters',
};

function nameProblem(
  field: 'system' | 'catalogId' | 'region' | 'database' | 'table',
  value: string | undefined,
): PlaceProblem[] {
  if (value === undefined) return [];
  const isPattern = field === 'database' || field === 'table';
  const stars = value.split('*').length - 1;
  const fine =
    value.length > 0 &&
    value.length <= LONGEST_NAME &&
    value === value.trim() &&
    // Names that read alike must be alike.
    !/\p{C}/u.test(value) &&
    stars <= (isPattern ? MOST_STARS : 0);
  return fine
    ? []
    : [
        {
          field,
          message: `${field} is '${value}', expected ${DESCRIBED[field]}${
            isPattern ? ` (at most ${MOST_STARS} of them)` : ''
          }`,
        },
      ];
}

function tagProblems({ tag, database, table }: Place): PlaceProblem[] {
  if (!tag) return [];
  const inTag = (value: string) =>
    value.length > 0 && value === value.trim() && !/[*\p{C}]/u.test(value);
  return [
    ...(database !== undefined || table !== undefined
      ? [
          {
            field: 'tag',
            message:
              'it names a tag and a database or table, expected one or the other: tags are held in a catalog as a whole',
          },
        ]
      : []),
    ...(inTag(tag.key)
      ? []
      : [
          {
            field: 'tag.key',
            message: `tag.key is '${tag.key}', expected the key of a tag, without *`,
          },
        ]),
    ...(tag.values.length > 0 && tag.values.every(inTag)
      ? []
      : [
          {
            field: 'tag.values',
            message: `tag.values is ${JSON.stringify(
              tag.values,
            )}, expected at least one value, without *`,
          },
        ]),
  ];
}

/** Whether it is a place at all: what config and claims are held to alike. */
export function placeProblems(place: Place): PlaceProblem[] {
  const { system, catalogId, region, database, table, tag } = place;
  return [
    ...nameProblem('system', system),
    ...nameProblem('catalogId', catalogId),
    ...nameProblem('region', region),
    ...nameProblem('database', database),
    ...nameProblem('table', table),
    ...(table !== undefined && database === undefined && !tag
      ? [
          {
            field: 'table',
            message: `it names the table '${table}' without a database, expected both`,
          },
        ]
      : []),
    ...tagProblems(place),
  ];
}

import type {
  FilterCondition,
  ListResourcesRequest,
  ListResourcesResponse,
} from '@aws-sdk/client-lakeformation';
import { invalidInput } from '../../../model/api/AwsError';
import { RegisteredLocation } from '../../../model/catalog/RegisteredLocation';
import { pageOf } from '../../../model/api/paging';
import { Operation, Validated } from '../../Operation';
import { pageSize } from '../../pageSize';
import { requestedCatalog } from '../catalogAccess';
import { renderLocation } from '../resources/renderLocation';

const COMPARISONS: Record<
  string,
  (found: string, wanted: readonly string[]) => boolean
> = {
  EQ: (found, [wanted]) => found === wanted,
  NE: (found, [wanted]) => found !== wanted,
  LT: (found, [wanted]) => found < wanted,
  LE: (found, [wanted]) => found <= wanted,
  GT: (found, [wanted]) => found > wanted,
  GE: (found, [wanted]) => found >= wanted,
  CONTAINS: (found, [wanted]) => found.includes(wanted),
  NOT_CONTAINS: (found, [wanted]) => !found.includes(wanted),
  BEGINS_WITH: (found, [wanted]) => found.startsWith(wanted),
  IN: (found, wanted) => wanted.includes(found),
  BETWEEN: (found, [from, to]) => found >= from && found <= to,
};

const FIELDS: Record<string, (location: RegisteredLocation) => string> = {
  RESOURCE_ARN: ({ arn }) => arn,
  ROLE_ARN: ({ roleArn }) => roleArn,
  LAST_MODIFIED: ({ lastModified }) => new Date(lastModified).toISOString(),
};

function matches(
  location: RegisteredLocation,
  condition: Validated<FilterCondition>,
): boolean {
  const { Field = '', ComparisonOperator = '', StringValueList } = condition;
  const read = FIELDS[Field];
  const compare = COMPARISONS[ComparisonOperator];
  if (!read || !compare || !StringValueList?.length) {
    throw invalidInput(
      `A filter needs a field (${Object.keys(FIELDS).join(
        ', ',
      )}), an operator (${Object.keys(COMPARISONS).join(
        ', ',
      )}) and values, found ${JSON.stringify(condition)}.`,
    );
  }
  return compare(read(location), StringValueList);
}

export const listResources: Operation<
  ListResourcesRequest,
  ListResourcesResponse
> = (input, context) => {
  const { locations } = requestedCatalog(context, undefined);
  const conditions = input.FilterConditionList ?? [];
  const found = [...locations.values()]
    .filter(location => conditions.every(one => matches(location, one)))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const page = pageOf(
    found,
    ({ arn }) => arn,
    String,
    pageSize(input.MaxResults, 1000),
    input.NextToken,
  );
  return {
    ResourceInfoList: page.items.map(renderLocation),
    NextToken: page.nextToken,
  };
};

import { World } from './World';

/** One thing that an endpoint must do as AWS does it. */
export type ConformanceCase = (world: World) => Promise<void>;

/** What is checked of one operation. */
export interface OperationCases {
  /** `lakeformation`, `glue`, `ram`, `sts` or `iam`. */
  readonly service: string;
  /** Such as `GrantPermissions`. */
  readonly operation: string;
  /** By what they check. */
  readonly cases: Readonly<Record<string, ConformanceCase>>;
}

/** The cases of an operation, such as `glue:GetTable`. */
export function conformance(
  name: `${string}:${string}`,
  cases: Record<string, ConformanceCase>,
): OperationCases {
  const [service, operation] = name.split(':');
  return { service, operation, cases };
}

import { AwsError, notEmulated } from '../../model/api/AwsError';
import { accountOfPrincipal } from '../../model/iam/principals';
import { Page, pageOf } from '../../model/api/paging';
import { ResourceShare, reachesEntity } from '../../model/shares/ResourceShare';
import { groupsOf } from '../../model/sharing/arrival';
import { ramModel } from '../../wire/models/ram';
import { OperationContext } from '../Operation';
import { invalidParameter, malformedArn, unknownShare } from './ramErrors';

const HOUR_MS = 3_600_000;

/** For how long RAM still shows a share that was deleted. */
const DELETED_SHOWN_MS = 2 * HOUR_MS;

const SHARE_ARN = /^arn:aws:ram:[a-z0-9-]+:\d{12}:resource-share\/.+$/;

/** Refuses what is no ARN of a share. */
export function checkShareArns(arns: readonly string[] = []): void {
  const wrong = arns.find(arn => !SHARE_ARN.test(arn));
  if (wrong !== undefined) throw malformedArn(wrong);
}

/** Refuses filters by which the emulator cannot tell anything apart. */
export function refuseFilters(input: object, members: readonly string[]): void {
  const found = members.find(
    member => (input as Record<string, unknown>)[member] !== undefined,
  );
  if (found) throw notEmulated(`the parameter ${found} of RAM`);
}

/** Refuses a value that an enumeration of RAM does not have. */
export function checkEnum(
  member: string,
  value: string | undefined,
  enumeration: keyof typeof ramModel.enums,
): void {
  const known = ramModel.enums[enumeration];
  if (value !== undefined && !known.includes(value)) {
    throw invalidParameter(
      `The ${member} must be one of ${known.join(', ')}, found ${value}.`,
    );
  }
}

const isShown = ({ now, caller }: OperationContext, share: ResourceShare) =>
  share.region === caller.region &&
  (share.status === 'ACTIVE' ||
    now.getTime() - share.updatedAt < DELETED_SHOWN_MS);

/** Whether a share has arrived at an account or one of its principals. */
function reachesAccount(
  { state }: OperationContext,
  share: ResourceShare,
  account: string,
): boolean {
  const groups = groupsOf(state, account);
  return [...share.principals.keys()].some(
    entity =>
      (accountOfPrincipal(entity) === account || groups.includes(entity)) &&
      reachesEntity(share, entity),
  );
}

/** The shares that the caller's account owns, or that others share with it. */
export function sharesOf(
  context: OperationContext,
  resourceOwner: string,
): ResourceShare[] {
  checkEnum('resourceOwner', resourceOwner, 'ResourceOwner');
  const { account } = context.caller;
  return [...context.state.shares.all()].filter(
    share =>
      isShown(context, share) &&
      (resourceOwner === 'SELF'
        ? share.owner === account
        : share.owner !== account && reachesAccount(context, share, account)),
  );
}

/** A share that the caller's account owns. */
export function ownShare(
  context: OperationContext,
  arn: string,
): ResourceShare {
  checkShareArns([arn]);
  const share = context.state.shares.get(arn);
  if (
    !share ||
    share.owner !== context.caller.account ||
    !isShown(context, share)
  ) {
    throw unknownShare(arn);
  }
  return share;
}

/** RAM's pages: of up to 500, in the order in which things came to be. */
export function ramPage<T>(
  items: readonly T[],
  maxResults: number | undefined,
  nextToken: string | undefined,
): Page<T> {
  if (maxResults !== undefined && (maxResults < 1 || maxResults > 500)) {
    throw new AwsError(
      'InvalidMaxResultsException',
      `maxResults must be from 1 to 500, found ${maxResults}.`,
    );
  }
  const numbered = items.map((item, position) => ({ item, position }));
  try {
    const page = pageOf(
      numbered,
      one => one.position,
      Number,
      maxResults ?? 500,
      nextToken,
    );
    return { ...page, items: page.items.map(({ item }) => item) };
  } catch (error) {
    throw new AwsError(
      'InvalidNextTokenException',
      'The specified value for NextToken is not valid.',
    );
  }
}

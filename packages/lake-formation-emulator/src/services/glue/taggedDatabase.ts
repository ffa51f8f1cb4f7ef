import {
  entityNotFound,
  invalidInput,
  notEmulated,
} from '../../model/api/AwsError';
import { DatabaseRecord } from '../../model/catalog/DatabaseRecord';
import { catalogOf } from '../../model/state/EmulatorState';
import { storedName } from '../../model/api/storedName';
import { OperationContext } from '../Operation';

const ARN = /^arn:aws[a-z-]*:glue:([a-z0-9-]+):(\d{12}):(\w+)\/(.+)$/;

/** AWS's limit of tags on a resource. */
const MAX_TAGS = 50;

/** The database of an ARN. Of the catalog's resources Glue tags databases only. */
export function taggedDatabase(
  { state, caller }: OperationContext,
  arn: string,
): DatabaseRecord {
  const [, region, account, kind, name] = ARN.exec(arn) ?? [];
  if (!region || region !== caller.region || account !== caller.account) {
    throw invalidInput(
      `ResourceArn must be the ARN of a resource of account ${caller.account} in ${caller.region}, found ${arn}.`,
    );
  }
  if (kind !== 'database') {
    throw notEmulated(`tags of the resource ${kind}`);
  }
  const database = catalogOf(state, account, region).databases.get(
    storedName(name),
  );
  if (!database) throw entityNotFound(`Database ${name} not found.`);
  return database;
}

/** Refuses tags that AWS would refuse. */
export function checkedTags(
  tags: Readonly<Record<string, string>>,
): Record<string, string> {
  const entries = Object.entries(tags);
  if (entries.length > MAX_TAGS) {
    throw invalidInput(
      `A resource may have up to ${MAX_TAGS} tags, found ${entries.length}.`,
    );
  }
  for (const [key, value] of entries) {
    if (!key || key.length > 128 || /^aws:/i.test(key)) {
      throw invalidInput(
        `The key of a tag must have 1 to 128 characters and not begin with aws:, found '${key}'.`,
      );
    }
    if (value.length > 256) {
      throw invalidInput(
        `The value of the tag ${key} may have up to 256 characters, found ${value.length}.`,
      );
    }
  }
  return { ...tags };
}

import type {
  GetLFTagRequest,
  GetLFTagResponse,
} from '@aws-sdk/client-lakeformation';
import { notThereOrNotAllowed } from '../../../model/api/AwsError';
import { seesEverything } from '../../../model/access/access';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { noSuchTag, readTagKey, visibleValues } from '../lfTags';

/** An LF-Tag with those of its values that the caller may see. */
export const getLFTag: Operation<GetLFTagRequest, GetLFTagResponse> = (
  input,
  context,
) => {
  const { caller } = context;
  const catalog = requestedCatalog(context, input.CatalogId);
  const tag = catalog.lfTags.get(readTagKey(input.TagKey));
  if (!tag && seesEverything(catalog, caller.principal)) {
    throw noSuchTag();
  }
  const values = tag ? visibleValues(catalog, caller, tag) : [];
  if (!tag || !values.length) {
    throw notThereOrNotAllowed();
  }
  return { CatalogId: catalog.accountId, TagKey: tag.key, TagValues: values };
};

import type { RequestDraft } from '@lakemesh/backstage-plugin-data-mesh-common';

/** What a request cannot do without. */
export type MissingPart =
  | 'port'
  | 'columns'
  | 'tags'
  | 'rows'
  | 'principal'
  | 'purpose'
  | 'duration';

/**
 * What is still to be filled in, in the order of the form.
 *
 * @param form - in which way the port is asked for, and whether a condition on
 *   rows is begun and says nothing yet
 */
export function missingParts(
  draft: RequestDraft,
  form: { byTags?: boolean; lacksRows?: boolean } = {},
): MissingPart[] {
  const missing: MissingPart[] = [];
  if (!draft.port) missing.push('port');
  else if (!draft.scope) missing.push(form.byTags ? 'tags' : 'columns');
  else if (form.lacksRows) missing.push('rows');
  if (!draft.principals?.length) missing.push('principal');
  if (!draft.purpose) missing.push('purpose');
  if (!draft.durationDays || draft.durationDays < 1) missing.push('duration');
  return missing;
}

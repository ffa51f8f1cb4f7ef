import type { RequestDraft } from '@lakemesh/backstage-plugin-data-mesh-common';

/** What a request cannot do without. */
export type MissingPart =
  | 'port'
  | 'columns'
  | 'principal'
  | 'purpose'
  | 'duration';

/** What is still to be filled in, in the order of the form. */
export function missingParts(draft: RequestDraft): MissingPart[] {
  const missing: MissingPart[] = [];
  if (!draft.port) missing.push('port');
  else if (!draft.scope) missing.push('columns');
  if (!draft.principals?.length) missing.push('principal');
  if (!draft.purpose) missing.push('purpose');
  if (!draft.durationDays || draft.durationDays < 1) missing.push('duration');
  return missing;
}

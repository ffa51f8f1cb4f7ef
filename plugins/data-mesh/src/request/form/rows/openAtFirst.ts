import type { AboutAccess } from '../draft/formDraft';
import type { useRequestForm } from '../useRequestForm';
import type { RowId } from './rowsOfForm';

/**
 * What has no answer yet is unfolded, and so is what would be overlooked
 * because it is rare.
 */
export function openAtFirst(options: {
  form: Pick<ReturnType<typeof useRequestForm>, 'asked' | 'way' | 'draft'>;
  about?: AboutAccess;
}): RowId[] {
  const { asked, way, draft } = options.form;
  const isRare =
    way.form !== 'tables' || way.level !== 'read' || draft.consumerRef;
  return [
    ...(asked.scope || options.about ? [] : (['what'] as const)),
    ...(draft.principals.length ? [] : (['for'] as const)),
    ...(isRare ? (['more'] as const) : []),
  ];
}

import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { COLUMNS_PARAM, readColumns } from '../../scope/columnsInUrl';
import type { LinkedColumns } from './draft/formDraft';

/** The columns that a link to the form carries. */
export function linkedColumns(
  params: URLSearchParams,
  { spec }: DataProductEntity,
): LinkedColumns | undefined {
  const link = params.getAll(COLUMNS_PARAM).join('&');
  if (!link) return undefined;
  return {
    link,
    picked: readColumns(
      params,
      spec.outputPorts,
      spec.access?.neverShared ?? [],
    ),
  };
}

import { useT } from '../useT';

/** The forms in which tables are exported. */
export function useTableFormats() {
  const t = useT();
  return [
    { format: 'csv' as const, label: t('common.asCsv') },
    { format: 'json' as const, label: t('common.asJson') },
  ];
}

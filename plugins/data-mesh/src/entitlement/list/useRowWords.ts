import type {
  AccessScope,
  DataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { scopeInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { DateTime } from 'luxon';
import { columnsRead } from '../columnsRead';
import { useMoment } from '../../useMoment';
import { useT } from '../../useT';

/** What of a port is read, and until when, in the two lines of a row. */
export function useRowWords() {
  const t = useT();
  const momentOf = useMoment();
  return {
    /** How much of the port; `all columns`, `4 of 40 columns`. */
    scope(scope: AccessScope, product?: DataProductEntity, port?: string) {
      const offered = product?.spec.outputPorts.find(
        ({ name }) => name === port,
      );
      const columns = offered && columnsRead(scope, offered);
      if (!columns) return scopeInWords(scope);
      return columns.read >= columns.total
        ? t('access.row.allColumns')
        : t('access.row.columns', {
            read: String(columns.read),
            count: columns.total,
          });
    },
    /** Days left, and the last day. */
    end(expiresAt: string | undefined): [string, string?] {
      if (!expiresAt) return [t('time.noEnd')];
      const end = momentOf(expiresAt);
      const days = Math.ceil(end.diff(DateTime.now(), 'days').days - 1 / 24);
      return [
        days > 0
          ? t('access.row.days', { count: days })
          : t('access.row.today'),
        end.toLocaleString(DateTime.DATE_MED),
      ];
    },
  };
}

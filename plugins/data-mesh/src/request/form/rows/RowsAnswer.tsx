import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Code } from '../../../components';
import { isPicked, PortPicks } from '../../../scope/picks';
import { useT } from '../../../useT';

/** Which rows are asked for, table by table. */
export function RowsAnswer(props: { port: OutputPort; picks: PortPicks }) {
  const { port, picks } = props;
  const t = useT();
  const filtered = port.tables.filter(
    ({ name }) => isPicked(picks[name]) && picks[name].rowFilter?.trim(),
  );
  if (!filtered.length) return <>{t('requestForm.what.allRows')}</>;
  return (
    <>
      {filtered.map(({ name }) => (
        <span key={name}>
          {port.tables.length > 1 && (
            <>
              <Code>{name}</Code>{' '}
            </>
          )}
          {t('scope.rowsWhere')} <Code>{picks[name].rowFilter ?? ''}</Code>
        </span>
      ))}
    </>
  );
}

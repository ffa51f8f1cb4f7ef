import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Code } from '../../../components';
import { isPicked, PortPicks, TablePick } from '../../../scope/picks';
import { PlacedProblem, problemsAt } from '../../../scope/problemFields';
import { RowsField } from '../../../scope/rows/RowsField';

/** Which rows of each table that is asked for. */
export function RowsFields(props: {
  port: OutputPort;
  picks: PortPicks;
  problems: readonly PlacedProblem[];
  onPick: (table: string, pick: TablePick) => void;
}) {
  const { port, picks, problems, onPick } = props;
  const tables = port.tables.filter(({ name }) => isPicked(picks[name]));
  return (
    <>
      {tables.map(table => (
        <div key={table.name}>
          {tables.length > 1 && <Code>{table.name}</Code>}
          <RowsField
            name={table.name}
            columns={table.columns}
            rowFilter={picks[table.name].rowFilter}
            problems={problemsAt(problems, 'rows', table.name)}
            onChange={rowFilter =>
              onPick(table.name, { ...picks[table.name], rowFilter })
            }
          />
        </div>
      ))}
    </>
  );
}

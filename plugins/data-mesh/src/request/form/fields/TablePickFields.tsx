import {
  type Capabilities,
  type DataProductTable,
  type PolicyStage,
  columnMatcher,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { CodeWords } from '../../../components';
import { useT } from '../../../useT';
import { ColumnPicker } from '../../../scope/ColumnPicker';
import { stagesAddedBy } from '../price/columnCosts';
import { TablePick } from '../../../scope/picks';
import { useStageName } from '../price/useStageName';

/** How much of one table: whole or chosen columns, and which rows. */
export function TablePickFields(props: {
  table: DataProductTable;
  pick: TablePick;
  neverShared: readonly string[];
  capabilities?: Capabilities;
  /** Stages that single columns add. */
  columnStages: readonly PolicyStage[];
  onChange: (pick: TablePick) => void;
}) {
  const { table, pick, neverShared, capabilities, columnStages, onChange } =
    props;
  const t = useT();
  const stageName = useStageName();
  const isNever = columnMatcher(neverShared);
  const never = table.columns
    .map(column => column.name)
    .filter(name => isNever(table.name, name));
  const canChoose = capabilities?.columns ?? true;

  const addsOf = (column: string) =>
    stagesAddedBy(columnStages, table.name, column).map(stageName);

  return (
    <div>
      {canChoose ? (
        <RadioGroup
          aria-label={t('requestForm.what.amount', { table: table.name })}
          row
          value={pick.mode}
          onChange={(_, mode) =>
            onChange({ ...pick, mode: mode === 'whole' ? 'whole' : 'columns' })
          }
        >
          <FormControlLabel
            value="columns"
            control={<Radio color="primary" size="small" />}
            label={t('requestForm.what.chosenColumns')}
          />
          <FormControlLabel
            value="whole"
            disabled={never.length > 0}
            control={<Radio color="primary" size="small" />}
            label={`${t('requestForm.what.wholeTable')}, ${t(
              'requestForm.what.wholeTableHint',
            )}`}
          />
        </RadioGroup>
      ) : (
        <FormControlLabel
          control={
            <Checkbox
              color="primary"
              size="small"
              checked={pick.mode === 'whole'}
              onChange={event =>
                onChange({
                  ...pick,
                  mode: event.target.checked ? 'whole' : 'columns',
                  columns: [],
                })
              }
            />
          }
          label={`${t('requestForm.what.onlyWhole')}. ${t(
            'requestForm.what.onlyWholeHint',
          )}`}
        />
      )}
      {canChoose && never.length > 0 && (
        <Typography variant="body2" color="textSecondary" paragraph>
          <CodeWords
            text={t('requestForm.what.wholeTableNever', {
              count: never.length,
              columns: never.map(name => `\`${name}\``).join(', '),
            })}
          />
        </Typography>
      )}
      {canChoose && pick.mode === 'columns' && (
        <ColumnPicker
          key={table.name}
          table={table}
          picked={pick.columns}
          neverShared={neverShared}
          addsOf={addsOf}
          onChange={columns => onChange({ ...pick, columns })}
        />
      )}
    </div>
  );
}

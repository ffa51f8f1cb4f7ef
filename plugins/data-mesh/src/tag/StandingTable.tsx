import type { TagStanding } from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import AddIcon from '@material-ui/icons/AddCircleOutline';
import CheckIcon from '@material-ui/icons/Check';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { Code, Tone, ToneChip } from '../components';
import { useDataTableStyles } from '../components/list/dataTableStyles';
import { useT } from '../useT';
import {
  isContinued,
  isHandedDown,
  StandingGroup,
  StandingRow,
} from './standingRows';

const useStyles = makeStyles(theme => ({
  group: {
    '& > th': {
      position: 'static !important' as 'static',
      background: theme.palette.background.default,
    },
  },
  place: {
    color: theme.palette.text.secondary,
    fontWeight: 400,
    marginLeft: theme.spacing(1),
  },
  column: { paddingLeft: theme.spacing(1.5) },
  name: { minWidth: '190px !important' },
  cell: { minWidth: 154 },
  // The name stands there once; a screen reader hears it with each row.
  continued: {
    borderTop: '0 !important',
    '& > th > *': {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
      whiteSpace: 'nowrap',
    },
    '& > td': { paddingTop: 0 },
  },
}));

const marks: Record<
  TagStanding['state'],
  { tone: Tone; Icon: typeof CheckIcon }
> = {
  same: { tone: 'good', Icon: CheckIcon },
  missing: { tone: 'attention', Icon: ErrorIcon },
  different: { tone: 'attention', Icon: WarningIcon },
  excess: { tone: 'attention', Icon: AddIcon },
};

function Row(props: { row: StandingRow; isContinued: boolean }) {
  const { column, tag } = props.row;
  const { key, state, wanted, found, foundAt } = tag;
  const t = useT();
  const classes = useStyles();
  const table = useDataTableStyles();
  const { tone, Icon } = marks[state];
  // Where it has it itself, nothing needs to be said.
  const isInherited =
    foundAt !== undefined && foundAt !== (column ? 'column' : 'table');
  const nothing = <span className={table.quiet}>{t('tags.nothing')}</span>;
  return (
    <tr className={props.isContinued ? classes.continued : undefined}>
      <th scope="row" className={classes.name}>
        {column ? (
          <span className={classes.column}>
            <Code>{column}</Code>
          </span>
        ) : (
          <span>{t('tags.wholeTable')}</span>
        )}
      </th>
      <td className={classes.cell}>
        <Code>{key}</Code>
      </td>
      <td>
        <div className={table.lines}>
          <ToneChip
            tone={tone}
            icon={<Icon aria-hidden />}
            label={t(`tags.states.${state}`)}
          />
          {isHandedDown(tag) && (
            <span className={table.quiet}>{t('tags.changedThere')}</span>
          )}
        </div>
      </td>
      <td className={classes.cell}>
        {wanted === undefined ? nothing : <Code>{wanted}</Code>}
      </td>
      <td className={classes.cell}>
        {found === undefined ? nothing : <Code>{found}</Code>}{' '}
        {isInherited && (
          <span className={`${table.quiet} ${table.line}`}>
            {t(`tags.from.${foundAt}`)}
          </span>
        )}
      </td>
    </tr>
  );
}

/** What products declare beside what Lake Formation has, table by table. */
export function StandingTable(props: { groups: StandingGroup[] }) {
  const { groups } = props;
  const t = useT();
  const classes = useStyles();
  const table = useDataTableStyles();
  return (
    <table className={table.table} aria-label={t('tags.label')}>
      <thead>
        <tr>
          <th scope="col">{t('tags.on')}</th>
          <th scope="col">{t('tags.tag')}</th>
          <th scope="col">{t('tags.standing')}</th>
          <th scope="col">{t('tags.declared')}</th>
          <th scope="col">{t('tags.found')}</th>
        </tr>
      </thead>
      {groups.map(({ table: of, rows }) => (
        <tbody key={`${of.port} ${of.region} ${of.database}.${of.table}`}>
          <tr className={classes.group}>
            <th scope="rowgroup" colSpan={5}>
              <Code>{`${of.database}.${of.table}`}</Code>
              <span className={classes.place}>
                {[
                  t('tags.port', { port: of.port }),
                  accountInWords({ accountId: of.accountId }),
                  of.region,
                ].join(' · ')}
              </span>
            </th>
          </tr>
          {rows.map((row, index) => (
            <Row
              key={`${row.column ?? ''} ${row.tag.key}`}
              row={row}
              isContinued={isContinued(rows, index)}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

import { useState } from 'react';
import {
  type AccessScope,
  type TableScope,
  tagExpressionInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { Code } from '../components/text/CodeWords';
import { PiiMark } from '../state/PiiMark';

const AT_MOST = 8;

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    '& > li + li': { marginTop: theme.spacing(0.75) },
  },
  columns: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    marginTop: theme.spacing(0.5),
  },
  column: { display: 'inline-flex', alignItems: 'center', gap: 2 },
  more: {
    minHeight: 24,
    padding: theme.spacing(0, 0.75),
    textTransform: 'none',
  },
}));

function Columns(props: { columns: string[]; sensitive: Set<string> }) {
  const { columns, sensitive } = props;
  const t = useT();
  const classes = useStyles();
  const [all, setAll] = useState(false);
  // Personal data is never among what is folded away.
  const ordered = [...columns].sort(
    (a, b) => Number(sensitive.has(b)) - Number(sensitive.has(a)),
  );
  const shown = all ? columns : ordered.slice(0, AT_MOST);
  const hidden = columns.length - shown.length;
  return (
    <div className={classes.columns}>
      {shown.map(column => (
        <span key={column} className={classes.column}>
          <Code>{column}</Code>
          {sensitive.has(column) && <PiiMark />}
        </span>
      ))}
      {columns.length > AT_MOST && (
        <Button
          size="small"
          className={classes.more}
          onClick={() => setAll(!all)}
        >
          {all ? t('scope.fewer') : t('scope.more', { count: hidden })}
        </Button>
      )}
    </div>
  );
}

function Table(props: {
  level: string;
  table: TableScope;
  sensitive: string[];
}) {
  const { level, table, sensitive } = props;
  const t = useT();
  // Sensitive columns are named `column` or `table.column`.
  const marked = new Set(
    sensitive.map(name =>
      name.startsWith(`${table.table}.`)
        ? name.slice(table.table.length + 1)
        : name,
    ),
  );
  const { columns, rowFilter } = table;
  return (
    <li>
      {level}{' '}
      {columns
        ? t('scope.columns', { count: columns.length })
        : t('scope.wholeTable')}{' '}
      <Code>{table.table}</Code>,{' '}
      {rowFilter ? (
        <>
          {t('scope.rowsWhere')} <Code>{rowFilter}</Code>
        </>
      ) : (
        t('scope.allRows')
      )}
      {columns ? (
        <Columns columns={columns} sensitive={marked} />
      ) : (
        marked.size > 0 && <Columns columns={[...marked]} sensitive={marked} />
      )}
    </li>
  );
}

/**
 * What a scope covers, in words: level, columns, table, rows. Columns with
 * personal data are marked; of a whole table, only these are listed.
 */
export function ScopeSummary(props: {
  scope: AccessScope;
  sensitiveColumns?: string[];
}) {
  const { scope, sensitiveColumns = [] } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <ul className={classes.list}>
      {scope.tables.map(table => (
        <Table
          key={table.table}
          level={t(`scope.${scope.level}`)}
          table={table}
          sensitive={sensitiveColumns.filter(
            name => !name.includes('.') || name.startsWith(`${table.table}.`),
          )}
        />
      ))}
      {scope.allTables && (
        <li>
          {t(`scope.${scope.level}`)} {t('scope.allTables')}
        </li>
      )}
      {scope.tagExpression && scope.tagExpression.length > 0 && (
        <li>
          {t(`scope.${scope.level}`)} {t('scope.tagged')}{' '}
          <Code>{tagExpressionInWords(scope.tagExpression)}</Code>
        </li>
      )}
    </ul>
  );
}

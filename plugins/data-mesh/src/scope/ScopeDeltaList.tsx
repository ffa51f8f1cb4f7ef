import { ReactNode, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Code, CodeWords } from '../components';
import { DeltaRow, useDeltaStyles } from '../plan/DeltaLines';
import { PiiMark } from '../state/PiiMark';
import { useT } from '../useT';
import { useRequestWords } from './requestWords';
import type { ScopeDeltaLine } from './scopeDelta';

/** Columns of a line that are shown at first. */
const AT_MOST = 12;

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.25, 0.75),
  },
  more: { minHeight: 24, padding: theme.spacing(0, 0.5) },
}));

function Columns(props: { columns: readonly string[] }) {
  const { columns } = props;
  const t = useT();
  const classes = useStyles();
  const [all, setAll] = useState(false);
  const shown = all ? columns : columns.slice(0, AT_MOST);
  const hidden = columns.length - shown.length;
  return (
    <>
      {shown.map(column => (
        <Code key={column}>{column}</Code>
      ))}
      {hidden > 0 && (
        <Button
          size="small"
          className={classes.more}
          onClick={() => setAll(true)}
        >
          {t('scope.more', { count: hidden })}
        </Button>
      )}
    </>
  );
}

/**
 * What comes, goes, changes and stays of an access. What stays is one line, to
 * be unfolded.
 */
export function ScopeDeltaList(props: {
  lines: readonly ScopeDeltaLine[];
  /** Lines before, such as columns that can be taken back. */
  before?: ReactNode;
  /** Further lines that stay or change, such as the end. */
  children?: ReactNode;
}) {
  const { lines } = props;
  const t = useT();
  const classes = useStyles();
  const delta = useDeltaStyles();
  const tables = new Set(lines.flatMap(({ table }) => table ?? []));
  const inTable = (table: string | undefined) =>
    tables.size > 1 && table ? (
      <CodeWords text={t('scope.delta.ofTable', { table })} />
    ) : null;
  const ofRows = ({ rows, sign }: ScopeDeltaLine) => {
    if (sign !== 'change')
      return t('scope.delta.onlyRows', { rows: rows?.to ?? '' });
    return t('scope.delta.rows', {
      from: rows?.from ?? t('scope.delta.allRows'),
      to: rows?.to ?? t('scope.delta.allRows'),
    });
  };
  const { level: levelName } = useRequestWords();
  const words = (line: ScopeDeltaLine): ReactNode => {
    if (line.words) return <CodeWords text={line.words} />;
    if (line.level) {
      const { from, to } = line.level;
      return from === undefined
        ? levelName(to)
        : t('scope.delta.level', { from: levelName(from), to: levelName(to) });
    }
    if (line.rows)
      return (
        <>
          {ofRows(line)} {inTable(line.table)}
        </>
      );
    if (!line.columns) {
      return (
        <CodeWords text={t('scope.delta.whole', { table: line.table ?? '' })} />
      );
    }
    return (
      <span className={classes.columns}>
        <Columns columns={line.columns} />
        {line.personal && <PiiMark />}
        {inTable(line.table)}
      </span>
    );
  };
  return (
    <ul className={delta.list}>
      {props.before}
      {lines.map((line, index) => (
        <DeltaRow key={index} sign={line.sign}>
          {words(line)}
        </DeltaRow>
      ))}
      {props.children}
    </ul>
  );
}

import { Fragment, ReactNode } from 'react';
import type {
  AccessScope,
  OutputPort,
  PolicyStage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { Code, toneColors } from '../../components';
import { DeltaRow } from '../../plan/DeltaLines';
import { requestFormRouteRef } from '../../routes';
import { scopeDelta, type ScopeDeltaLine } from '../../scope/scopeDelta';
import { ScopeDeltaList } from '../../scope/ScopeDeltaList';
import { PiiMark } from '../../state/PiiMark';
import { useMoment } from '../../useMoment';
import { useT } from '../../useT';
import { AboutAccess } from './draft/formDraft';
import { stagesAddedBy } from './price/columnCosts';
import { useStageName } from './price/useStageName';

/** Columns of a line that have a line of their own; more stand together. */
const AT_MOST = 8;

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(0.5) },
  button: { minHeight: 32, textTransform: 'none' },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.25, 1),
  },
  adds: { marginLeft: 'auto', color: toneColors(theme, 'attention').color },
  quiet: { color: theme.palette.text.secondary },
}));

/** Whether columns of a line can be taken back one by one. */
function isByColumn({ sign, columns = [] }: ScopeDeltaLine): boolean {
  return (
    (sign === 'add' || sign === 'remove') &&
    columns.length > 0 &&
    columns.length <= AT_MOST
  );
}

/** What a change adds to the access that is held, leaves out, and keeps. */
export function ChangeDelta(props: {
  about: AboutAccess;
  port: OutputPort;
  scope?: AccessScope;
  columnStages: readonly PolicyStage[];
  onColumn: (table: string, column: string, on: boolean) => void;
  /** Absent where the system knows no rows. */
  onRows?: () => void;
}) {
  const { about, port, scope, columnStages, onColumn, onRows } = props;
  const { entitlement } = about;
  const t = useT();
  const classes = useStyles();
  const momentOf = useMoment();
  const stageName = useStageName();
  const formLink = useRouteRef(requestFormRouteRef);

  const personal = port.tables.flatMap(table =>
    table.columns.flatMap(({ name, pii }) =>
      pii ? [`${table.name}.${name}`] : [],
    ),
  );
  const lines = scopeDelta(
    entitlement.scope,
    scope ?? { level: entitlement.scope.level, tables: [] },
    personal,
  );
  const single = lines.filter(isByColumn);
  // Rows that stay have a line of their own, with what can be done about them.
  const rest = lines.filter(
    line => !isByColumn(line) && !(line.rows && line.sign === 'keep'),
  );
  const several = port.tables.length > 1;
  const filters = entitlement.scope.tables.flatMap(
    ({ rowFilter }) => rowFilter ?? [],
  );

  const action = (words: string, of: string, onClick: () => void) => (
    <Button
      className={classes.button}
      size="small"
      color="primary"
      aria-label={of}
      onClick={onClick}
    >
      {words}
    </Button>
  );
  const ofColumn = (line: ScopeDeltaLine, column: string): ReactNode => {
    const { sign, table = '' } = line;
    const isAdded = sign === 'add';
    const adds = isAdded ? stagesAddedBy(columnStages, table, column) : [];
    return (
      <DeltaRow
        key={`${sign} ${table} ${column}`}
        sign={sign}
        action={
          isAdded
            ? action(
                t('requestForm.delta.leaveOut'),
                t('requestForm.delta.leaveOutOf', { column }),
                () => onColumn(table, column, false),
              )
            : action(
                t('requestForm.delta.keep'),
                t('requestForm.delta.keepOf', { column }),
                () => onColumn(table, column, true),
              )
        }
      >
        <span className={classes.line}>
          <Code>{column}</Code>
          {several && <span className={classes.quiet}>{table}</span>}
          {line.personal && <PiiMark />}
          {!isAdded && (
            <span className={classes.quiet}>{t('requestForm.delta.goes')}</span>
          )}
          {adds.length > 0 && (
            <span className={classes.adds}>
              {t('requestForm.what.adds', {
                who: adds.map(stageName).join(', '),
              })}
            </span>
          )}
        </span>
      </DeltaRow>
    );
  };

  return (
    <div className={classes.root}>
      <ScopeDeltaList
        lines={rest}
        before={single.map((line, index) => (
          <Fragment key={index}>
            {line.columns?.map(column => ofColumn(line, column))}
          </Fragment>
        ))}
      >
        {onRows && !rest.some(({ rows }) => rows) && (
          <DeltaRow
            sign="keep"
            action={action(
              t('requestForm.row.change'),
              t('requestForm.row.changeOf'),
              onRows,
            )}
          >
            {filters.length === 0
              ? t('requestForm.delta.allRowsStay')
              : t('requestForm.delta.rowsStay')}{' '}
            {filters.map(filter => (
              <Code key={filter}>{filter}</Code>
            ))}
          </DeltaRow>
        )}
        {entitlement.expiresAt && (
          <DeltaRow
            sign="keep"
            action={
              <Link
                to={`${formLink(
                  parseEntityRef(entitlement.productRef),
                )}?${new URLSearchParams({ renew: entitlement.id })}`}
              >
                {t('requestForm.delta.extend')}
              </Link>
            }
          >
            {t('requestForm.delta.ends', {
              when: momentOf(entitlement.expiresAt).toLocaleString(
                DateTime.DATE_MED,
              ),
            })}
          </DeltaRow>
        )}
      </ScopeDeltaList>
    </div>
  );
}

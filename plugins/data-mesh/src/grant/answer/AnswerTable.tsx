import { Fragment, useState } from 'react';
import {
  accountInWords,
  namesInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import IconButton from '@material-ui/core/IconButton';
import ChevronIcon from '@material-ui/icons/ChevronRight';
import ExpandIcon from '@material-ui/icons/ExpandMore';
import { makeStyles } from '@material-ui/core/styles';
import { Code, CodeWords, EndsIn, toneColors } from '../../components';
import { useDataTableStyles } from '../../components/list/dataTableStyles';
import { accountName } from '../../principal/usePrincipalKind';
import { requestRouteRef } from '../../routes';
import { useT } from '../../useT';
import { AnswerDetails } from './AnswerDetails';
import { AnswerItem, AnswerState, columnsTooMany } from './answerStates';
import { AnswerStateChip } from './AnswerStateChip';

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  more: { color: toneColors(theme, 'bad').color },
  // At 768 they stand in the row that unfolds.
  wide: { [theme.breakpoints.down('sm')]: { display: 'none' } },
  open: { width: 42, paddingLeft: 0 },
}));

function May(props: { item: AnswerItem }) {
  const { permissions, resource, because } = props.item;
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  const count = columnsTooMany(props.item);
  const { columns, rowFilter } = resource;
  return (
    <>
      {permissions.join(', ')}
      {columns && columns.length > 0 && (
        <div className={table.quiet} title={columns.join(', ')}>
          {t('grants.ask.columns', { count: columns.length })}:{' '}
          <CodeWords text={namesInWords(columns)} />
        </div>
      )}
      {rowFilter && (
        <div className={table.quiet}>
          {t('grants.table.rows')} <Code>{rowFilter}</Code>
        </div>
      )}
      {because?.kind === 'approved-and-more' && (
        <div className={classes.more}>
          {count === undefined
            ? t('grants.ask.moreThanApproved')
            : t('grants.ask.columnsTooMany', { count })}
        </div>
      )}
    </>
  );
}

function Because(props: { item: AnswerItem }) {
  const { because, reasons } = props.item;
  const t = useT();
  const table = useDataTableStyles();
  const requestLink = useRouteRef(requestRouteRef);
  const requestId =
    because?.requestId ?? reasons.find(one => one.requestId)?.requestId;
  return (
    <>
      {requestId ? (
        <Link to={requestLink({ id: requestId })}>
          {t('grants.why.openRequest')}
        </Link>
      ) : (
        [
          ...new Set(reasons.map(({ kind }) => t(`grants.ask.kind.${kind}`))),
        ].join(', ')
      )}
      {because?.requesterRef && (
        <div className={table.quiet}>
          <EntityDisplayName
            entityRef={because.requesterRef}
            hideIcon
            disableTooltip
          />
        </div>
      )}
    </>
  );
}

function Row(props: { item: AnswerItem; state: AnswerState }) {
  const { item, state } = props;
  const { principal, resource, because } = item;
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  const isAccount = principal.kind === 'account';
  const name = isAccount ? accountName(principal) : principal.name;
  const Icon = open ? ExpandIcon : ChevronIcon;
  return (
    <Fragment>
      <tr>
        <th scope="row" title={principal.id}>
          <div className={classes.name}>{name}</div>
          {!isAccount && (
            <div className={`${table.quiet} ${table.line}`}>
              {accountInWords(principal)}
            </div>
          )}
        </th>
        <td className={classes.wide}>
          {resource.table ? (
            <>
              <Code>{resource.table}</Code>
              <div className={table.quiet}>{resource.database}</div>
            </>
          ) : (
            <CodeWords text={resource.words} />
          )}
        </td>
        <td>
          <May item={item} />
        </td>
        <td>
          <AnswerStateChip state={state} />
        </td>
        <td>
          <Because item={item} />
        </td>
        <td className={classes.wide}>
          {because?.expiresAt ? (
            <EndsIn value={because.expiresAt} />
          ) : (
            <span className={table.quiet}>{t('grants.ask.noEnd')}</span>
          )}
        </td>
        <td className={classes.open}>
          <IconButton
            size="small"
            aria-label={t('grants.table.open', { principal: principal.name })}
            aria-expanded={open}
            onClick={() => setOpen(before => !before)}
          >
            <Icon fontSize="small" />
          </IconButton>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={7}>
            <AnswerDetails item={item} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

/** A row for each principal on each resource, its permissions joined. */
export function AnswerTable(props: {
  rows: ReadonlyArray<{ item: AnswerItem; state: AnswerState; index: number }>;
}) {
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  return (
    <div className={classes.scroll}>
      <table className={table.table} aria-label={t('grants.ask.answer')}>
        <thead>
          <tr>
            <th scope="col">{t('grants.table.principal')}</th>
            <th scope="col" className={classes.wide}>
              {t('grants.ask.resource')}
            </th>
            <th scope="col">{t('grants.ask.may')}</th>
            <th scope="col">{t('grants.ask.state')}</th>
            <th scope="col">{t('grants.table.because')}</th>
            <th scope="col" className={classes.wide}>
              {t('grants.ask.until')}
            </th>
            <td className={classes.open} />
          </tr>
        </thead>
        <tbody>
          {props.rows.map(({ item, state, index }) => (
            <Row key={index} item={item} state={state} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { memo, useMemo } from 'react';
import type {
  Grant,
  GrantPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import ChevronIcon from '@material-ui/icons/ChevronRight';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { Pages } from '../../api';
import {
  Code,
  CodeWords,
  EndsIn,
  RelativeTime,
  VirtualTable,
} from '../../components';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { GrantReason } from '../GrantReason';
import { JoinedGrant, joinGrants } from './joinGrants';
import { useT } from '../../useT';
import { useRecordGridStyles } from '../recordGridStyles';

// Two lines a row: who and why, then what and since when.
const narrow = {
  gridTemplateColumns: 'minmax(0, 1fr) minmax(120px, 36%) 42px',
  gridTemplateAreas: '"who why open" "what when open"',
};

const useStyles = makeStyles(theme => ({
  columns: {
    gridTemplateColumns:
      'minmax(0, 11fr) minmax(0, 16fr) minmax(0, 9fr) minmax(0, 7fr) 42px',
    gridTemplateAreas: '"who what why when open"',
    [theme.breakpoints.down('sm')]: narrow,
  },
  narrow,
  who: { gridArea: 'who' },
  what: { gridArea: 'what' },
  why: { gridArea: 'why' },
  when: { gridArea: 'when' },
  // There is room enough around the icon.
  open: { gridArea: 'open', '&&': { paddingLeft: 0 } },
  row: {
    cursor: 'pointer',
    '&:hover': { background: theme.palette.action.hover },
  },
  opened: {
    '&, &:hover': { background: alpha(theme.palette.primary.main, 0.12) },
  },
}));

const idOf = (item: JoinedGrant) => item.id;

/** What one line permits, and on what. */
function Held(props: { grant: Grant['grant'] }) {
  const { permissions, grantable, resource, condition } = props.grant;
  const t = useT();
  const grid = useRecordGridStyles();
  return (
    <>
      <CodeWords text={resource.words} />
      {resource.rowFilter && (
        <div className={grid.quiet}>
          {t('grants.table.rows')} <Code>{resource.rowFilter}</Code>
        </div>
      )}
      {condition && (
        <div className={grid.quiet}>
          {t('grants.table.condition')} <Code>{condition}</Code>
        </div>
      )}
      <div>
        {permissions.join(', ')}
        {grantable.length > 0 && (
          <span className={grid.quiet}>
            {' · '}
            {t('grants.table.grantable')} {grantable.join(', ')}
          </span>
        )}
      </div>
    </>
  );
}

function Row(props: {
  item: JoinedGrant;
  index: number;
  beside: boolean;
  open: boolean;
  onOpen: (id: string) => void;
}) {
  const { item, index, beside, open } = props;
  const onOpen = () => props.onOpen(item.id);
  const { grants, told, because } = item;
  const [{ grant }] = grants;
  const firstSeenAt = grants.map(one => one.firstSeenAt).sort()[0];
  const t = useT();
  const grid = useRecordGridStyles();
  const classes = useStyles();
  return (
    // The button at the end does the same for the keyboard.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="row"
      className={[
        grid.row,
        classes.columns,
        beside ? classes.narrow : '',
        classes.row,
        open ? classes.opened : '',
      ].join(' ')}
      aria-rowindex={index + 2}
      aria-current={open || undefined}
      onClick={onOpen}
    >
      <div role="rowheader" className={classes.who}>
        <PrincipalLabel principal={grant.principal} />
      </div>
      <div role="cell" className={classes.what}>
        {told.map(one => (
          <Held key={one.id} grant={one.grant} />
        ))}
        {because.kind === 'approved-and-more' && (
          <span className={grid.danger}>
            {t('grants.ask.moreThanApproved')}
          </span>
        )}
      </div>
      <div role="cell" className={classes.why}>
        <GrantReason because={because} />
      </div>
      <div role="cell" className={classes.when}>
        <div className={grid.quiet}>
          <RelativeTime value={firstSeenAt} />
        </div>
        {because.expiresAt && <EndsIn value={because.expiresAt} />}
      </div>
      <div role="cell" className={classes.open}>
        <IconButton
          size="small"
          aria-label={t('grants.table.open', {
            principal: grant.principal.name,
          })}
          aria-expanded={open}
          onClick={event => {
            event.stopPropagation();
            onOpen();
          }}
        >
          <ChevronIcon fontSize="small" />
        </IconButton>
      </div>
    </div>
  );
}

// Thousands of rows: only the one that opens or closes is drawn again.
const GrantRow = memo(Row);

/** A row for each principal on each resource, page by page. */
export function GrantTable(props: {
  grants: Pages<Grant, GrantPage>;
  openId?: string;
  /** Whether something stands beside it, so that there is less room. */
  beside: boolean;
  onOpen: (id: string) => void;
}) {
  const { grants, openId, beside, onOpen } = props;
  const t = useT();
  const rows = useMemo(
    () => joinGrants(grants.value?.items ?? []),
    [grants.value],
  );
  const grid = useRecordGridStyles();
  const classes = useStyles();
  return (
    <>
      <VirtualTable
        label={t('grants.table.label')}
        className={grid.frame}
        headClassName={[
          grid.head,
          classes.columns,
          beside ? classes.narrow : '',
        ].join(' ')}
        head={
          <>
            <span role="columnheader" className={classes.who}>
              {t('grants.table.principal')}
            </span>
            <span role="columnheader" className={classes.what}>
              {t('grants.table.holds')}
            </span>
            <span role="columnheader" className={classes.why}>
              {t('grants.table.because')}
            </span>
            <span role="columnheader" className={classes.when}>
              {t('grants.table.when')}
            </span>
            <span role="cell" className={classes.open} />
          </>
        }
        items={rows}
        keyOf={idOf}
        usualHeight={58}
      >
        {(item, index) => (
          <GrantRow
            item={item}
            index={index}
            beside={beside}
            open={item.grants.some(({ id }) => id === openId)}
            onOpen={onOpen}
          />
        )}
      </VirtualTable>
      {grants.value?.more && (
        <div className={grid.more}>
          <Button
            variant="outlined"
            disabled={grants.loadingMore}
            onClick={grants.loadMore}
          >
            {t('grants.groups.more')}
          </Button>
        </div>
      )}
    </>
  );
}

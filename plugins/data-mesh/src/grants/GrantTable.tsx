import { memo } from 'react';
import type {
  Grant,
  GrantPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import ChevronIcon from '@material-ui/icons/ChevronRight';
import { makeStyles, Theme } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { Pages } from '../api';
import {
  Code,
  CodeWords,
  EndsIn,
  PrincipalLabel,
  RelativeTime,
} from '../components';
import { useDataTableStyles } from '../product/dataTableStyles';
import { GrantReason } from '../product/GrantReason';
import { useT } from '../useT';

function ground(theme: Theme, color: string) {
  return {
    background: color,
    // More weight than the table's own ground of the first column.
    '&& > :first-child': {
      background: `linear-gradient(${color}, ${color}), ${theme.palette.background.paper}`,
    },
  };
}

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  // The first cell stays while the rest scrolls, so it has a ground of its own
  // for the colour of the row to lie on.
  row: {
    cursor: 'pointer',
    '&:hover': ground(theme, theme.palette.action.hover),
  },
  open: ground(theme, alpha(theme.palette.primary.main, 0.12)),
  more: { padding: theme.spacing(1.5), textAlign: 'center' },
}));

function Row(props: {
  item: Grant;
  open: boolean;
  onOpen: (id: string) => void;
}) {
  const { item, open } = props;
  const onOpen = () => props.onOpen(item.id);
  const { grant, because, firstSeenAt } = item;
  const { resource } = grant;
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  return (
    // The button at the end does the same for the keyboard.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <tr
      className={`${classes.row} ${open ? classes.open : ''}`}
      aria-current={open || undefined}
      onClick={onOpen}
    >
      <th scope="row">
        <PrincipalLabel principal={grant.principal} />
      </th>
      <td>
        {grant.permissions.join(', ')}
        {grant.grantable.length > 0 && (
          <div className={table.quiet}>
            {t('grants.table.grantable')} {grant.grantable.join(', ')}
          </div>
        )}
      </td>
      <td className={table.wide}>
        <CodeWords text={resource.words} />
        {resource.rowFilter && (
          <div className={table.quiet}>
            {t('grants.table.rows')} <Code>{resource.rowFilter}</Code>
          </div>
        )}
        {grant.condition && (
          <div className={table.quiet}>
            {t('grants.table.condition')} <Code>{grant.condition}</Code>
          </div>
        )}
      </td>
      <td>
        <GrantReason because={because} />
      </td>
      <td className={table.line}>
        <RelativeTime value={firstSeenAt} />
      </td>
      <td>{because.expiresAt ? <EndsIn value={because.expiresAt} /> : '–'}</td>
      <td>
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
      </td>
    </tr>
  );
}

// Thousands of rows: only the one that opens or closes is drawn again.
const GrantRow = memo(Row);

/** One row a grant as Lake Formation holds it, page by page. */
export function GrantTable(props: {
  grants: Pages<Grant, GrantPage>;
  openId?: string;
  onOpen: (id: string) => void;
}) {
  const { grants, openId, onOpen } = props;
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  return (
    <div className={classes.scroll}>
      <table className={table.table} aria-label={t('grants.table.label')}>
        <thead>
          <tr>
            <th scope="col">{t('grants.table.principal')}</th>
            <th scope="col">{t('grants.table.sees')}</th>
            <th scope="col">{t('grants.table.on')}</th>
            <th scope="col">{t('grants.table.because')}</th>
            <th scope="col">{t('grants.table.since')}</th>
            <th scope="col">{t('grants.table.until')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {(grants.value?.items ?? []).map(item => (
            <GrantRow
              key={item.id}
              item={item}
              open={item.id === openId}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
      {grants.value?.more && (
        <div className={classes.more}>
          <Button
            variant="outlined"
            disabled={grants.loadingMore}
            onClick={grants.loadMore}
          >
            {t('grants.groups.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

import { forwardRef, KeyboardEvent } from 'react';
import type { AccessRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  openRequestStates,
  scopeInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/core-components';
import Checkbox from '@material-ui/core/Checkbox';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { DateTime } from 'luxon';
import { ToneChip } from '../components';
import { useT } from '../useT';
import { KindChip, RequestChip } from './RequestHeadline';
import { useRequestWords } from './requestWords';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'relative',
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
    padding: theme.spacing(1.25, 1.5, 1.25, 1),
    borderBottom: `1px solid ${theme.palette.divider}`,
    borderLeft: '3px solid transparent',
    '&:hover': { background: theme.palette.action.hover },
  },
  open: {
    borderLeftColor: theme.palette.primary.main,
    background: alpha(theme.palette.primary.main, 0.12),
    '&:hover': { background: alpha(theme.palette.primary.main, 0.16) },
  },
  box: { padding: theme.spacing(0.75), zIndex: 1 },
  noBox: { width: theme.spacing(1) },
  words: { flex: '1 1 auto', minWidth: 0 },
  title: {
    // Long names end after two lines; the whole is in the tooltip.
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    fontWeight: 600,
    color: 'inherit',
    overflowWrap: 'anywhere',
    // The whole row is the target.
    '&::after': { content: '""', position: 'absolute', inset: 0 },
  },
  about: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  age: { flexShrink: 0, zIndex: 1 },
  // Below the words: beside them it would leave them no room.
  marks: {
    position: 'relative',
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    marginTop: theme.spacing(0.5),
    zIndex: 1,
  },
}));

/** One request in the list: what, who for whom, how much, how long, since when. */
export const RequestRow = forwardRef<
  HTMLAnchorElement,
  {
    request: AccessRequest;
    to: string;
    open: boolean;
    focusable: boolean;
    ownershipRefs: readonly string[];
    /** Undefined where rows cannot be selected. */
    selected?: boolean;
    showState: boolean;
    onSelect: (selected: boolean) => void;
    onKeyDown: (event: KeyboardEvent) => void;
  }
>((props, ref) => {
  const { request, open, selected, onSelect } = props;
  const t = useT();
  const classes = useStyles();
  const words = useRequestWords();
  const name = words.what(request);
  const pii = request.sensitiveColumns?.length ?? 0;
  const waiting = openRequestStates.includes(request.state);
  const refused = waiting && request.policy.refusals.length > 0;
  const age = words.age(request.createdAt);
  return (
    <li className={`${classes.root} ${open ? classes.open : ''}`}>
      {selected === undefined ? (
        <span className={classes.noBox} />
      ) : (
        <Checkbox
          className={classes.box}
          size="small"
          color="primary"
          checked={selected}
          onChange={event => onSelect(event.target.checked)}
          inputProps={{ 'aria-label': t('requests.list.select', { name }) }}
        />
      )}
      <div className={classes.words}>
        <Link
          ref={ref}
          to={props.to}
          className={classes.title}
          title={name}
          underline="none"
          tabIndex={props.focusable ? 0 : -1}
          aria-current={open ? 'true' : undefined}
          onKeyDown={props.onKeyDown}
        >
          {name}
        </Link>
        <div className={classes.about}>
          <EntityDisplayName entityRef={request.requesterRef} hideIcon /> →{' '}
          {request.principal.name}
        </div>
        <div className={classes.about}>
          {scopeInWords(request.scope)}
          {pii > 0 && <> · {t('requests.list.pii', { count: pii })}</>}
          {/* A change keeps the end. */}
          {request.kind !== 'amend' && (
            <> · {words.duration(request.durationDays)}</>
          )}
        </div>
        {(props.showState || refused || request.kind !== 'new') && (
          <div className={classes.marks}>
            <KindChip request={request} />
            {props.showState && (
              <RequestChip
                request={request}
                ownershipRefs={props.ownershipRefs}
                short
              />
            )}
            {refused && (
              <ToneChip
                tone="attention"
                label={t('requests.list.refusals')}
                reason={request.policy.refusals
                  .map(one => one.reason)
                  .join('; ')}
              />
            )}
          </div>
        )}
      </div>
      {waiting && (
        <Tooltip
          title={DateTime.fromISO(request.createdAt).toLocaleString(
            DateTime.DATETIME_FULL,
          )}
        >
          <span className={classes.age}>
            <ToneChip tone={age.tone} label={age.label} />
          </span>
        </Tooltip>
      )}
    </li>
  );
});
RequestRow.displayName = 'RequestRow';

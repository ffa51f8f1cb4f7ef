import type {
  AvailablePrincipal,
  Me,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { ANNOTATION_PRINCIPALS } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import Checkbox from '@material-ui/core/Checkbox';
import ListSubheader from '@material-ui/core/ListSubheader';
import ListItemText from '@material-ui/core/ListItemText';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords } from '../../../components';
import {
  accountName,
  usePrincipalKind,
} from '../../../principal/usePrincipalKind';
import { useT } from '../../../useT';
import { principalGroups } from './principalGroups';

const useStyles = makeStyles(theme => ({
  field: { maxWidth: 480 },
  // It cannot be chosen, so a click on it is none.
  group: { pointerEvents: 'none', lineHeight: '32px' },
  via: {
    listStyle: 'none',
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  secondary: { display: 'block', color: theme.palette.text.secondary },
  groups: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 1.5) },
  notice: { maxWidth: '70ch' },
}));

/** What to do for somebody to whom no principal resolves. */
function NoPrincipals(props: { me: Me }) {
  const { me } = props;
  const t = useT();
  const classes = useStyles();
  const groups = me.ownershipRefs.filter(ref => ref !== me.userRef);
  return (
    <div className={classes.notice} role="note">
      <Typography variant="subtitle2" component="p">
        {t('requestForm.whom.noneTitle')}
      </Typography>
      <Typography variant="body2" paragraph>
        <CodeWords
          text={t('requestForm.whom.noneWords', {
            annotation: `\`${ANNOTATION_PRINCIPALS}\``,
          })}
        />
      </Typography>
      {groups.length ? (
        <Typography variant="body2" component="div" className={classes.groups}>
          {t('requestForm.whom.noneGroups')}
          {groups.map(ref => (
            <EntityRefLink key={ref} entityRef={ref} />
          ))}
        </Typography>
      ) : (
        <Typography variant="body2">
          {t('requestForm.whom.noGroups')}
        </Typography>
      )}
    </div>
  );
}

/** Why principals of the caller are missing: somebody has to correct that. */
export function PrincipalProblems(props: { me: Me }) {
  const { principalProblems = [] } = props.me;
  const t = useT();
  const classes = useStyles();
  return (
    <>
      {principalProblems.map(({ via, reason }) => (
        <Typography
          key={via}
          className={classes.notice}
          variant="body2"
          color="error"
          role="note"
        >
          {t('requestForm.whom.unreadable')}{' '}
          <EntityDisplayName entityRef={via} />: {reason}
        </Typography>
      ))}
    </>
  );
}

/** Why the caller cannot ask, and whom to ask first. */
export function NoPrincipalNotice(props: { me: Me }) {
  return (
    <>
      <PrincipalProblems me={props.me} />
      <NoPrincipals me={props.me} />
    </>
  );
}

/** Chooses who will read the data, out of what the caller may ask for. */
export function PrincipalField(props: {
  me: Me;
  chosen: string[];
  hasProblems: boolean;
  onChange: (principals: string[]) => void;
}) {
  const { me, chosen, hasProblems, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const kindOf = usePrincipalKind();
  // Said before the form, with whom to ask.
  if (me.principals.length === 0) return <>{t('requestForm.whom.none')}</>;
  const byId = new Map(me.principals.map(one => [one.principal.id, one]));
  const nameOf = ({ principal }: AvailablePrincipal) =>
    principal.kind === 'account' ? accountName(principal) : principal.name;
  const withKind = (one: AvailablePrincipal) =>
    [nameOf(one), kindOf(one.principal)].filter(Boolean).join(', ');
  const label = (one: AvailablePrincipal) =>
    [
      withKind(one),
      one.principal.kind !== 'account' &&
        one.principal.accountId &&
        accountName(one.principal),
    ]
      .filter(Boolean)
      .join(' · ');
  const groups = principalGroups(me.principals);
  const through = ({ via }: AvailablePrincipal) =>
    via === me.userRef ? (
      t('requestForm.whom.yours')
    ) : (
      <>
        {t('requestForm.whom.through')} <EntityDisplayName entityRef={via} />
      </>
    );
  return (
    <div>
      <TextField
        id="data-mesh-principal"
        className={classes.field}
        select
        fullWidth
        size="small"
        variant="outlined"
        label={t('requestForm.whom.principal')}
        helperText={t('requestForm.whom.principalHelp')}
        error={hasProblems}
        value={chosen}
        onChange={event => {
          const value: unknown = event.target.value;
          const ids = Array.isArray(value) ? value.map(String) : [];
          // The head of a group is in the list, and nothing to choose.
          onChange(ids.filter(id => byId.has(id)));
        }}
        InputLabelProps={{ shrink: true }}
        SelectProps={{
          multiple: true,
          displayEmpty: true,
          MenuProps: { getContentAnchorEl: null },
          renderValue: () => {
            const [first] = chosen;
            if (first === undefined) return t('requestForm.whom.choose');
            const only = byId.get(first);
            return chosen.length === 1 && only
              ? label(only)
              : t('requestForm.whom.chosen', { count: chosen.length });
          },
        }}
      >
        {groups.flatMap(({ accountId, items }) => [
          ...(groups.length > 1
            ? [
                <ListSubheader
                  key={`of ${accountId}`}
                  disableSticky
                  className={classes.group}
                  role="presentation"
                >
                  {accountId
                    ? accountName(items[0].principal)
                    : t('principal.noAccount')}
                </ListSubheader>,
              ]
            : []),
          ...items.map(one => (
            <MenuItem key={one.principal.id} value={one.principal.id}>
              <Checkbox
                size="small"
                color="primary"
                checked={chosen.includes(one.principal.id)}
                inputProps={{ tabIndex: -1, 'aria-hidden': true }}
              />
              <ListItemText
                primary={groups.length > 1 ? withKind(one) : label(one)}
                secondary={through(one)}
                title={one.principal.id}
              />
            </MenuItem>
          )),
        ])}
      </TextField>
      <ul className={classes.via}>
        {chosen.flatMap(id => {
          const one = byId.get(id);
          return one ? (
            <li key={id}>
              {nameOf(one)}: {through(one)}
            </li>
          ) : (
            []
          );
        })}
      </ul>
      <PrincipalProblems me={me} />
    </div>
  );
}

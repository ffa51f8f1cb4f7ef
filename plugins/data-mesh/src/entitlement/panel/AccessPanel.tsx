import { KeyboardEvent } from 'react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  isLiveEntitlement,
  productInWords,
  type EntitlementDetail,
  type Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import {
  CardSkeleton,
  CopyButton,
  ErrorState,
  FreeText,
  SubTitle,
} from '../../components';
import type { Loaded } from '../../api';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { useT } from '../../useT';
import { EntitlementActions } from '../actions/EntitlementActions';
import { EntitlementChips } from '../EntitlementChips';
import { EntitlementFacts } from '../EntitlementFacts';
import { EntitlementNotices } from '../EntitlementNotices';
import { UseAccess } from '../use/UseAccess';
import { AccessHistory } from './AccessHistory';

const TITLE_ID = 'data-mesh-access-panel';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 672,
    maxWidth: '100%',
    fontFamily: theme.typography.fontFamily,
    '& button, & a[role="button"]': { textTransform: 'none' },
    [theme.breakpoints.down('sm')]: { width: '100%' },
  },
  head: {
    padding: theme.spacing(2.5, 3, 1.5),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    fontSize: theme.typography.body2.fontSize,
    marginTop: theme.spacing(0.75),
  },
  top: { display: 'flex', alignItems: 'flex-start', gap: theme.spacing(1) },
  title: {
    flex: 1,
    fontSize: theme.typography.pxToRem(20),
    fontWeight: 700,
    overflowWrap: 'anywhere',
    '& small': {
      fontSize: theme.typography.body2.fontSize,
      fontWeight: 400,
      color: theme.palette.text.secondary,
      marginLeft: theme.spacing(1),
    },
  },
  body: { flex: 1, overflowY: 'auto', padding: theme.spacing(2, 3) },
  part: { marginBottom: theme.spacing(3) },
  foot: {
    padding: theme.spacing(1.5, 3),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
}));

/** One access over the list it is in: its state, how it is used, its history. */
export function AccessPanel(props: {
  loaded: Loaded<EntitlementDetail>;
  purposes?: readonly Purpose[];
  /** The address of the panel, to be passed on. */
  url: string;
  onClose: () => void;
  /** Opens the next one of the list, or the one before. */
  onStep: (by: 1 | -1) => void;
}) {
  const { loaded, purposes, url, onClose, onStep } = props;
  const { value: access, error } = loaded;
  const t = useT();
  const classes = useStyles();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { tagName } = event.target as HTMLElement;
    if (['INPUT', 'TEXTAREA', 'SELECT'].includes(tagName)) return;
    if (event.key === 'j') onStep(1);
    if (event.key === 'k') onStep(-1);
  };
  const title = access
    ? `${productInWords(access)} · ${access.port}`
    : t('access.one.title');
  return (
    <Drawer
      anchor="right"
      open
      onClose={onClose}
      classes={{ paper: classes.paper }}
      // Not on the drawer itself, whose own handler of Escape it would replace.
      PaperProps={{ role: 'dialog', 'aria-labelledby': TITLE_ID, onKeyDown }}
    >
      <div className={classes.head}>
        <div className={classes.top}>
          <Typography
            id={TITLE_ID}
            component="h2"
            className={classes.title}
            aria-label={title}
          >
            {access ? (
              <>
                {access.port}
                <small>
                  {t('access.panel.of')}{' '}
                  {access.successor ? (
                    <FreeText>{productInWords(access)}</FreeText>
                  ) : (
                    <EntityRefLink entityRef={access.productRef} hideIcon>
                      <FreeText>{productInWords(access)}</FreeText>
                    </EntityRefLink>
                  )}
                </small>
              </>
            ) : (
              title
            )}
          </Typography>
          <CopyButton text={url} label={t('access.panel.copyLink')} />
          <IconButton
            size="small"
            aria-label={t('common.close')}
            onClick={onClose}
          >
            <CloseIcon fontSize="small" />
          </IconButton>
        </div>
        {access && (
          <>
            <div className={classes.line}>
              <EntitlementChips entitlement={access} />
            </div>
            <div className={classes.line}>
              {t('access.panel.as')}{' '}
              <PrincipalLabel principal={access.principal} />
            </div>
          </>
        )}
      </div>
      <div className={classes.body}>
        {loaded.loading && <CardSkeleton lines={8} />}
        {error && !access && (
          <ErrorState
            error={error}
            what={t('access.one.what')}
            permission="data-mesh.entitlement.read"
            onRetry={() => void loaded.reload()}
          />
        )}
        {access && (
          <>
            <EntitlementNotices entitlement={access} onChange={loaded.set} />
            {access.state === 'active' && (
              <section className={classes.part} aria-label={t('usage.open')}>
                <UseAccess key={access.id} entitlement={access} />
              </section>
            )}
            <section className={classes.part}>
              <SubTitle component="h3">{t('access.panel.what')}</SubTitle>
              <EntitlementFacts entitlement={access} purposes={purposes} />
            </section>
            <section className={classes.part}>
              <SubTitle component="h3">{t('access.panel.history')}</SubTitle>
              <AccessHistory access={access} />
            </section>
          </>
        )}
      </div>
      {access && isLiveEntitlement(access) && (
        <div className={classes.foot}>
          <EntitlementActions
            key={access.id}
            entitlement={access}
            without={['revoke']}
            onChange={loaded.set}
          />
        </div>
      )}
    </Drawer>
  );
}

import { useRef } from 'react';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useMe } from '../api';
import { PageFrame } from '../components';
import { useSlashFocus } from '../components/list/useSlashFocus';
import { AccessTabs } from '../entitlement/list/AccessTabs';
import { MyAccessList } from '../entitlement/list/MyAccessList';
import { useAccessUrl } from '../entitlement/list/useAccessUrl';
import { useMyAccess } from '../entitlement/list/useMyAccess';
import { rootRouteRef } from '../routes';
import { useT } from '../useT';

const useStyles = makeStyles({ filter: { width: 260, maxWidth: '100%' } });

/** What the caller holds and asked for, and what is over. */
export function MyAccessPage() {
  const t = useT();
  const classes = useStyles();
  const discoverLink = useRouteRef(rootRouteRef);
  const [url, change] = useAccessUrl();
  const loaded = useMyAccess(url.view);
  const me = useMe().value;
  const filter = useRef<HTMLInputElement>(null);
  useSlashFocus(filter);
  const principals = me?.principals ?? [];
  return (
    <PageFrame
      title={t('pages.access')}
      subtitle={
        principals.length === 1
          ? t('access.subtitleAs', { principal: principals[0].principal.name })
          : t('access.subtitle')
      }
      actions={
        <TextField
          className={classes.filter}
          size="small"
          variant="outlined"
          placeholder={t('access.filter')}
          value={url.text}
          onChange={event => change({ text: event.target.value })}
          inputRef={filter}
          inputProps={{
            'aria-label': t('access.filter'),
            'aria-keyshortcuts': '/',
            type: 'search',
          }}
        />
      }
    >
      <AccessTabs view={url.view} onView={view => change({ view })} />
      <MyAccessList
        loaded={loaded}
        url={url}
        purposes={me?.purposes}
        onClear={() => change({ text: '', productRef: undefined })}
        discover={
          <LinkButton to={discoverLink()} variant="contained" color="primary">
            {t('access.discover')}
          </LinkButton>
        }
      />
    </PageFrame>
  );
}

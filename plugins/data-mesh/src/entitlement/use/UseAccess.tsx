import { useState } from 'react';
import type {
  Entitlement,
  Usage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../../api';
import { CardSkeleton, CodeWords, ErrorState } from '../../components';
import { useT } from '../../useT';
import { CodeBlock } from './CodeBlock';
import { CredentialsSection } from './CredentialsSection';
import { ReadinessList } from './ReadinessList';

const useStyles = makeStyles(theme => ({
  tabs: { borderBottom: `1px solid ${theme.palette.divider}` },
  tab: { minWidth: 80, textTransform: 'none' },
  part: { marginBottom: theme.spacing(3) },
}));

function Snippets(props: { snippets: Usage['snippets'] }) {
  const { snippets } = props;
  const t = useT();
  const classes = useStyles();
  const [engine, setEngine] = useState(snippets[0]?.engine);
  const open = snippets.find(one => one.engine === engine);
  if (!open) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('usage.none')}
      </Typography>
    );
  }
  return (
    <>
      <Tabs
        className={classes.tabs}
        value={open.engine}
        indicatorColor="primary"
        variant="scrollable"
        scrollButtons="auto"
        aria-label={t('usage.engines')}
        onChange={(_, next: string) => setEngine(next)}
      >
        {snippets.map(one => (
          <Tab
            key={one.engine}
            className={classes.tab}
            value={one.engine}
            label={one.title}
          />
        ))}
      </Tabs>
      <CodeBlock
        text={open.text}
        copyLabel={t('usage.copy', { title: open.title })}
      />
      {open.note && (
        <Typography variant="body2" color="textSecondary">
          <CodeWords text={open.note} />
        </Typography>
      )}
    </>
  );
}

/** How an access is used: snippets, whether it can query, and credentials. */
export function UseAccess(props: { entitlement: Entitlement }) {
  const { entitlement } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const loaded = useLoad(
    `usage ${entitlement.id}`,
    () => api.getUsage(entitlement.id),
    { live: false },
  );
  return (
    <>
      {loaded.loading && <CardSkeleton lines={6} />}
      {loaded.error && !loaded.value && (
        <ErrorState
          error={loaded.error}
          what={t('usage.what')}
          onRetry={() => void loaded.reload()}
        />
      )}
      {loaded.value && (
        <div className={classes.part}>
          <Snippets snippets={loaded.value.snippets} />
        </div>
      )}
      <div className={classes.part}>
        <ReadinessList entitlement={entitlement} />
      </div>
      {loaded.value && (
        <CredentialsSection
          entitlement={entitlement}
          credentials={loaded.value.credentials}
        />
      )}
    </>
  );
}

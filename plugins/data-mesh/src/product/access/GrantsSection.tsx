import type {
  ExplainedGrant,
  ProductGrants,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { scopeInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { Loaded } from '../../api';
import {
  CodeWords,
  EmptyState,
  EndsIn,
  ErrorState,
  ListSkeleton,
  RelativeTime,
  toneColors,
} from '../../components';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { useT } from '../../useT';
import { useDataTableStyles } from '../../components/list/dataTableStyles';
import { GrantReason } from '../../grant/GrantReason';
import { mayPassOnAll, shortPermissions } from '../../grant/permissionsInWords';
import { Section } from '../../components/Section';

const useStyles = makeStyles(theme => ({
  notice: {
    padding: theme.spacing(1, 2),
    marginBottom: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  bad: { ...toneColors(theme, 'bad') },
  attention: { ...toneColors(theme, 'attention') },
  list: { margin: theme.spacing(0.5, 0, 0), paddingLeft: theme.spacing(2.5) },
}));

function Notices(props: { grants: ProductGrants }) {
  const { items, hidden, missing, errors } = props.grants;
  const t = useT();
  const classes = useStyles();
  const unexplained = items.filter(
    item => item.because.kind === 'unexplained',
  ).length;
  const approvedAndMore = items.filter(
    item => item.because.kind === 'approved-and-more',
  ).length;
  return (
    <>
      {errors.map(({ port, message }) => (
        <Paper
          key={port}
          elevation={0}
          role="alert"
          className={`${classes.notice} ${classes.bad}`}
        >
          {t('product.access.portError', { port, message })}
        </Paper>
      ))}
      {unexplained > 0 && (
        <Paper
          elevation={0}
          className={`${classes.notice} ${classes.attention}`}
        >
          {t('product.access.unexplainedCount', { count: unexplained })}
        </Paper>
      )}
      {approvedAndMore > 0 && (
        <Paper
          elevation={0}
          className={`${classes.notice} ${classes.attention}`}
        >
          {t('product.access.approvedAndMoreCount', { count: approvedAndMore })}
        </Paper>
      )}
      {hidden > 0 && (
        <Paper elevation={0} className={classes.notice}>
          {t('product.access.hidden', { count: hidden })}
        </Paper>
      )}
      {missing.length > 0 && (
        <Paper
          elevation={0}
          role="alert"
          className={`${classes.notice} ${classes.bad}`}
        >
          {t('product.access.missing', { count: missing.length })}
          <ul className={classes.list}>
            {missing.map(one => (
              <li key={one.id}>
                <PrincipalLabel principal={one.principal} /> ·{' '}
                {scopeInWords(one.scope)}
              </li>
            ))}
          </ul>
        </Paper>
      )}
    </>
  );
}

function GrantRow(props: { item: ExplainedGrant }) {
  const { grant, because } = props.item;
  const t = useT();
  const classes = useDataTableStyles();
  return (
    <tr>
      <th scope="row">
        <PrincipalLabel principal={grant.principal} />
      </th>
      <td>
        <span title={grant.permissions.join(', ')}>
          {shortPermissions(grant.permissions)}
        </span>
        {grant.grantable.length > 0 && (
          <div
            className={`${classes.quiet} ${classes.line}`}
            title={grant.grantable.join(', ')}
          >
            {mayPassOnAll(grant.permissions, grant.grantable)
              ? t('product.access.grantableAll')
              : `${t('product.access.grantable')} ${shortPermissions(
                  grant.grantable,
                )}`}
          </div>
        )}
      </td>
      <td className={classes.wide}>
        <CodeWords text={grant.resource.words} />
      </td>
      <td>
        <GrantReason because={because} />
      </td>
      <td>{because.expiresAt ? <EndsIn value={because.expiresAt} /> : '–'}</td>
    </tr>
  );
}

/** What Lake Formation itself lists, each grant with the reason for it. */
export function GrantsSection(props: { grants: Loaded<ProductGrants> }) {
  const { grants } = props;
  const { value } = grants;
  const t = useT();
  const classes = useDataTableStyles();
  return (
    <Section
      title={t('product.access.grants')}
      words={t('product.access.grantsWords')}
      actions={
        <>
          {value && (
            <RelativeTime
              value={value.seenAt}
              prefix={t('product.access.seen')}
            />
          )}
          <Button
            size="small"
            variant="outlined"
            disabled={grants.reloading}
            onClick={() => void grants.reload()}
          >
            {t('product.access.again')}
          </Button>
        </>
      }
      notice={
        <>
          {grants.error && value && (
            <div className={classes.notice}>
              <ErrorState
                error={grants.error}
                what={t('product.access.whatGrants')}
                onRetry={grants.reload}
              />
            </div>
          )}
          {value && <Notices grants={value} />}
        </>
      }
    >
      {!value && !grants.error && <ListSkeleton rows={3} lines={2} />}
      {grants.error && !value && (
        <ErrorState
          error={grants.error}
          what={t('product.access.whatGrants')}
          permission="data-mesh.grants.read"
          onRetry={grants.reload}
        />
      )}
      {/* What could not be read is not nothing; the notices say so. */}
      {value && value.items.length === 0 && value.errors.length === 0 && (
        <EmptyState
          title={t('product.access.noGrants')}
          description={t('product.access.noGrantsWords')}
        />
      )}
      {value && value.items.length > 0 && (
        <table
          className={classes.table}
          aria-label={t('product.access.grants')}
        >
          <thead>
            <tr>
              <th scope="col">{t('product.access.principal')}</th>
              <th scope="col">{t('product.access.sees')}</th>
              <th scope="col">{t('product.access.on')}</th>
              <th scope="col">{t('product.access.because')}</th>
              <th scope="col">{t('product.access.until')}</th>
            </tr>
          </thead>
          <tbody>
            {value.items.map((item, at) => (
              <GrantRow key={at} item={item} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

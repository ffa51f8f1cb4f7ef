import type { ExplainedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { CodeWords, RelativeTime, Tone, ToneChip } from '../components';
import { requestRouteRef } from '../routes';
import { useT } from '../useT';
import { useDataTableStyles } from '../components/list/dataTableStyles';

const toneOf: Record<ExplainedGrant['because']['kind'], Tone> = {
  entitlement: 'good',
  'approved-and-more': 'bad',
  'before-us': 'neutral',
  adopted: 'neutral',
  administrator: 'neutral',
  unrestricted: 'attention',
  unexplained: 'bad',
};

/** What a part of a grant permits. */
const heldInWords = ({
  permissions,
  grantable,
  resource,
}: ExplainedGrant['grant']) =>
  `${
    permissions.length > 0
      ? permissions.join(', ')
      : `GRANT OPTION ${grantable.join(', ')}`
  } · ${resource.words}`;

/** Why a grant is there, as far as anybody knows. */
export function GrantReason(props: { because: ExplainedGrant['because'] }) {
  const { kind, requestId, requesterRef, since, words } = props.because;
  const { more = [] } = props.because;
  const t = useT();
  const classes = useDataTableStyles();
  const requestPath = useRouteRef(requestRouteRef);
  const label = t(`product.access.becauseOf.${kind}`);
  if (kind === 'entitlement' && requestId) {
    return (
      <>
        <Link to={requestPath({ id: requestId })}>{label}</Link>
        {requesterRef && (
          <>
            {' · '}
            <EntityDisplayName
              entityRef={requesterRef}
              hideIcon
              disableTooltip
            />
          </>
        )}
      </>
    );
  }
  let icon;
  if (kind === 'unexplained' || kind === 'approved-and-more') {
    icon = <ErrorIcon aria-hidden />;
  }
  if (kind === 'unrestricted') icon = <WarningIcon aria-hidden />;
  return (
    <div className={classes.lines}>
      <ToneChip tone={toneOf[kind]} label={label} icon={icon} />
      {more.length > 0 && (
        <span>
          {t('product.access.notApproved', {
            parts: more.map(heldInWords).join('; '),
          })}
        </span>
      )}
      {kind === 'approved-and-more' && requestId && (
        <Link to={requestPath({ id: requestId })}>
          {t('product.access.approvedPart')}
        </Link>
      )}
      {(words || since) && (
        <span className={classes.quiet}>
          {words && <CodeWords text={words} />}
          {words && since && ' · '}
          {since && (
            <RelativeTime value={since} prefix={t('product.access.since')} />
          )}
        </span>
      )}
    </div>
  );
}

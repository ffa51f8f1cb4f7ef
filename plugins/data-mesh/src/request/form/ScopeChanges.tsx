import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import Typography from '@material-ui/core/Typography';
import { ChangeList } from '../../scope/ChangeList';
import { diffScopes } from '../../scope/requestDiff';
import { useT } from '../../useT';
import { AboutAccess } from './draft/formDraft';
import { FormSection } from '../../components/FormSection';

/** What a change adds to the access that is held, and what it leaves out. */
export function ScopeChanges(props: {
  about: AboutAccess;
  scope?: AccessScope;
}) {
  const { about, scope } = props;
  const t = useT();
  const changes = scope ? diffScopes(about.entitlement.scope, scope) : [];
  return (
    <FormSection id="data-mesh-changes" title={t('requestForm.about.changes')}>
      <div aria-live="polite">
        {changes.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            {t('requestForm.about.same')}
          </Typography>
        ) : (
          <Typography variant="body2" component="div">
            <ChangeList changes={changes} />
          </Typography>
        )}
      </div>
    </FormSection>
  );
}

import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { ANNOTATION_LF_TAGS } from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, EmptyState } from '../components';
import { CodeBlock } from '../entitlement/use/CodeBlock';
import { useT } from '../useT';

const useStyles = makeStyles({
  example: { textAlign: 'left', maxWidth: 520, margin: '0 auto' },
});

/** Says how a domain declares its LF-Tags, where it has none. */
export function NoOntology(props: { domainRef: string }) {
  const t = useT();
  const classes = useStyles();
  const { kind, namespace, name } = parseEntityRef(props.domainRef);
  const domainPath = useRouteRef(entityRouteRef)(
    entityRouteParams({ kind, namespace, name }),
  );
  const example = [
    'kind: Domain',
    'metadata:',
    `  name: ${name}`,
    '  annotations:',
    `    ${ANNOTATION_LF_TAGS}: sensitivity=low|high,domain=${name}`,
  ].join('\n');
  return (
    <EmptyState
      title={t('tags.empty.title')}
      description={
        <>
          <CodeWords
            text={t('tags.empty.words', {
              key: '`dataMesh.lakeFormation.tags`',
            })}
          />
          <div className={classes.example}>
            <CodeBlock text={example} copyLabel={t('tags.empty.copy')} />
          </div>
        </>
      }
      action={
        <LinkButton to={domainPath} variant="outlined" size="small">
          {t('tags.empty.domain')}
        </LinkButton>
      }
    />
  );
}

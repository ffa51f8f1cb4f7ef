import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../api';
import {
  EmptyState,
  ErrorState,
  fullRef,
  ListSkeleton,
  RelativeTime,
  toneColors,
} from '../components';
import { Section } from '../components/Section';
import { useT } from '../useT';
import { useTagsLookedAt } from './useTagsSeen';
import { ApplyTagsDialog } from './ApplyTagsDialog';
import { NoOntology } from './NoOntology';
import { OntologySection } from './OntologySection';
import { standingGroups } from './standingRows';
import { StandingTable } from './StandingTable';
import { TagsHeadline } from './TagsHeadline';

/** Rows that are drawn before somebody asks for more. */
const ROWS = 100;
const ONLY = 'only';

const useStyles = makeStyles(theme => ({
  sections: { display: 'grid', gap: theme.spacing(3), minWidth: 0 },
  bar: { padding: theme.spacing(0, 1.5) },
  more: { padding: theme.spacing(1, 1.5) },
  notice: {
    padding: theme.spacing(1, 2),
    marginBottom: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
    ...toneColors(theme, 'bad'),
  },
  error: { marginBottom: theme.spacing(1) },
}));

/** The LF-Tags of a data product: declared, found, and brought in line. */
export function DataProductTagsContent() {
  const { entity } = useEntity<DataProductEntity>();
  const t = useT();
  const classes = useStyles();
  const dataMesh = useDataMesh();
  const [params, setParams] = useSearchParams();
  const [atMost, setAtMost] = useState(ROWS);
  const [applying, setApplying] = useState(false);

  const productRef = stringifyEntityRef(entity);
  const { namespace } = entity.metadata;
  const domainRef = fullRef(entity.spec.domain, 'domain', namespace);
  // It costs calls to AWS: asked when somebody looks, and not on every signal.
  const tags = useLoad(
    `tags ${productRef}`,
    () => dataMesh.getProductTags(productRef),
    { live: false },
  );
  const { value, error, reload } = tags;
  useTagsLookedAt(productRef, value);

  const onlyDifferences = params.get(ONLY) === 'differences';
  const setOnlyDifferences = (only: boolean) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        if (only) next.set(ONLY, 'differences');
        else next.delete(ONLY);
        return next;
      },
      { replace: true },
    );
  const { groups, hidden } = useMemo(
    () => standingGroups(value?.tables ?? [], { onlyDifferences, atMost }),
    [value, onlyDifferences, atMost],
  );

  const hasOntology = value !== undefined && value.keys.length > 0;
  const close = (changed: boolean) => {
    setApplying(false);
    if (changed) void reload();
  };

  return (
    <div className={classes.sections}>
      <Section
        title={t('tags.title')}
        words={t('tags.words')}
        actions={
          <>
            {value && (
              <RelativeTime value={value.checkedAt} prefix={t('tags.seen')} />
            )}
            <Button
              size="small"
              variant="outlined"
              disabled={tags.reloading}
              onClick={() => void reload()}
            >
              {t('tags.again')}
            </Button>
            {value?.mayApply && value.steps.length > 0 && (
              <Button
                size="small"
                variant="contained"
                color="primary"
                onClick={() => setApplying(true)}
              >
                {t('tags.apply')}
              </Button>
            )}
          </>
        }
        notice={
          <>
            {error && value && (
              <div className={classes.error}>
                <ErrorState
                  error={error}
                  what={t('tags.what')}
                  onRetry={reload}
                />
              </div>
            )}
            {value?.errors.map(({ port, message }) => (
              <Paper
                key={`${port} ${message}`}
                elevation={0}
                role="alert"
                className={classes.notice}
              >
                {t('tags.portError', { port, message })}
              </Paper>
            ))}
            {(hasOntology || (!value && !error)) && (
              <TagsHeadline
                tags={value}
                ownerRef={fullRef(entity.spec.owner, 'group', namespace)}
              />
            )}
          </>
        }
      >
        {!value && !error && <ListSkeleton rows={3} lines={2} />}
        {error && !value && (
          <ErrorState
            error={error}
            what={t('tags.what')}
            permission="data-mesh.grants.read"
            onRetry={reload}
          />
        )}
        {value && !hasOntology && value.errors.length === 0 && (
          <NoTags entity={entity} domainRef={domainRef} />
        )}
        {hasOntology && value.tables.length > 0 && (
          <>
            <div className={classes.bar}>
              <FormControlLabel
                control={
                  <Checkbox
                    size="small"
                    color="primary"
                    checked={onlyDifferences}
                    onChange={(_, checked) => setOnlyDifferences(checked)}
                  />
                }
                label={t('tags.onlyDifferences')}
              />
            </div>
            {groups.length > 0 ? (
              <StandingTable groups={groups} />
            ) : (
              <EmptyState
                title={
                  onlyDifferences ? t('tags.noDifferences') : t('tags.noTables')
                }
                description={
                  onlyDifferences
                    ? t('tags.noDifferencesWords')
                    : t('tags.noTablesWords')
                }
              />
            )}
            {hidden > 0 && (
              <div className={classes.more}>
                <Button size="small" onClick={() => setAtMost(atMost + ROWS)}>
                  {t('tags.more', { count: Math.min(hidden, ROWS) })}
                </Button>
              </div>
            )}
          </>
        )}
      </Section>
      {hasOntology && (
        <OntologySection domainRef={domainRef} ontology={value.ontology} />
      )}
      {applying && (
        <ApplyTagsDialog
          productRef={productRef}
          title={entity.metadata.title ?? entity.metadata.name}
          onClose={close}
        />
      )}
    </div>
  );
}

/** Either there is nothing to tag, or nothing to tag it with. */
function NoTags(props: { entity: DataProductEntity; domainRef: string }) {
  const { entity, domainRef } = props;
  const t = useT();
  const hasTables = (entity.spec.outputPorts ?? []).some(
    port => port.tables.length > 0,
  );
  return hasTables ? (
    <NoOntology domainRef={domainRef} />
  ) : (
    <EmptyState
      title={t('tags.empty.noPorts')}
      description={t('product.ports.noneWords')}
    />
  );
}

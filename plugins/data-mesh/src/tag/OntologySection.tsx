import { useState } from 'react';
import type { TagDefinition } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Code } from '../components';
import { useDataTableStyles } from '../components/list/dataTableStyles';
import { Section } from '../components/Section';
import { useT } from '../useT';

/** Of a key with very many values, these are enough to know what it is. */
const AT_MOST = 12;

const useStyles = makeStyles(theme => ({
  frame: { overflowX: 'auto' },
  values: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  more: { minHeight: 24, padding: theme.spacing(0, 0.75) },
}));

function Values(props: { values: string[] }) {
  const { values } = props;
  const t = useT();
  const classes = useStyles();
  const [all, setAll] = useState(false);
  const shown = all ? values : values.slice(0, AT_MOST);
  return (
    <div className={classes.values}>
      {shown.map(value => (
        <Code key={value}>{value}</Code>
      ))}
      {values.length > AT_MOST && (
        <Button
          size="small"
          className={classes.more}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all
            ? t('tags.ontology.fewer')
            : t('tags.ontology.more', { count: values.length - AT_MOST })}
        </Button>
      )}
    </div>
  );
}

/** The LF-Tags that the domain has, their values, and what decides about them. */
export function OntologySection(props: {
  domainRef: string;
  ontology: TagDefinition[];
}) {
  const { domainRef, ontology } = props;
  const t = useT();
  const { frame } = useStyles();
  const classes = useDataTableStyles();
  return (
    <Section
      title={t('tags.ontology.title')}
      actions={
        <span>
          {t('tags.ontology.of')} <EntityRefLink entityRef={domainRef} />
        </span>
      }
    >
      {/* It scrolls where it is narrow, so the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={frame} tabIndex={0}>
        <table className={classes.table} aria-label={t('tags.ontology.title')}>
          <thead>
            <tr>
              <th scope="col">{t('tags.ontology.key')}</th>
              <th scope="col">{t('tags.ontology.values')}</th>
              <th scope="col">{t('tags.ontology.follows')}</th>
              <th scope="col">{t('tags.ontology.declaredIn')}</th>
            </tr>
          </thead>
          <tbody>
            {ontology.map(({ key, values, from, declaredIn }) => (
              <tr key={key}>
                <th scope="row">
                  <Code>{key}</Code>
                </th>
                <td className={classes.wide}>
                  <Values values={values} />
                </td>
                <td className={classes.wide}>
                  {t(`tags.ontology.from.${from}`)}
                </td>
                <td className={classes.line}>
                  {t(`tags.ontology.${declaredIn}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

import { useMemo } from 'react';
import {
  type Capabilities,
  type DataProductEntity,
  type OutputPort,
  type ScopeForm,
  columnMatcher,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Typography from '@material-ui/core/Typography';
import { CodeWords } from '../../../components';
import { PortWay } from '../../../scope/picks';
import { PlacedProblem, problemsAt } from '../../../scope/problemFields';
import { useT } from '../../../useT';
import { ConsumerField } from './ConsumerField';
import { LevelField } from './LevelField';
import { offeredTags } from './offeredTags';
import { ScopeFormField } from './ScopeFormField';
import { TagExpressionField } from './TagExpressionField';

/** The ways to ask for a port that its system has. */
function formsOf(capabilities: Capabilities | undefined): ScopeForm[] {
  return [
    'tables',
    ...(capabilities?.allTables ? (['all-tables'] as const) : []),
    ...(capabilities?.tagExpressions ? (['tag-expression'] as const) : []),
  ];
}

/** Rare choices: other ways to ask, writing, and what will use the data. */
export function MoreFields(props: {
  product: DataProductEntity;
  port?: OutputPort;
  way: PortWay;
  /** False where what is held stays as it is. */
  withScope: boolean;
  capabilities?: Capabilities;
  consumerRef?: string;
  problems: readonly PlacedProblem[];
  onWay: (way: Partial<PortWay>) => void;
  onConsumer: (consumerRef?: string) => void;
}) {
  const { product, port, way, withScope, capabilities, problems } = props;
  const { onWay, onConsumer } = props;
  const t = useT();
  const forms = formsOf(capabilities);
  const offered = useMemo(() => offeredTags(product, port), [product, port]);
  const isNever = columnMatcher(product.spec.access?.neverShared ?? []);
  const never = (port?.tables ?? []).flatMap(({ name, columns }) =>
    columns
      .filter(column => isNever(name, column.name))
      .map(column => `\`${column.name}\``),
  );
  return (
    <>
      {withScope && port && (forms.length > 1 || way.form !== 'tables') && (
        <ScopeFormField
          form={way.form}
          forms={forms.includes(way.form) ? forms : [...forms, way.form]}
          never={never}
          onChange={form => onWay({ form })}
        />
      )}
      {withScope && port && way.form === 'all-tables' && (
        <Typography variant="body2" color="textSecondary">
          <CodeWords
            text={t('requestForm.form.allWords', {
              database: port.location.database ?? port.name,
              tables: t('requestForm.form.allTables', {
                count: port.tables.length,
              }),
            })}
          />
        </Typography>
      )}
      {withScope && port && way.form === 'tag-expression' && (
        <TagExpressionField
          tags={way.tags}
          offered={offered}
          problems={problemsAt(problems, 'tags')}
          onChange={tags => onWay({ tags })}
        />
      )}
      {withScope &&
        capabilities &&
        (capabilities.levels.length > 1 || way.level !== 'read') && (
          <LevelField
            level={way.level}
            levels={capabilities.levels}
            problems={problemsAt(problems, 'level')}
            onChange={level => onWay({ level })}
          />
        )}
      <ConsumerField
        consumerRef={props.consumerRef}
        problems={problemsAt(problems, 'consumer')}
        onChange={onConsumer}
      />
    </>
  );
}

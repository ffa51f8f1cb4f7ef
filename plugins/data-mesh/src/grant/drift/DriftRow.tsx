import { memo } from 'react';
import type { DriftItem } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, MasterRow, toneColors } from '../../components';
import { useT } from '../../useT';
import { productsOfDrift } from './driftWords';
import { useDriftWords } from './useDriftWords';

const useStyles = makeStyles(theme => ({
  bad: { color: toneColors(theme, 'bad').color },
}));

function Row(props: {
  item: DriftItem;
  index: number;
  open: boolean;
  selected: boolean;
  to: string;
  /** Always the same function: rows are drawn again where it is another. */
  onSelect: (id: string, on: boolean) => void;
}) {
  const { item, index, open, selected, to, onSelect } = props;
  const t = useT();
  const classes = useStyles();
  const words = useDriftWords();
  const [product, ...others] = productsOfDrift(item);
  return (
    <div role="row" aria-rowindex={index + 2}>
      <div role="rowheader">
        <MasterRow
          component="div"
          to={to}
          open={open}
          focusable
          title={words.who(item)}
          lines={[
            <CodeWords key="does" text={words.does(item)} />,
            <>
              {product && <EntityDisplayName entityRef={product} hideIcon />}
              {others.length > 0 &&
                ` ${t('grants.drift.moreProducts', { count: others.length })}`}
              {words.mayPassOn(item) && (
                <>
                  {product && ' · '}
                  <span className={classes.bad}>
                    {t('grants.drift.mayPassOn')}
                  </span>
                </>
              )}
            </>,
          ]}
          since={item.since}
          selection={{
            selected,
            label: t('grants.drift.select', { words: words.title(item) }),
            disabled: item.actions.length === 0,
            onSelect: on => onSelect(item.id, on),
          }}
        />
      </div>
    </div>
  );
}

/** Who does what that nobody approved, or lacks what was. Many: a memo. */
export const DriftRow = memo(Row);

import { useRef, useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  parseAwsPrincipal,
  type AuditCounts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import Checkbox from '@material-ui/core/Checkbox';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh } from '../api';
import { useProducts } from '../api/useProducts';
import { DelayedTextField } from '../components';
import { FilterChip } from '../components/list/FilterChip';
import { useSlashFocus } from '../components/list/useSlashFocus';
import { useT } from '../useT';
import { AUDIT_DAYS, AUDIT_KINDS, AuditUrl } from './auditUrl';
import { isMachine } from './Sentence';
import { FilterOption, SuggestFilter } from './SuggestFilter';
import { ChangeAuditUrl } from './useAuditUrl';

/** Who wrote what no person did. */
const MACHINE = 'plugin:data-mesh';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1.5),
  },
  kind: { paddingTop: 0, paddingBottom: 0 },
  count: {
    marginLeft: 'auto',
    paddingLeft: theme.spacing(2),
    color: theme.palette.text.secondary,
  },
}));

interface FiltersProps {
  url: AuditUrl;
  change: ChangeAuditUrl;
  counts?: AuditCounts;
}

function WhenFilter({ url, change }: FiltersProps) {
  const t = useT();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const name = t('audit.filter.when');
  return (
    <>
      <FilterChip
        name={name}
        value={
          url.days ? t(`audit.filter.days.d${url.days}`) : t('audit.filter.any')
        }
        isSet={url.days !== undefined}
        clearLabel={t('audit.filter.remove', { name })}
        onOpen={setAnchor}
        onClear={() => change({ days: undefined })}
      />
      <Menu
        anchorEl={anchor}
        open={anchor !== undefined}
        onClose={() => setAnchor(undefined)}
      >
        {AUDIT_DAYS.map(days => (
          <MenuItem
            key={days}
            selected={days === url.days}
            onClick={() => {
              setAnchor(undefined);
              change({ days });
            }}
          >
            {t(`audit.filter.days.d${days}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

function WhatFilter({ url, change, counts }: FiltersProps) {
  const t = useT();
  const classes = useStyles();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const name = t('audit.filter.what');
  const { kinds } = url;
  return (
    <>
      <FilterChip
        name={name}
        value={
          kinds.length > 0
            ? kinds.map(kind => t(`audit.kind.${kind}`)).join(', ')
            : t('audit.filter.everything')
        }
        isSet={kinds.length > 0}
        clearLabel={t('audit.filter.remove', { name })}
        onOpen={setAnchor}
        onClear={() => change({ kinds: [] })}
      />
      <Menu
        anchorEl={anchor}
        open={anchor !== undefined}
        onClose={() => setAnchor(undefined)}
      >
        {AUDIT_KINDS.map(kind => {
          const isOn = kinds.includes(kind);
          return (
            <MenuItem
              key={kind}
              className={classes.kind}
              role="menuitemcheckbox"
              aria-checked={isOn}
              onClick={() =>
                change({
                  kinds: AUDIT_KINDS.filter(one =>
                    one === kind ? !isOn : kinds.includes(one),
                  ),
                })
              }
            >
              <Checkbox
                size="small"
                color="primary"
                checked={isOn}
                tabIndex={-1}
                inputProps={{ 'aria-hidden': true }}
              />
              {t(`audit.kind.${kind}`)}
              <span className={classes.count}>{counts?.kinds[kind] ?? ''}</span>
            </MenuItem>
          );
        })}
      </Menu>
    </>
  );
}

function WhoFilter({ url, change }: FiltersProps) {
  const t = useT();
  const api = useDataMesh();
  const { who } = url;
  const load = async (text: string): Promise<FilterOption[]> => {
    const machine = { id: MACHINE, title: t('audit.filter.machine') };
    if (!text) return [machine];
    const { items } = await api.findAccessSubjects(text);
    return [...items.filter(({ kind }) => kind === 'user'), machine];
  };
  let value = <>{t('audit.filter.anyone')}</>;
  if (who) {
    value = isMachine(who) ? (
      <>{t('audit.filter.machine')}</>
    ) : (
      <EntityDisplayName entityRef={who} hideIcon disableTooltip />
    );
  }
  return (
    <SuggestFilter
      name={t('audit.filter.who')}
      hint={t('audit.filter.whoHint')}
      chosen={who}
      value={value}
      load={load}
      onChoose={id => change({ who: id })}
    />
  );
}

function ProductFilter({ url, change }: FiltersProps) {
  const t = useT();
  const products = useProducts();
  const options = (products.value ?? []).map(
    (product): FilterOption => ({
      id: stringifyEntityRef(product).toLocaleLowerCase('en-US'),
      title: product.metadata.title ?? product.metadata.name,
    }),
  );
  const { productRef } = url;
  return (
    <SuggestFilter
      name={t('audit.filter.product')}
      hint={t('audit.filter.product')}
      chosen={productRef}
      value={
        productRef
          ? options.find(({ id }) => id === productRef)?.title ?? productRef
          : t('audit.filter.any')
      }
      load={async text =>
        options.filter(({ title }) =>
          title.toLocaleLowerCase().includes(text.toLocaleLowerCase()),
        )
      }
      onChoose={id => change({ productRef: id })}
    />
  );
}

function RoleFilter({ url, change }: FiltersProps) {
  const t = useT();
  const api = useDataMesh();
  const { principal } = url;
  const load = async (text: string): Promise<FilterOption[]> => {
    if (!text) return [];
    const { items } = await api.findAccessSubjects(text);
    return items.filter(
      ({ kind }) => kind === 'principal' || kind === 'account',
    );
  };
  return (
    <SuggestFilter
      name={t('audit.filter.principal')}
      hint={t('audit.filter.principalHint')}
      chosen={principal}
      value={
        principal
          ? parseAwsPrincipal(principal)?.name ?? principal
          : t('audit.filter.any')
      }
      load={load}
      onChoose={id => change({ principal: id })}
    />
  );
}

/** The filters of the trail, which combine and stand in the URL. */
export function AuditFilters(props: FiltersProps) {
  const { url, change } = props;
  const t = useT();
  const classes = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useSlashFocus(search);
  return (
    <div
      className={classes.root}
      role="group"
      aria-label={t('audit.filter.label')}
    >
      <DelayedTextField
        label={t('audit.filter.search')}
        clearLabel={t('audit.filter.clear')}
        hint={t('audit.filter.hint')}
        text={url.text}
        inputRef={search}
        onText={text => change({ text }, { replace: true })}
      />
      <WhenFilter {...props} />
      <WhoFilter {...props} />
      <WhatFilter {...props} />
      <ProductFilter {...props} />
      <RoleFilter {...props} />
    </div>
  );
}

import {
  accountInWords,
  type GrantSummaryPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import { makeStyles } from '@material-ui/core/styles';
import { Pages } from '../../api';
import { CopyButton, ToneChip } from '../../components';
import { usePrincipalKind } from '../../principal/usePrincipalKind';
import { useDataTableStyles } from '../../components/list/dataTableStyles';
import { useLocale } from '../../useMoment';
import { useT } from '../../useT';
import { GrantsPivot } from '../grantsUrl';

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  number: {
    textAlign: 'right',
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  },
  more: { padding: theme.spacing(1.5), textAlign: 'center' },
}));

/** Products, principals or accounts with how many grants each has. */
export function GroupTable(props: {
  by: GrantsPivot;
  groups: Pages<GrantSummaryPage['items'][number], GrantSummaryPage>;
  linkTo: (key: string) => string;
}) {
  const { by, groups, linkTo } = props;
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  const kindOf = usePrincipalKind();
  const number = new Intl.NumberFormat(useLocale());
  return (
    <div className={classes.scroll}>
      <table className={table.table} aria-label={t(`grants.tabs.${by}`)}>
        <thead>
          <tr>
            <th scope="col">{t(`grants.groups.${by}`)}</th>
            <th scope="col" className={classes.number}>
              {t('grants.groups.grants')}
            </th>
            <th scope="col">{t('grants.groups.unexplained')}</th>
          </tr>
        </thead>
        <tbody>
          {(groups.value?.items ?? []).map(item => (
            <tr key={item.key}>
              <th scope="row">
                <Link to={linkTo(item.key)}>
                  {item.title || t('grants.groups.noProduct')}
                </Link>
                {item.principal && (
                  <div className={table.quiet}>
                    {/* Its name stands above. */}
                    {[kindOf(item.principal), accountInWords(item.principal)]
                      .filter(Boolean)
                      .join(' ')}{' '}
                    <CopyButton
                      text={item.principal.id}
                      label={t('common.copyIdOf', {
                        name: item.principal.name,
                      })}
                    />
                  </div>
                )}
              </th>
              <td className={classes.number}>{number.format(item.grants)}</td>
              <td>
                {item.unexplained > 0 ? (
                  <ToneChip
                    tone="bad"
                    icon={<ErrorIcon aria-hidden />}
                    label={number.format(item.unexplained)}
                  />
                ) : (
                  <span className={table.quiet}>{t('grants.groups.none')}</span>
                )}
                {item.approvedAndMore > 0 && (
                  <div className={table.quiet}>
                    {t('grants.groups.ofThat', {
                      number: number.format(item.approvedAndMore),
                    })}
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {groups.value?.more && (
        <div className={classes.more}>
          <Button
            variant="outlined"
            disabled={groups.loadingMore}
            onClick={groups.loadMore}
          >
            {t('grants.groups.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

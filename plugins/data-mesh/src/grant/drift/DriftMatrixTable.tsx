import { useState } from 'react';
import Button from '@material-ui/core/Button';
import CheckIcon from '@material-ui/icons/Check';
import { makeStyles } from '@material-ui/core/styles';
import { Code, CodeWords, toneColors } from '../../components';
import { PiiMark } from '../../state/PiiMark';
import { useT } from '../../useT';
import type { DriftMatrix } from './driftMatrix';

/** Lines that are shown at first. */
const AT_MOST = 12;

const useStyles = makeStyles(theme => ({
  root: {
    width: '100%',
    borderCollapse: 'separate',
    borderSpacing: 0,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
    fontSize: theme.typography.body2.fontSize,
    '& th, & td': {
      padding: theme.spacing(0.75, 1.5),
      textAlign: 'left',
      fontWeight: 'inherit',
      borderTop: `1px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
    },
    // Names take what the answers leave.
    '& th:first-child': { width: '100%' },
    '& td': { whiteSpace: 'nowrap' },
    '& thead th': { fontWeight: 700, borderTop: 0, whiteSpace: 'nowrap' },
    '& svg': { fontSize: 18, verticalAlign: 'middle' },
  },
  good: { color: toneColors(theme, 'good').color },
  goes: toneColors(theme, 'bad'),
  name: { '& > *': { marginRight: theme.spacing(1) } },
  quiet: { color: theme.palette.text.secondary },
}));

/** What was approved, what AWS holds, and what is left afterwards, side by side. */
export function DriftMatrixTable(props: {
  matrix: DriftMatrix;
  /** Whether what nobody approved can be revoked here. */
  revocable: boolean;
  isPersonal: (column: string) => boolean;
}) {
  const { matrix, revocable, isPersonal } = props;
  const { of, rows, andApproved } = matrix;
  const t = useT();
  const classes = useStyles();
  const [unfolded, setUnfolded] = useState(false);
  const shown = unfolded ? rows : rows.slice(0, AT_MOST);
  const yes = (
    <CheckIcon className={classes.good} titleAccess={t('grants.matrix.yes')} />
  );
  const stays = (
    <>
      <CheckIcon className={classes.good} aria-hidden />{' '}
      {t('grants.matrix.stays')}
    </>
  );
  return (
    <>
      <table className={classes.root}>
        <thead>
          <tr>
            <th scope="col">{t(`grants.matrix.${of}`)}</th>
            <th scope="col">{t('grants.matrix.approved')}</th>
            <th scope="col">{t('grants.matrix.held')}</th>
            {revocable && <th scope="col">{t('grants.matrix.after')}</th>}
          </tr>
        </thead>
        <tbody>
          {andApproved && (
            <tr>
              <th scope="row">{t('grants.matrix.whatWasApproved')}</th>
              <td>{yes}</td>
              <td>{yes}</td>
              {revocable && <td>{stays}</td>}
            </tr>
          )}
          {shown.map(({ name, approved }) => (
            <tr key={name}>
              <th scope="row" className={classes.name}>
                {of === 'columns' ? (
                  <Code>{name}</Code>
                ) : (
                  <CodeWords text={name} />
                )}
                {of === 'columns' && isPersonal(name) && <PiiMark />}
              </th>
              <td>
                {approved ? (
                  yes
                ) : (
                  <span aria-label={t('grants.matrix.no')}>–</span>
                )}
              </td>
              <td>{yes}</td>
              {revocable && (
                <td className={approved ? undefined : classes.goes}>
                  {approved ? stays : `− ${t('grants.matrix.goes')}`}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown.length && (
        <Button size="small" onClick={() => setUnfolded(true)}>
          {t('grants.matrix.more', { count: rows.length - shown.length })}
        </Button>
      )}
    </>
  );
}

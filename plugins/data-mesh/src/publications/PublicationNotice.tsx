import type { ProductUsage } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, People } from '../components';
import { publicationRouteRef } from '../routes';
import { useT } from '../useT';
import { PublicationChip } from './PublicationChip';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  quiet: { color: theme.palette.text.secondary },
}));

/** That a product is not published, or that something waits, and whose turn. */
export function PublicationNotice(props: { usage?: ProductUsage }) {
  const publication = props.usage?.publication;
  const t = useT();
  const classes = useStyles();
  const link = useRouteRef(publicationRouteRef);
  if (!publication) return null;
  const { state, why, waitsFor, id } = publication;
  return (
    <div className={classes.root}>
      <PublicationChip state={state} />
      <span>
        <CodeWords text={why} />
      </span>
      {waitsFor.length > 0 && (
        <span className={classes.quiet}>
          {t('publications.notice.turn')} <People refs={waitsFor} />
        </span>
      )}
      {id && <Link to={link({ id })}>{t('publications.notice.see')}</Link>}
    </div>
  );
}

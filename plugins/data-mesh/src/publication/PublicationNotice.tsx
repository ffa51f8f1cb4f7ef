import type { ProductUsage } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { RefWords } from '../components';
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
}));

/** That a product is not published, or that something waits, and whose turn. */
export function PublicationNotice(props: { usage?: ProductUsage }) {
  const publication = props.usage?.publication;
  const t = useT();
  const classes = useStyles();
  const link = useRouteRef(publicationRouteRef);
  if (!publication) return null;
  const { state, why, id } = publication;
  return (
    <div className={classes.root}>
      <PublicationChip state={state} />
      <span>
        <RefWords text={why} />
      </span>
      {id && <Link to={link({ id })}>{t('publications.notice.see')}</Link>}
    </div>
  );
}

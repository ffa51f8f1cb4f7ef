import { useState } from 'react';
import type {
  DataProductEntity,
  OutputPort,
  PortOverview,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import LessIcon from '@material-ui/icons/ExpandLess';
import MoreIcon from '@material-ui/icons/ExpandMore';
import { makeStyles } from '@material-ui/core/styles';
import { FreeText, SkeletonBar } from '../../components';
import { useT } from '../../useT';
import { PortActions } from './PortActions';
import { PortDetails } from './PortDetails';
import { PortStateLines } from './PortStateLines';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1.5, 0),
    fontFamily: theme.typography.fontFamily,
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 4fr) 230px',
    gap: theme.spacing(1, 2),
    alignItems: 'center',
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      '& > :nth-child(2)': { gridRow: 2, gridColumn: '1 / -1' },
    },
  },
  name: { fontWeight: 700, overflowWrap: 'anywhere' },
  quiet: {
    color: theme.palette.text.secondary,
    fontWeight: 400,
    fontSize: theme.typography.body2.fontSize,
  },
  more: {
    minHeight: 24,
    padding: theme.spacing(0, 0.75),
    marginLeft: theme.spacing(-0.75),
    textTransform: 'none',
  },
}));

/** One output port: what it holds, how the caller stands to it, what to do. */
export function PortLine(props: {
  product: DataProductEntity;
  port: OutputPort;
  overview?: PortOverview;
  loading: boolean;
  usually?: string;
  /** Where its columns are shown. */
  schemaPath: string;
}) {
  const { product, port, overview, loading, usually, schemaPath } = props;
  const t = useT();
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  const title = port.title ?? port.name;
  const columns = port.tables.flatMap(table => table.columns);
  const personal = columns.filter(column => column.pii).length;
  const counts = [
    t('product.ports.tables', { count: port.tables.length }),
    t('product.ports.columns', { count: columns.length }),
    ...(personal > 0 ? [t('product.ports.personal', { count: personal })] : []),
  ];
  return (
    <section className={classes.root} aria-label={title}>
      <div className={classes.line}>
        <div>
          <Typography
            variant="subtitle1"
            component="h3"
            className={classes.name}
          >
            <FreeText>{title}</FreeText>{' '}
            {port.version && (
              <span className={classes.quiet}>v{port.version}</span>
            )}
          </Typography>
          <div className={classes.quiet}>
            <Link
              to={schemaPath}
              aria-label={t('product.ports.schemaOf', {
                port: title,
                counts: counts.join(' · '),
              })}
            >
              {counts.join(' · ')}
            </Link>
          </div>
          <Button
            size="small"
            color="primary"
            className={classes.more}
            endIcon={open ? <LessIcon /> : <MoreIcon />}
            aria-expanded={open}
            aria-label={t('product.ports.detailsOf', { port: title })}
            onClick={() => setOpen(!open)}
          >
            {t('product.ports.details')}
          </Button>
        </div>
        {loading ? (
          // As high as the lines that take its place.
          <SkeletonBar width={200} height={42} />
        ) : (
          <PortStateLines
            product={product}
            port={port}
            overview={overview}
            usually={usually}
          />
        )}
        <div>
          {!loading && (
            <PortActions product={product} port={port} overview={overview} />
          )}
        </div>
      </div>
      {open && <PortDetails port={port} />}
    </section>
  );
}

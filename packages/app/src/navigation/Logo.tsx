import { Link, useSidebarOpenState } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    height: 64,
    paddingLeft: theme.spacing(2.5),
    color: theme.palette.common.white,
    '&:hover': { textDecoration: 'none' },
  },
  name: { fontSize: 20, fontWeight: 700 },
}));

/** The mark of the portal, with its name where the sidebar is open. */
export const Logo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      className={classes.root}
      aria-label="Lakemesh portal, start page"
    >
      <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
        <path
          d="M7 8 25 7 22 24 8 25Z M7 8 22 24 M25 7 8 25"
          fill="none"
          stroke="currentColor"
          strokeOpacity="0.6"
          strokeWidth="1.6"
        />
        <g fill="currentColor">
          <circle cx="7" cy="8" r="3.4" />
          <circle cx="25" cy="7" r="3.4" />
          <circle cx="22" cy="24" r="3.4" />
          <circle cx="8" cy="25" r="3.4" />
        </g>
      </svg>
      {isOpen && <span className={classes.name}>Lakemesh</span>}
    </Link>
  );
};

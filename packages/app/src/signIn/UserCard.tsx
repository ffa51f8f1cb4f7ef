import Avatar from '@material-ui/core/Avatar';
import Card from '@material-ui/core/Card';
import CardActionArea from '@material-ui/core/CardActionArea';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { DemoUser } from './demoUsers';

const useStyles = makeStyles(theme => ({
  area: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'flex-start',
    gap: theme.spacing(2),
    padding: theme.spacing(1.5, 2),
    height: '100%',
  },
  avatar: {
    backgroundColor: theme.palette.primary.main,
    color: theme.palette.primary.contrastText,
    fontSize: 15,
  },
  text: { minWidth: 0, overflowWrap: 'anywhere' },
}));

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map(word => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toLocaleUpperCase('en-US');
}

/** One user to sign in as. */
export const UserCard = (props: {
  user: DemoUser;
  disabled: boolean;
  onChoose: (userRef: string) => void;
}) => {
  const { user } = props;
  const classes = useStyles();
  return (
    <Card variant="outlined">
      <CardActionArea
        className={classes.area}
        disabled={props.disabled}
        onClick={() => props.onChoose(user.userRef)}
      >
        <Avatar className={classes.avatar} aria-hidden="true">
          {initials(user.displayName)}
        </Avatar>
        <div className={classes.text}>
          <Typography variant="subtitle1" component="div">
            {user.displayName}
          </Typography>
          {user.role && <Typography variant="body2">{user.role}</Typography>}
          <Typography variant="body2" color="textSecondary">
            {user.groups.join(', ') || 'In no group'}
          </Typography>
        </div>
      </CardActionArea>
    </Card>
  );
};

import { useCallback, useEffect, useRef, useState } from 'react';
import {
  configApiRef,
  discoveryApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { Progress, WarningPanel } from '@backstage/core-components';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { DemoIdentity } from './DemoIdentity';
import { demoUserMemory } from './demoUserMemory';
import { reasonOf } from './reasonOf';
import { useDemoUsers } from './useDemoUsers';
import { UserCard } from './UserCard';

const useStyles = makeStyles(theme => ({
  root: {
    minHeight: '100vh',
    backgroundColor: theme.palette.background.default,
    color: theme.palette.text.primary,
    padding: theme.spacing(6, 3),
  },
  inner: {
    maxWidth: 1040,
    margin: '0 auto',
    '& button': { textTransform: 'none' },
  },
  intro: { margin: theme.spacing(1, 0, 4) },
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(300px, 1fr))',
    gap: theme.spacing(2),
    padding: 0,
    margin: 0,
    listStyle: 'none',
  },
  notice: { marginBottom: theme.spacing(3) },
}));

/** Choose who to be in the example mesh. Exists in development only. */
export const DemoSignInPage = ({ onSignInSuccess }: SignInPageProps) => {
  const classes = useStyles();
  const discoveryApi = useApi(discoveryApiRef);
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Lakemesh portal';
  const { users, error: listError, retry } = useDemoUsers(discoveryApi);
  const [signInError, setSignInError] = useState<Error>();
  const [busy, setBusy] = useState(demoUserMemory.get() !== undefined);

  const signIn = useCallback(
    async (userRef: string) => {
      setBusy(true);
      setSignInError(undefined);
      try {
        const identity = await DemoIdentity.signIn({
          authBaseUrl: await discoveryApi.getBaseUrl('auth'),
          userRef,
          onSignOut: demoUserMemory.clear,
        });
        demoUserMemory.set(userRef);
        onSignInSuccess(identity);
      } catch (failure) {
        demoUserMemory.clear();
        setSignInError(failure as Error);
        setBusy(false);
      }
    },
    [discoveryApi, onSignInSuccess],
  );

  // The identity may be handed over only once, also under a double mount.
  const resumed = useRef(false);
  useEffect(() => {
    const remembered = demoUserMemory.get();
    if (!remembered || resumed.current) return;
    resumed.current = true;
    signIn(remembered);
  }, [signIn]);

  return (
    <main className={classes.root}>
      <div className={classes.inner}>
        <Typography variant="h3" component="h1">
          {title}
        </Typography>
        <Typography className={classes.intro}>
          Choose who to be. Nobody is asked for a password: this sign-in is for
          trying out the example mesh and exists in development only.
        </Typography>
        {signInError && (
          <div className={classes.notice}>
            <WarningPanel
              severity="error"
              title="Sign-in was refused"
              message={reasonOf(signInError)}
            />
          </div>
        )}
        {listError && (
          <div className={classes.notice}>
            <WarningPanel
              severity="error"
              title="The list of users could not be read"
              message={`${reasonOf(
                listError,
              )}. The demo sign-in exists only where the backend runs with NODE_ENV=development.`}
            />
            <Button variant="outlined" onClick={retry}>
              Try again
            </Button>
          </div>
        )}
        {!users && !listError && <Progress />}
        {users?.length === 0 && (
          <Typography role="status">
            The catalog is still reading its files. The users appear here in a
            few seconds.
          </Typography>
        )}
        <ul className={classes.list} aria-label="Sign in as">
          {users?.map(user => (
            <li key={user.userRef}>
              <UserCard user={user} disabled={busy} onChoose={signIn} />
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
};

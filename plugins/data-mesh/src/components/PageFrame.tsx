import { ReactNode } from 'react';
import { Helmet } from 'react-helmet';
import { Content, Page, useContent } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  content: {
    // Plain elements beside Typography get the font of the theme too.
    fontFamily: theme.typography.fontFamily,
    // Backstage's theme writes buttons in capitals; these read as sentences.
    '& button, & a[role="button"]': { textTransform: 'none' },
  },
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(2),
    minHeight: 36,
  },
  words: { flex: '1 1 320px', minWidth: 0 },
  breadcrumb: {
    fontSize: theme.typography.body2.fontSize,
    marginBottom: theme.spacing(0.25),
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: theme.spacing(2),
  },
  title: {
    fontSize: theme.typography.pxToRem(24),
    lineHeight: 1.3,
    fontWeight: 700,
    margin: 0,
    overflowWrap: 'anywhere',
    outline: 'none',
  },
  subtitle: { color: theme.palette.text.secondary },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

/**
 * What every page of the plugin stands in: title, what is said about it, and
 * its actions at the top right. It draws its own header in both frontend
 * systems, because titles and actions depend on what the page has loaded; the
 * pages of the new system are registered with `noHeader` for that.
 */
export function PageFrame(props: {
  title: string;
  /** In place of the title on the page, where it is more than text. */
  heading?: ReactNode;
  subtitle?: ReactNode;
  /** Where the page belongs, as a link above the title. */
  breadcrumb?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { title, heading, subtitle, breadcrumb, actions, children } = props;
  const classes = useStyles();
  const { contentRef } = useContent();
  const appTitle =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Backstage';
  return (
    <Page themeId="tool">
      <Helmet titleTemplate={`%s | ${appTitle}`} defaultTitle={appTitle}>
        <title>{title}</title>
      </Helmet>
      <Content className={classes.content}>
        <header className={classes.header}>
          <div className={classes.words}>
            {breadcrumb && (
              <div className={classes.breadcrumb}>{breadcrumb}</div>
            )}
            <div className={classes.line}>
              <Typography
                variant="h1"
                className={classes.title}
                ref={contentRef}
                tabIndex={-1}
              >
                {heading ?? title}
              </Typography>
              {subtitle && (
                <Typography
                  component="div"
                  variant="body1"
                  className={classes.subtitle}
                >
                  {subtitle}
                </Typography>
              )}
            </div>
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </header>
        {children}
      </Content>
    </Page>
  );
}

import type { ClaimPreview } from '@lakemesh/backstage-plugin-data-mesh-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Loaded } from '../api';
import {
  CardSkeleton,
  CodeWords,
  ErrorState,
  SubTitle,
  toneColors,
} from '../components';
import { useT } from '../useT';
import { OverlapList } from './OverlapList';
import { PlaceContentsView } from './PlaceContentsView';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  problems: {
    padding: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(2),
    borderRadius: theme.shape.borderRadius,
    ...toneColors(theme, 'bad'),
  },
  list: {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** What claiming the place would meet, while it is typed. */
export function ClaimPreviewView(props: {
  domainRef: string;
  preview: Loaded<ClaimPreview>;
}) {
  const { domainRef, preview } = props;
  const { value, error, loading } = preview;
  const t = useT();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {loading && (
        <>
          <Typography variant="body2">{t('places.dialog.looking')}</Typography>
          <CardSkeleton lines={3} />
        </>
      )}
      {error && !value && <ErrorState error={error} what={t('places.what')} />}
      {value && value.problems.length > 0 && (
        <div className={classes.problems} role="alert">
          <SubTitle component="h3">{t('places.dialog.problems')}</SubTitle>
          <ul className={classes.list}>
            {value.problems.map(({ field, reason }) => (
              <li key={`${field} ${reason}`}>
                <CodeWords text={reason} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {value && <OverlapList overlaps={value.overlaps} />}
      {value?.contents && (
        <PlaceContentsView
          contents={value.contents}
          overlaps={value.overlaps}
          domainRef={domainRef}
        />
      )}
    </div>
  );
}

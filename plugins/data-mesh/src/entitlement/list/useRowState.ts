import CheckIcon from '@material-ui/icons/Check';
import EditIcon from '@material-ui/icons/EditOutlined';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import HelpIcon from '@material-ui/icons/HelpOutline';
import HistoryIcon from '@material-ui/icons/History';
import ScheduleIcon from '@material-ui/icons/Schedule';
import SyncIcon from '@material-ui/icons/Sync';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import {
  entitlementPhase,
  type AccessRequest,
  type Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { DateTime } from 'luxon';
import type { Tone } from '../../components';
import { toneOfEnd } from '../../components/state/EndsIn';
import { relativeWords } from '../../components/text/relativeWords';
import { useRequestWords } from '../../scope/requestWords';
import { useMoment } from '../../useMoment';
import { useT } from '../../useT';
import { reasonOf, type AccessItem } from './accessItems';

/** The second line of a row: how it is with it, in one sentence. */
export interface RowState {
  tone: Tone;
  Icon: typeof CheckIcon;
  words: string;
  /** What else is under way with it. */
  also?: string;
}

/** Tells how it is with an access or a request, in one sentence. */
export function useRowState(): (item: AccessItem) => RowState {
  const t = useT();
  const momentOf = useMoment();
  const { age } = useRequestWords();

  const ofRequest = (request: AccessRequest): RowState => {
    switch (request.state) {
      case 'changes-requested':
        return {
          tone: 'attention',
          Icon: EditIcon,
          words: t('access.row.changesAsked'),
        };
      case 'pending':
        return {
          tone: 'waiting',
          Icon: ScheduleIcon,
          words: t('access.row.waits', { time: age(request.updatedAt).label }),
        };
      default:
        return {
          tone: request.state === 'rejected' ? 'bad' : 'neutral',
          Icon: HistoryIcon,
          words: t('access.row.since', {
            state: t(`state.${request.state}`),
            when:
              relativeWords(momentOf(request.decidedAt ?? request.updatedAt)) ??
              t('time.justNow'),
          }),
        };
    }
  };

  const ofActive = (access: Entitlement): RowState => {
    const { lastCheck, health } = access;
    if (health === 'excess') {
      return {
        tone: 'attention',
        Icon: WarningIcon,
        words: t('access.health.chip.excess'),
      };
    }
    if (!lastCheck) {
      return {
        tone: 'neutral',
        Icon: HelpIcon,
        words: t('access.row.unchecked'),
      };
    }
    const { ready, failed } = lastCheck;
    if (ready === 'yes') {
      return { tone: 'good', Icon: CheckIcon, words: t('access.ready.yes') };
    }
    return ready === 'no'
      ? {
          tone: 'bad',
          Icon: ErrorIcon,
          words: failed
            ? t('access.ready.noBecause', { check: failed })
            : t('access.ready.no'),
        }
      : {
          tone: 'neutral',
          Icon: HelpIcon,
          words: t('access.ready.unknown'),
        };
  };

  const ofAccess = (access: Entitlement): RowState => {
    const phase = entitlementPhase(access);
    const bad = { tone: 'bad' as const, Icon: ErrorIcon };
    if (access.successor) {
      return {
        tone: 'attention',
        Icon: WarningIcon,
        words: t('access.row.productGone'),
      };
    }
    switch (phase) {
      case 'active':
      case 'changing':
        if (access.health === 'degraded') {
          return {
            tone: 'attention',
            Icon: WarningIcon,
            words: t('access.health.degraded', {
              reason: access.healthReason ?? t('access.health.noReason'),
            }),
          };
        }
        return ofActive(access);
      case 'change-failed':
        return {
          ...bad,
          words: t(`access.change.${access.change?.kind ?? 'amend'}.failed`),
        };
      case 'provisioning-failed':
      case 'reapplying-failed':
        return { ...bad, words: t('access.failure.applying') };
      case 'revoking-failed':
        return { ...bad, words: t('access.failure.undoing') };
      case 'suspended':
        return {
          tone: 'attention',
          Icon: WarningIcon,
          words: t('access.row.suspended'),
        };
      case 'revoked':
      case 'expired':
        return {
          tone: 'neutral',
          Icon: HistoryIcon,
          words: t('access.row.since', {
            state: t(`state.${phase}`),
            when:
              relativeWords(momentOf(access.endedAt ?? access.updatedAt)) ??
              t('time.justNow'),
          }),
          also: access.endReason,
        };
      default:
        return {
          tone: 'waiting',
          Icon: SyncIcon,
          words: t(`state.${access.state}`),
        };
    }
  };

  return item => {
    if (item.kind === 'request') return ofRequest(item.request);
    const { access, pending } = item;
    const reason = reasonOf(item, Date.now());
    if (reason === 'asked' && pending) return ofRequest(pending);
    if (reason === 'ending' && access.expiresAt) {
      return {
        tone: toneOfEnd(access.expiresAt, DateTime.now()),
        Icon: ScheduleIcon,
        words: t('access.row.ends', {
          when: relativeWords(momentOf(access.expiresAt)) ?? t('time.justNow'),
        }),
      };
    }
    return {
      ...ofAccess(access),
      ...(pending && { also: t(`access.pending.${kindOf(pending)}.waits`) }),
    };
  };
}

function kindOf({ kind }: AccessRequest): 'renew' | 'amend' | 'resume' {
  return kind === 'new' ? 'amend' : kind;
}

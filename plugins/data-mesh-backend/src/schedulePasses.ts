import type {
  SchedulerService,
  SchedulerServiceTaskInvocationDefinition,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';

/** What one replica at a time does again and again. */
export type Pass = Pick<SchedulerServiceTaskInvocationDefinition, 'id' | 'fn'> &
  Pick<SchedulerServiceTaskScheduleDefinition, 'frequency' | 'initialDelay'> &
  Partial<Pick<SchedulerServiceTaskScheduleDefinition, 'timeout'>>;

/**
 * Has passes made again and again, each by one replica at a time. Where a pass
 * says nothing else, it may take ten minutes.
 */
export async function schedulePasses(
  scheduler: SchedulerService,
  passes: readonly Pass[],
): Promise<void> {
  for (const pass of passes) {
    await scheduler.scheduleTask({
      scope: 'global',
      timeout: { minutes: 10 },
      ...pass,
    });
  }
}

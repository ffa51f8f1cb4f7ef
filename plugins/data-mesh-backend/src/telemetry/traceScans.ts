import type { TracingService } from '@backstage/backend-plugin-api/alpha';
import type { ScanRunner } from '../scans/ScanRunner';
import type { ScanClaim } from '../store/scans/ScanRow';

type Runner = Pick<ScanRunner, 'run' | 'release'>;

/** A runner whose scans are traced. */
export function traceScans(runner: Runner, tracing: TracingService): Runner {
  const traced = (
    claim: ScanClaim,
    scan: () => ReturnType<Runner['run']>,
  ): ReturnType<Runner['run']> =>
    tracing.startActiveSpan(
      'data_mesh.scan',
      {
        attributes: {
          'data_mesh.scan.id': claim.scanId,
          'data_mesh.scan.target': claim.target.id,
          'data_mesh.port.type': claim.portType,
        },
      },
      async span => {
        const outcome = await scan();
        span.setAttribute('data_mesh.scan.state', outcome?.state ?? 'lost');
        if (outcome?.state === 'failed') {
          span.setStatus({ code: 'error', message: outcome.error });
        }
        return outcome;
      },
    );
  return {
    run: (claim, ...rest) => traced(claim, () => runner.run(claim, ...rest)),
    release: (claim, ...rest) =>
      traced(claim, () => runner.release(claim, ...rest)),
  };
}

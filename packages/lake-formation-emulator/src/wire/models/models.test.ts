import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

describe('the wire models', () => {
  it('are what the AWS SDK packages say', () => {
    const script = resolve(
      __dirname,
      '../../../scripts/generateServiceModels.mjs',
    );
    expect(() =>
      execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  });
});

import { copyFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Application } from './application.ts';

const repo = path.resolve(import.meta.dirname, '../..');

test('the documented counter gives the exact counts to the OpenTelemetry SDK', () => {
  const application = new Application({
    'app.js': `import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
class Reader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}
const reader = new Reader();
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
await import('./count-deprecations.mjs');
const { old } = await import('./core/old.js');
const told = async () => {
  const { resourceMetrics, errors } = await reader.collect();
  const [metric] = resourceMetrics.scopeMetrics[0]?.metrics ?? [];
  return [errors.length, metric?.descriptor.name, ...(metric?.dataPoints ?? []).flatMap(({ value, attributes }) => [value, attributes])];
};
for (let i = 0; i < 1000; i++) old(i);
console.log(JSON.stringify(await told()));
old(1);
console.log(JSON.stringify(await told()));
`,
  });
  symlinkSync(
    path.join(repo, 'node_modules/@opentelemetry'),
    path.join(application.root, 'node_modules/@opentelemetry'),
  );
  copyFileSync(
    path.join(repo, 'examples/count-deprecations.mjs'),
    path.join(application.root, 'count-deprecations.mjs'),
  );
  const { stdout, stderr } = application.run('app.js', { flags: ['--no-deprecation'] });
  const attributes = { 'deprecation.id': 'src/core/old.js#old', 'deprecation.code': 'REROUTE_TEST_1' };
  expect(stderr).toBe('');
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    [0, 'deprecation.calls', 1000, attributes],
    [0, 'deprecation.calls', 1001, attributes],
  ]);
});

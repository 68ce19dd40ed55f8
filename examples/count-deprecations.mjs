// Counts what deprecated proxies are still called for with OpenTelemetry: `import './count-deprecations.mjs'` at start,
// after the SDK. The counter is exact: it is read from `usage()` when the SDK collects.
import { metrics } from '@opentelemetry/api';
import { usage } from 'reroute/deprecation';

metrics
  .getMeter('reroute')
  .createObservableCounter('deprecation.calls', { description: 'Calls of deprecated names through proxies' })
  .addCallback((observed) => {
    for (const { id, code, count } of usage().deprecations) {
      observed.observe(count, { 'deprecation.id': id, 'deprecation.code': code });
    }
  });

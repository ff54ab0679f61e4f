import { Router } from 'express';
import { Counter, Gauge, Registry } from 'prom-client';
import { refusal } from '../../kernel/errors.js';
import { callerOf } from '../identity/authenticator.js';
import { HttpProblem } from '../problem.js';

/** One number at this moment, with its labels. Counters only grow while a process runs. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

/** `GET /metrics` for operators, in the Prometheus text format. Nothing in it is about a person or a payment. */
export function createMetricsRouter(metrics: () => readonly Metric[]): Router {
  const router = Router();
  router.get('/metrics', async (_request, response) => {
    if (callerOf(response).participant.role !== 'operator') throw new HttpProblem(refusal('FORBIDDEN'));
    const registry = new Registry();
    for (const { name, help, type, samples } of metrics()) {
      const labelNames = Object.keys(samples[0]?.labels ?? {});
      const options = { name, help, labelNames, registers: [registry] };
      const metric = type === 'counter' ? new Counter(options) : new Gauge(options);
      for (const { labels, value } of samples) metric.inc(labels, value);
    }
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

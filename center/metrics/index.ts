/** What a center says of itself in numbers, for Prometheus. */
export { type Metrics, openMetrics } from './metrics.ts';
export { metricsRoute } from './route.ts';

import type { Span, Tracer } from '../base/index.ts';

/** Where spans are sent, and as what. */
export type TracingWish = { readonly endpoint: string; readonly service: string };

const LOCAL = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Where traces go; nothing where nobody says.
 * @throws Error with a sentence for the person who typed it
 */
export function readTracing(env: NodeJS.ProcessEnv): TracingWish | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint = '', OTEL_SERVICE_NAME: service = '' } = env;
  if (!endpoint) return undefined;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL.includes(url.hostname));
  // What it is stays out of this: a password may stand in it.
  if (!isSafe || url.username || url.password)
    throw new Error(
      'OTEL_EXPORTER_OTLP_ENDPOINT takes an https address without a name or password, or http on this machine',
    );
  return { endpoint: endpoint.replace(/\/$/, ''), service: service || 'exam-center' };
}

const PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Writes spans and sends them by OTLP over HTTP. What that takes is loaded here, and where nobody asked for it never. */
export async function openTracer({ endpoint, service }: TracingWish, version: string): Promise<Tracer> {
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = await import('@opentelemetry/api');
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const provider = new TracerProvider({
    // Nothing is found out about the machine: what it is called is its operator's own.
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('exam-center', version);
  const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };
  const under = (parent: string | undefined) => {
    const [, traceId, spanId, flags] = PARENT.exec(parent ?? '') ?? [];
    if (!traceId || !spanId || !flags) return ROOT_CONTEXT;
    const traceFlags = Number.parseInt(flags, 16);
    return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
  };
  return {
    start(name, kind, says, parent): Span {
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes: says }, under(parent));
      const { traceId, spanId, traceFlags } = span.spanContext();
      return {
        traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
        end({ failed, says: more = {} }) {
          span.setAttributes(more);
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    // A receiver that is away keeps no center from stopping.
    close: () => provider.shutdown().catch(() => undefined),
  };
}

import {
  context,
  propagation,
  ProxyTracerProvider,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
  type Tracer,
} from '@opentelemetry/api';

/** The span of one request. */
export interface RequestSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Runs what answers the request, with this span as the parent of what it does. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** `route` is a pattern. */
  end(outcome: { readonly route: string; readonly status: number }): void;
}

/** Spans by the OpenTelemetry SDK that the user's own code has set up. */
export interface Tracing {
  readonly startRequest: (method: string, headerOf: (name: string) => string | undefined) => RequestSpan;
  /** Runs a statement as a span; `summary` says what it does and holds no value. */
  readonly statement: <T>(summary: string, send: () => Promise<T>) => Promise<T>;
}

/**
 * Tracing by the SDK that was set up before (`node --import ./custom/tracing.ts app/main.ts`);
 * `undefined` without one, so that nobody pays for spans that go nowhere.
 */
export function findTracing(): Tracing | undefined {
  const provider = trace.getTracerProvider();
  const isAbsent = provider instanceof ProxyTracerProvider && provider.getDelegateTracer(NAME) === undefined;
  if (isAbsent) return undefined;
  const tracer = trace.getTracer(NAME);
  return {
    startRequest: (method, headerOf) => startRequest(tracer, method, headerOf),
    statement: (summary, send) => traceStatement(tracer, summary, send),
  };
}

/** Name of the instrumentation, as traces show it. */
const NAME = 'supercompile';

function startRequest(tracer: Tracer, method: string, headerOf: (name: string) => string | undefined): RequestSpan {
  const parent = propagation.extract(context.active(), undefined, { get: (_, name) => headerOf(name), keys: () => [] });
  const attributes = { 'http.request.method': method };
  const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    run: (work) => context.with(trace.setSpan(parent, span), work),
    end: ({ route, status }) => {
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
      if (status >= 500) failSpan(span, String(status));
      span.end();
    },
  };
}

async function traceStatement<T>(tracer: Tracer, summary: string, send: () => Promise<T>): Promise<T> {
  const attributes = { 'db.system.name': 'postgresql', 'db.query.summary': summary };
  const span = tracer.startSpan(summary, { kind: SpanKind.CLIENT, attributes });
  try {
    return await context.with(trace.setSpan(context.active(), span), send);
  } catch (error) {
    failSpan(span, error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    span.end();
  }
}

/** A type alone: what an error says may quote a value. */
function failSpan(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', type);
}

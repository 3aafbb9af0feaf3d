import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../../runtime/database/database.ts';
import { createLog } from '../../../runtime/observability/log.ts';
import { observeDatabase } from '../../../runtime/observability/observe-database.ts';
import { findTracing } from '../../../runtime/observability/tracing.ts';
import { serveRoutes, type Served } from '../http/serve-routes.ts';

const exporter = new InMemorySpanExporter();
const withoutSdk = findTracing();

let served: Served;
beforeAll(async () => {
  // What a user's own set-up does before the server starts.
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  served = await serveRoutes((app, { database }) => {
    const observed = observe(database);
    app.get('/rows/:id', async (asked) => {
      const text = `select 'hunter2', $1::text from "pg_class" limit 1`;
      await observed.query({ name: 'rows', text, values: [asked.req.param('id')] });
      return asked.text('read');
    });
    app.get('/broken', async (asked) => {
      await observed.query({ text: `select 'hunter2'::int`, values: [] });
      return asked.text('read');
    });
  });
});
beforeEach(() => exporter.reset());
afterAll(async () => {
  await served.close();
  trace.disable();
  context.disable();
  propagation.disable();
});

function observe(database: Database): Database {
  return observeDatabase(database, { log: createLog('silent'), slowQuery: 0, tracing: findTracing() });
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

test('without an SDK there is no tracing to pay for', () => {
  expect(withoutSdk).toBeUndefined();
  expect(findTracing()).toBeDefined();
});

test("a request is a span of the caller's trace, and its statements are spans of the request", async () => {
  const headers = { traceparent: `00-${TRACE}-${PARENT}-01`, 'x-request-id': 'traced' };
  await (await fetch(`${served.url}/rows/hunter3?token=hunter4`, { headers })).text();
  await expect.poll(() => exporter.getFinishedSpans().length).toBe(2);
  const [statement, request] = exporter.getFinishedSpans();
  expect(request).toMatchObject({ name: 'GET /rows/:id', kind: SpanKind.SERVER });
  expect(request?.spanContext().traceId).toBe(TRACE);
  expect(request?.parentSpanContext?.spanId).toBe(PARENT);
  expect(request?.attributes).toEqual({
    'http.request.method': 'GET',
    'http.route': '/rows/:id',
    'http.response.status_code': 200,
  });
  expect(statement).toMatchObject({ name: 'select pg_class', kind: SpanKind.CLIENT });
  expect(statement?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
  expect(statement?.attributes).toEqual({
    'db.system.name': 'postgresql',
    'db.query.summary': 'select pg_class',
  });
  const line = served.logged().find(({ requestId }) => requestId === 'traced');
  expect(line).toMatchObject({ traceId: TRACE, spanId: request?.spanContext().spanId });
});

test('a failure marks its spans, and no span holds a value', async () => {
  await (await fetch(`${served.url}/broken`)).text();
  await expect.poll(() => exporter.getFinishedSpans().length).toBe(2);
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ status, attributes }) => [status.code, attributes['error.type']])).toEqual([
    [SpanStatusCode.ERROR, 'DatabaseError'],
    [SpanStatusCode.UNSET, undefined],
  ]);
  const told = spans.map(({ name, attributes, events, status }) =>
    JSON.stringify({ name, attributes, events, status }),
  );
  expect(told.join()).not.toContain('hunter');
});

test('a request of no trace begins one', async () => {
  await (await fetch(`${served.url}/things/1`)).text();
  await expect.poll(() => exporter.getFinishedSpans().length).toBe(1);
  expect(exporter.getFinishedSpans()[0]?.parentSpanContext).toBeUndefined();
});

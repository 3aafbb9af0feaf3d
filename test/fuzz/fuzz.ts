import fc, { type Arbitrary } from 'fast-check';
import { createClient } from '../tour/client.ts';
import { openWire } from '../tour/wire.ts';
import { collectionsOf, operationsOf, type Document, type Operation } from '../tour/document.ts';
import { readAll } from '../tour/read-lists.ts';
import { createSchemaCheck } from '../tour/schema-check.ts';
import { createValues } from '../tour/values.ts';
import { FAMILIES } from './families.ts';
import type { Plan } from './fuzz-request.ts';
import { rowIds, type FuzzWorld, type Witness } from './fuzz-world.ts';
import type { Makers, RequestFamily } from './requests/makers.ts';
import { replenish, tryPlan } from './try-plan.ts';

export interface FuzzOptions {
  readonly base: string;
  readonly document: Document;
  readonly witness: Witness;
  readonly seed: number;
  /** At least so many are sent, each operation its share. */
  readonly requests: number;
  readonly families?: readonly RequestFamily[];
  /** Unless false, a failure is told by the smallest request that shows it, which takes many requests to find. */
  readonly shrinks?: boolean;
}

export interface FuzzReport {
  readonly seed: number;
  /** One of each operation at most. */
  readonly failures: readonly string[];
  readonly requests: number;
  /** Of them, answered 2xx. */
  readonly accepted: number;
  /** How often each operation gave each status: `createLead 201`. */
  readonly answers: ReadonlyMap<string, number>;
}

/** Sends requests of every kind to every operation, knowing nothing but the address and the document. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, requests, families = FAMILIES, shrinks = true } = options;
  const failures: string[] = [];
  const answers = new Map<string, number>();
  const world = await openWorld(options, (failure) => failures.push(failure));
  const makers = makersOf(world);
  const operations = world.operations.map((operation) => ({ operation, plans: plansOf(operation, families, makers) }));
  const failed = new Set<string>();
  const numRuns = Math.ceil(requests / operations.length / ROUNDS);
  try {
    for (let turn = 0; turn < operations.length * ROUNDS; turn += 1) {
      const { operation, plans } = operations[turn % operations.length]!;
      if (failed.has(operation.id)) continue;
      const property = fc.asyncProperty(plans, (plan) => tryPlan(world, plan, answers));
      const limits = { numRuns, interruptAfterTimeLimit: MOST_TIME, endOnFailure: !shrinks };
      const details = await fc.check(property, { seed: seed + turn, ...limits });
      if (!details.failed && !details.interrupted) continue;
      failed.add(operation.id);
      const late = `${numRuns} requests took ${MOST_TIME} ms`;
      failures.push(`${operation.id} (seed ${seed}): ${details.failed ? messageOf(details.errorInstance) : late}`);
    }
  } finally {
    world.wire.close();
    world.client.close();
  }
  const counts = [...answers];
  const accepted = counts.filter(([key]) => / 2\d\d$/.test(key));
  return { seed, failures, answers, requests: sum(counts), accepted: sum(accepted) };
}

/** Milliseconds of a turn, many times what its requests take: shrinking a failure that is slow would not end. */
const MOST_TIME = 45_000;

/** Operations take turns, so that each meets what the others have left. */
const ROUNDS = 5;

function sum(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((total, [, count]) => total + count, 0);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function openWorld(
  { base, document, witness }: FuzzOptions,
  fail: (failure: string) => void,
): Promise<FuzzWorld> {
  const schemas = createSchemaCheck(document);
  const collections = collectionsOf(document);
  const world: FuzzWorld = {
    document,
    schemas,
    collections,
    operations: operationsOf(document),
    client: createClient(base, document, schemas, fail),
    values: createValues(schemas),
    filling: new Set(),
    fail,
    rows: new Map(collections.map(({ tag }) => [tag, new Map()] as const)),
    wire: openWire(base),
    witness,
    stored: { text: '' },
    pages: new Map(),
    otherCallers: [],
    asked: new Set(),
    barren: new Set(),
  };
  for (const collection of collections) {
    for (const row of await readAll(world, collection)) world.rows.get(collection.tag)?.set(String(row['id']), row);
  }
  await replenish(world);
  return world;
}

function makersOf(world: FuzzWorld): Makers {
  const { document, values, collections } = world;
  const creatable = new Set(collections.flatMap(({ tag, create }) => (create === undefined ? [] : [tag])));
  return {
    document,
    values,
    admitted: new WeakMap(),
    isLinkable: (tag) => creatable.has(tag) || rowIds(world, tag).length > 0,
  };
}

function plansOf(operation: Operation, families: readonly RequestFamily[], makers: Makers): Arbitrary<Plan> {
  return fc.oneof(
    ...families.flatMap(({ weight, plans }) => {
      const arbitrary = plans(operation, makers);
      return arbitrary === undefined ? [] : [{ weight, arbitrary }];
    }),
  );
}

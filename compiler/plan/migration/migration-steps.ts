import { BATCH_ROWS } from './backfill-sql.ts';
import { extensionOf } from './index-sql.ts';
import type { Operation } from './operations.ts';

/** Operations that run together: in one transaction, or one alone outside any. */
export interface Step {
  readonly transaction: boolean;
  /** Rows that each run of its statement changes at most; it runs until it changes none. */
  readonly batchRows?: number;
  /** Longest wait for a lock: short where others would queue behind us. */
  readonly lockTimeout: string;
  /** Dropped before the step is tried again: what a failed concurrent build leaves behind. */
  readonly invalidIndex?: { readonly table: string; readonly name: string };
  /** An extension whose names are found without their schema. */
  readonly extension?: string;
  readonly operations: readonly Operation[];
}

/** Cuts operations, kept in their order, into steps. */
export function planSteps(operations: readonly Operation[]): readonly Step[] {
  const groups: Operation[][] = [];
  let last: string | undefined;
  const told = operations.filter((operation) => !isSilent(operation));
  for (const operation of told.length > 0 ? told : operations) {
    const phase = phaseOf(operation);
    const group = phase === last && phase !== 'alone' ? groups.at(-1) : undefined;
    if (group === undefined) groups.push([operation]);
    else group.push(operation);
    last = phase;
  }
  return groups.map(toStep);
}

/** It says something of the history, and nothing to the database. */
function isSilent({ kind }: Operation): boolean {
  return kind === 'setOrigin' || kind === 'setExchangedValues';
}

/** New enum values must be committed before anything uses them; a validation must not hold the locks of what it validates. */
function phaseOf(operation: Operation): string {
  switch (operation.kind) {
    case 'createExtension':
      return 'extensions';
    case 'addEnumValue':
      return 'values';
    case 'validateConstraint':
    case 'backfill':
      return 'alone';
    case 'createIndex':
      if (operation.concurrently === true) return 'alone';
      return `together ${extensionOf(operation.index) ?? ''}`.trim();
    case 'dropIndex':
      return operation.concurrently === true ? 'alone' : 'together';
    default:
      return 'together';
  }
}

function toStep(operations: readonly Operation[]): Step {
  const [first] = operations;
  if (first?.kind === 'createIndex' && first.concurrently === true) {
    const invalidIndex = { table: first.table, name: first.index.name };
    return { ...CONCURRENT, invalidIndex, ...namesOf(operations), operations };
  }
  if (first?.kind === 'dropIndex' && first.concurrently === true) return { ...CONCURRENT, operations };
  if (first?.kind === 'backfill') return { transaction: true, batchRows: BATCH_ROWS, lockTimeout: '3s', operations };
  return { transaction: true, lockTimeout: '3s', ...namesOf(operations), operations };
}

function namesOf(operations: readonly Operation[]): Pick<Step, 'extension'> {
  const extension = usedExtension(operations);
  return extension === undefined ? {} : { extension };
}

/** The extension whose names some operations use. */
export function usedExtension(operations: readonly Operation[]): string | undefined {
  return operations.flatMap((item) => (item.kind === 'createIndex' ? (extensionOf(item.index) ?? []) : []))[0];
}

/** A concurrent build waits for other transactions to end and blocks nobody while it waits. */
const CONCURRENT = { transaction: false, lockTimeout: '10min' } as const;

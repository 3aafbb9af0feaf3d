/** One step of a migration's SQL. */
export interface Step {
  /** 1-based. */
  readonly number: number;
  /** Inside a transaction, or one statement outside any. */
  readonly transaction: boolean;
  /** As Postgres spells it: `3s`. */
  readonly lockTimeout: string;
  /** An index, as SQL names it: if it is invalid, an earlier try left it behind, and it goes before the next. */
  readonly invalidIndex: string | undefined;
  /** Rows that one run of the step's one statement changes at most: it is run, each time in a transaction of its own, until it changes none. */
  readonly batch: number | undefined;
  /** An extension whose names are found without their schema: its operator classes. */
  readonly extension: string | undefined;
  readonly sql: string;
}

/** A text that is no migration of a form this runner knows. */
export class StepError extends Error {
  override readonly name = 'StepError';
}

const MARKER = /^-- step (\d+)((?: .+)?)$/;

/** A quoted name may hold spaces. */
const WORD = /(?:[^\s"]|"(?:[^"]|"")*")+/g;

/**
 * Cuts a migration at its markers: `-- step 2 notx lock_timeout=10min retry=drop-invalid-index:public.leads_score_idx`,
 * `-- step 3 batched=5000 lock_timeout=3s`, `-- step 4 lock_timeout=3s extension=pg_trgm`.
 *
 * @throws StepError on SQL before the first marker, steps out of order, words it does not know
 */
export function parseSteps(sql: string): readonly Step[] {
  const steps: Step[] = [];
  let lines: string[] = [];
  let marker: Omit<Step, 'sql'> | undefined;
  const finish = (): void => {
    const text = lines.join('\n').trim();
    if (marker !== undefined) steps.push({ ...marker, sql: text });
    else if (lines.some((line) => line !== '' && !line.startsWith('--')))
      throw new StepError('SQL before the first step');
    lines = [];
  };
  for (const line of sql.split('\n')) {
    const match = MARKER.exec(line);
    if (match === null) lines.push(line);
    else {
      finish();
      marker = parseMarker(Number(match[1]), match[2] ?? '', steps.length + 1);
    }
  }
  finish();
  if (steps.length === 0) throw new StepError('no step');
  return steps;
}

function parseMarker(number: number, words: string, expected: number): Omit<Step, 'sql'> {
  if (number !== expected) throw new StepError(`step ${number} stands where step ${expected} belongs`);
  let marker: Omit<Step, 'sql'> = {
    number,
    transaction: true,
    lockTimeout: '3s',
    invalidIndex: undefined,
    batch: undefined,
    extension: undefined,
  };
  for (const word of words.match(WORD) ?? []) marker = { ...marker, ...parseWord(word) };
  if (marker.batch !== undefined && !marker.transaction) throw new StepError('a step is both "batched" and "notx"');
  return marker;
}

function parseWord(word: string): Partial<Step> {
  if (word === 'notx') return { transaction: false };
  const timeout = /^lock_timeout=(\d+(?:ms|s|min))$/.exec(word)?.[1];
  if (timeout !== undefined) return { lockTimeout: timeout };
  const batch = /^batched=([1-9]\d{0,8})$/.exec(word)?.[1];
  if (batch !== undefined) return { batch: Number(batch) };
  const extension = /^extension=([a-z][a-z0-9_-]*)$/.exec(word)?.[1];
  if (extension !== undefined) return { extension };
  const index = /^retry=drop-invalid-index:(.+)$/.exec(word)?.[1];
  if (index !== undefined) return { invalidIndex: index };
  throw new StepError(`the word "${word}" in a step's marker is not known; a newer runner may know it`);
}

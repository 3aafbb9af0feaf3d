import { crossedLimits } from '../limit-problems.ts';
import { toRegex } from '../literal.ts';
import { parsePattern } from '../pattern/parse-pattern.ts';
import { type Growth, patternGrowth } from '../pattern/pattern-hazards.ts';
import { samples } from '../samples.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';

/** Texts up to this length are matched soon enough even in quadratic time. */
const MOST_QUADRATIC = 1000;

/** Most characters of all the different patterns of a spec: some hundreds, each studied in milliseconds. */
const MOST_STUDIED = 20_000;

/** A pattern is a regular expression that every engine reads alike and that no text can stall. */
export const checkPatterns: Check = (input) => {
  const studies = new Map<string, Study | undefined>();
  let studied = 0;
  for (const at of allFields(input.app)) {
    const { pattern } = at.field.limits;
    if (pattern === undefined) continue;
    studied += studies.has(pattern) ? 0 : pattern.length;
    if (studied > MOST_STUDIED) {
      const limit = `${MOST_STUDIED} characters of different patterns`;
      return input.reporter.report('file-too-large', fieldPointer(at, 'pattern'), { limit });
    }
    if (!studies.has(pattern)) studies.set(pattern, studyPattern(pattern));
    checkPattern(input, at, pattern, studies.get(pattern));
  }
};

interface Study {
  readonly unportable: readonly string[];
  readonly growth: Growth;
}

/** Undefined for what is no regular expression. */
function studyPattern(source: string): Study | undefined {
  if (toRegex(source) === undefined) return undefined;
  const { node, unportable } = parsePattern(source);
  return { unportable, growth: patternGrowth(node) };
}

function checkPattern({ reporter }: CheckInput, at: EntityField, source: string, study: Study | undefined): void {
  const where = fieldPointer(at, 'pattern');
  if (study === undefined) {
    reporter.report('invalid-pattern', where, { pattern: source, detail: syntaxDetail(source) });
    return;
  }
  const { unportable, growth } = study;
  for (const construct of unportable) reporter.report('unportable-pattern', where, { pattern: source, construct });
  const { maxLength = MOST_QUADRATIC } = at.field.limits;
  if (isStalling(growth, maxLength)) {
    reporter.report('stalling-pattern', where, { pattern: source, growth: growthWords(growth, maxLength) });
  } else if (unportable.length === 0) checkSample(reporter, at, source);
}

function isStalling(growth: Growth, maxLength: number): boolean {
  return growth === 'exponential' || (growth !== 'linear' && maxLength > MOST_QUADRATIC);
}

function growthWords(growth: Growth, maxLength: number): string {
  if (growth === 'exponential') return 'doubles with each character; let no repetition match the same text in two ways';
  return `grows with the square of the length or worse, up to ${maxLength} characters; anchor it with "^", or lower maxLength to ${MOST_QUADRATIC}`;
}

function syntaxDetail(source: string): string {
  try {
    return String(new RegExp(source, 'u'));
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    return text.split(': ').at(-1) ?? '';
  }
}

/** Documents and tests need a value, so one must be found or given. */
function checkSample(reporter: CheckInput['reporter'], at: EntityField, source: string): void {
  if (at.field.example !== undefined || crossedLimits(at.field).length > 0) return;
  if (samples({ ...at.field, many: false }).length > 0) return;
  reporter.report('needs-example', fieldPointer(at), { field: at.field.name, pattern: source }, { at: 'key' });
}

import { crossedLimits } from '../limit-problems.ts';
import { toRegex } from '../literal.ts';
import { parsePattern } from '../pattern/parse-pattern.ts';
import { type Growth, patternGrowth } from '../pattern/pattern-hazards.ts';
import { samples } from '../samples.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';

/** Texts up to this length are matched soon enough even in quadratic time. */
const MOST_QUADRATIC = 1000;

/** A pattern is a regular expression that every engine reads alike and that no text can stall. */
export const checkPatterns: Check = (input) => {
  for (const at of allFields(input.app)) {
    const { pattern } = at.field.limits;
    if (pattern !== undefined) checkPattern(input, at, pattern);
  }
};

function checkPattern({ reporter }: CheckInput, at: EntityField, source: string): void {
  const where = fieldPointer(at, 'pattern');
  if (toRegex(source) === undefined) {
    reporter.report('invalid-pattern', where, { pattern: source, detail: syntaxDetail(source) });
    return;
  }
  const { node, unportable } = parsePattern(source);
  for (const construct of unportable) reporter.report('unportable-pattern', where, { pattern: source, construct });
  const { maxLength = MOST_QUADRATIC } = at.field.limits;
  const growth = patternGrowth(node);
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

import { DEFAULT_TEXT_LENGTH } from '../build-field.ts';
import { crossedLimits } from '../limit-problems.ts';
import { toRegex } from '../literal.ts';
import { parsePattern } from '../pattern/parse-pattern.ts';
import { type Growth, patternGrowth } from '../pattern/pattern-hazards.ts';
import { samples } from '../samples.ts';
import { shapesIn } from './json-schemas.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';

/** Texts up to this length are matched soon enough even in quadratic time. */
const MOST_QUADRATIC = 1000;

/** Most characters of all the different patterns of a spec: some hundreds, each studied in milliseconds. */
const MOST_STUDIED = 20_000;

/** A pattern is a regular expression that every engine reads alike and that no text can stall. */
export const checkPatterns: Check = (input) => {
  const studies = new Map<string, Study | undefined>();
  let studied = 0;
  for (const place of patternPlaces(input)) {
    const { pattern, where } = place;
    studied += studies.has(pattern) ? 0 : pattern.length;
    if (studied > MOST_STUDIED) {
      const limit = `${MOST_STUDIED} characters of different patterns`;
      return input.reporter.report('file-too-large', where, { limit });
    }
    if (!studies.has(pattern)) studies.set(pattern, studyPattern(pattern));
    checkPattern(input, place, studies.get(pattern));
  }
};

interface PatternPlace {
  readonly pattern: string;
  readonly where: string;
  readonly maxLength?: number;
  /** The field whose values match it; absent where parts of them do. */
  readonly of?: EntityField;
}

function* patternPlaces({ app }: CheckInput): Generator<PatternPlace, void, undefined> {
  for (const at of allFields(app)) {
    const { limits, schema } = at.field;
    if (limits.pattern !== undefined) {
      const { pattern, maxLength } = limits;
      yield { pattern, where: fieldPointer(at, 'pattern'), of: at, ...(maxLength !== undefined && { maxLength }) };
    }
    for (const [{ pattern, maxLength = DEFAULT_TEXT_LENGTH }, place] of schema
      ? shapesIn(schema, fieldPointer(at, 'schema'))
      : [])
      if (pattern !== undefined) yield { pattern, where: `${place}/pattern`, maxLength };
  }
}

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

function checkPattern(
  { reporter }: CheckInput,
  { pattern: source, where, maxLength = MOST_QUADRATIC, of }: PatternPlace,
  study: Study | undefined,
): void {
  if (study === undefined) {
    reporter.report('invalid-pattern', where, { pattern: source, detail: syntaxDetail(source) });
    return;
  }
  const { unportable, growth } = study;
  for (const construct of unportable) reporter.report('unportable-pattern', where, { pattern: source, construct });
  if (isStalling(growth, maxLength)) {
    reporter.report('stalling-pattern', where, { pattern: source, growth: growthWords(growth, maxLength) });
  } else if (unportable.length === 0 && of !== undefined) checkSample(reporter, of, source);
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

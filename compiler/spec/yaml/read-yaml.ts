import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { NodePlace, PlaceOf } from '../located-document.ts';
import { describeValue, isMap, type SpecValue } from '../spec-value.ts';
import { checkTextLength, parseYaml } from './parse-yaml.ts';
import { type PlainYaml, readPlainYaml } from './plain/read-plain-yaml.ts';
import { readNodes } from './read-nodes.ts';
import { reportYamlErrors } from './report-yaml-errors.ts';
import { scanCharacters } from './scan-characters.ts';
import { scanMergeMarkers } from './scan-merge-markers.ts';
import type { SourceText } from './source-text.ts';
import { createSyntaxReporter, type SyntaxReporter } from './syntax-reporter.ts';

/** Plain data of a text with the position of every node. */
export interface ReadYaml {
  /** Absent where nothing could be read. */
  readonly value: SpecValue | undefined;
  readonly placeOf: PlaceOf;
  /** Pointers of values that are not what their author meant. */
  readonly broken: readonly string[];
  /** Offset of the first error in the structure: what follows it may have been misread. */
  readonly errorAt: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a text as YAML 1.2 within the bounds and the quoting rule of the language. */
export function readYaml(source: SourceText, file: string): ReadYaml {
  const reporter = createSyntaxReporter(file, source);
  const unread = (): ReadYaml => ({ ...NOTHING, diagnostics: reporter.diagnostics() });
  if (!checkTextLength(reporter)) return unread();
  scanCharacters(reporter);
  scanMergeMarkers(reporter);
  if (reporter.diagnostics().length > 0) return unread();
  const plain = readPlainYaml(source.text);
  if (plain !== undefined)
    return { ...NOTHING, value: plain.value, placeOf: placesOf(plain, reporter), diagnostics: [] };
  const parsed = parseYaml(reporter);
  if (parsed === undefined) return unread();
  const errorAt = reportYamlErrors(reporter, parsed.errors, parsed.tokens);
  if (parsed.contents === null && errorAt === undefined) {
    reporter.report('empty-file', 0, 0, {});
    return unread();
  }
  const { value, places, broken } = readNodes(parsed.contents, reporter);
  if (!isMap(value) && errorAt === undefined) {
    const [start, end] = places.get('')?.value ?? [0, 0];
    reporter.report('root-not-a-map', start, Math.min(end, source.lineEnd(start)), {
      found: describeValue(value),
    });
  }
  const placeOf: PlaceOf = (pointer) => places.get(pointer);
  return { value, placeOf, broken, errorAt, diagnostics: reporter.diagnostics() };
}

/** Most specs have nothing to tell of: places are read when the first is asked for. */
function placesOf(plain: PlainYaml, reporter: SyntaxReporter): PlaceOf {
  let places: ReadonlyMap<string, NodePlace> | undefined;
  return (pointer) => (places ??= plain.readPlaces() ?? readAllPlaces(reporter)).get(pointer);
}

function readAllPlaces(reporter: SyntaxReporter): ReadonlyMap<string, NodePlace> {
  const parsed = parseYaml(reporter);
  return readNodes(parsed?.contents ?? null, reporter).places;
}

const NOTHING = { value: undefined, placeOf: () => undefined, broken: [], errorAt: undefined };

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { NodePlace } from '../located-document.ts';
import { describeValue, isMap, type SpecValue } from '../spec-value.ts';
import { checkTextLength, parseYaml } from './parse-yaml.ts';
import { readNodes } from './read-nodes.ts';
import { reportYamlErrors } from './report-yaml-errors.ts';
import { scanCharacters } from './scan-characters.ts';
import { scanMergeMarkers } from './scan-merge-markers.ts';
import type { SourceText } from './source-text.ts';
import { createSyntaxReporter } from './syntax-reporter.ts';

/** Plain data of a text with the position of every node. */
export interface ReadYaml {
  /** Absent where nothing could be read. */
  readonly value: SpecValue | undefined;
  readonly places: ReadonlyMap<string, NodePlace>;
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
  const parsed = parseYaml(reporter);
  if (parsed === undefined) return unread();
  const errorAt = reportYamlErrors(reporter, parsed.errors, parsed.tokens);
  if (parsed.contents === null && errorAt === undefined) {
    reporter.report('empty-file', 0, 0, {});
    return unread();
  }
  const nodes = readNodes(parsed.contents, reporter);
  if (!isMap(nodes.value) && errorAt === undefined) {
    const [start, end] = nodes.places.get('')?.value ?? [0, 0];
    reporter.report('root-not-a-map', start, Math.min(end, source.lineEnd(start)), {
      found: describeValue(nodes.value),
    });
  }
  return { ...nodes, errorAt, diagnostics: reporter.diagnostics() };
}

const NOTHING = { value: undefined, places: new Map<string, NodePlace>(), broken: [], errorAt: undefined };

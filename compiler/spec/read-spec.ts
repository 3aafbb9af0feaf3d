import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { parentPointer } from '../diagnostics/json-pointer.ts';
import { createReporter } from '../diagnostics/reporter.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { createLocatedDocument, type LocatedDocument } from './located-document.ts';
import { checkLiterals } from './shape/check-literals.ts';
import { checkShape } from './shape/check-shape.ts';
import { isBeforeError } from './shape/is-before-error.ts';
import { keepSpec, pruneSpec } from './shape/prune-spec.ts';
import { reportShape } from './shape/report-shape.ts';
import type { ShapeProblem } from './shape/shape-problem.ts';
import { isMap, type SpecValue } from './spec-value.ts';
import type { Spec } from './spec.ts';
import { reportCutOff } from './yaml/report-cut-off.ts';
import { readYaml } from './yaml/read-yaml.ts';
import { createSourceText } from './yaml/source-text.ts';

/** What the text says, where it says it, and what is wrong with it. */
export interface ReadSpec {
  /** The valid remainder of the spec: refused nodes are left out. Absent when the text could not be read through. */
  readonly spec: Spec | undefined;
  /** Positions by pointer; knows which nodes were refused. */
  readonly document: LocatedDocument;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a spec's text; whatever is wrong with it becomes a diagnostic, never an exception. */
export function readSpec(text: string, file: string): ReadSpec {
  const source = createSourceText(text.startsWith('\uFEFF') ? text.slice(1) : text);
  const yaml = readYaml(source, file);
  const document = createLocatedDocument(file, source, yaml.placeOf);
  yaml.broken.forEach(document.markBroken);
  const shape = isMap(yaml.value) ? reportShapes(document, yaml.value, yaml.errorAt) : [];
  const found = sortDiagnostics([...yaml.diagnostics, ...shape]);
  const diagnostics = sortDiagnostics([...found, ...reportCutOff(document, found)]);
  const isWhole = isMap(yaml.value) && yaml.errorAt === undefined;
  const keep = diagnostics.length === 0 ? keepSpec : pruneSpec;
  const spec = isWhole ? keep(yaml.value, document) : undefined;
  return { spec, document, diagnostics };
}

/** Reports what is not a spec; of a text with an error in its structure, only what stands before it can be trusted. */
function reportShapes(document: LocatedDocument, root: SpecValue, errorAt: number | undefined): readonly Diagnostic[] {
  const reporter = createReporter(document);
  const problems = checkShape(root).filter((problem) => isBeforeError(document, problem, errorAt));
  for (const problem of problems) if (!reporter.isFull()) reportShape({ document, reporter, root }, problem);
  for (const problem of problems) markBroken(document, problem);
  if (errorAt === undefined) checkLiterals(root, document, reporter);
  return reporter.diagnostics();
}

/** Without a type that is known and supported, nothing else about a field can be said. */
function markBroken(document: LocatedDocument, problem: ShapeProblem): void {
  if (problem.kind === 'missing-key') return;
  const isFieldType = FIELD_TYPE.test(problem.pointer);
  document.markBroken(isFieldType ? parentPointer(problem.pointer) : problem.pointer);
}

const FIELD_TYPE = /^\/(?:entities|mixins)\/[^/]+\/fields\/[^/]+\/type$/;

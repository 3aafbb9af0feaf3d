import type { App, Entity } from '../../model/app.ts';
import { sampleShifts, type ShiftSample } from '../../plan/samples/sample-shifts.ts';
import { smallSamples } from '../../plan/samples/small-samples.ts';
import type { Emitter } from '../emitter.ts';
import type { OutputFile } from '../file.ts';
import { lines, nothing, raw, symbol, ts, type Fragment } from '../text/fragment.ts';
import { str } from '../text/quote.ts';
import { sourceFile } from '../text/source-file.ts';
import { emitResourceCase } from './emit-resource-case.ts';

/**
 * The tests of the backend: for each entity a table of what its API must do, straight from the
 * model, and one file that runs them all in one process on one database.
 */
export const emitTests: Emitter = ({ app }) => [
  ...resourceCases(app),
  sourceFile(
    'test/all.test.ts',
    ts`await ${symbol('testApi', '#runtime/testing/test-api.ts')}(
  {
    ${symbol('api', '../app/app.ts')},
    ${symbol('resources', '../app/app.ts')},
    backend: new URL('..', import.meta.url),
  },
  [
    ${app.entities.length === 0 ? nothing : lines(app.entities.map(importOf))}
  ],
);`,
  ),
];

function resourceCases(app: App): readonly OutputFile[] {
  const [small, far] = [smallSamples(app), sampleShifts(app)];
  const shift: ShiftSample = (field, sample) => far(field, small(field, sample));
  return app.entities.map((entity) => emitResourceCase(app, entity, shift));
}

function importOf({ names }: Entity): Fragment {
  return ts`import(${str(`./crud/${names.folder}.ts`)})${raw(',')}`;
}

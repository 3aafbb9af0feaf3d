import { expect, test } from 'vitest';
import { renderGithub } from '../../compiler/diagnostics/render/render-github.ts';
import { renderJson } from '../../compiler/diagnostics/render/render-json.ts';
import { renderSarif } from '../../compiler/diagnostics/render/render-sarif.ts';
import { renderText } from '../../compiler/diagnostics/render/render-text.ts';
import { readSpec } from '../../compiler/spec/read-spec.ts';

const text = `supercompile: 1
name: shop
auth: { provider: none }
entities:
  Lead:
    fields:
      name: { type: varchar }
    access: {}
`;
const { diagnostics } = readSpec(text, 'my specs/app.yaml');

test('the JSON is the contract, to the key', () => {
  const [one] = diagnostics;
  expect(JSON.parse(renderJson(diagnostics))).toEqual({ ok: false, diagnostics: [one] });
  expect(one).toEqual({
    code: 'SC2104',
    name: 'unknown-field-type',
    severity: 'error',
    file: 'my specs/app.yaml',
    line: 7,
    column: 21,
    endLine: 7,
    endColumn: 28,
    path: '/entities/Lead/fields/name/type',
    message: '"varchar" is not a field type; write "string" with maxLength.',
    allowed: expect.arrayContaining(['string', 'text']),
    related: [],
    fix: {
      description: 'write "string"',
      edits: [{ line: 7, column: 21, endLine: 7, endColumn: 28, text: 'string' }],
    },
  });
});

test('no problem is ok', () => {
  expect(renderJson([])).toBe('{\n  "ok": true,\n  "diagnostics": []\n}\n');
  expect(renderText([], new Map())).toBe('');
});

test('text has colours only where they are asked for, and obeys no control character', () => {
  const sources = new Map([['my specs/app.yaml', text]]);
  expect(renderText(diagnostics, sources)).not.toContain('\u001B');
  expect(renderText(diagnostics, sources, true)).toContain('\u001B[31m');
  const escape = readSpec('"a\\e[31mb": 1\n', 'app.yaml').diagnostics;
  expect(renderText(escape, new Map())).not.toContain('\u001B');
});

test('a workflow command escapes what would end it', () => {
  expect(renderGithub(diagnostics)).toMatch(
    /^::error file=my specs\/app\.yaml,line=7,endLine=7,col=21,endColumn=28,title=SC2104 unknown-field-type::"varchar"[^\n]*\n$/,
  );
  const [one] = diagnostics;
  const odd = one === undefined ? [] : [{ ...one, message: '100%\nof ::error::', file: 'a,b:c.yaml' }];
  expect(renderGithub(odd)).toContain('file=a%2Cb%3Ac.yaml');
  expect(renderGithub(odd).trimEnd().split('\n')).toHaveLength(1);
});

test('the SARIF log names its rules, places and replacements', () => {
  const log = JSON.parse(renderSarif(diagnostics));
  expect(log.version).toBe('2.1.0');
  expect(log.runs[0].tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(['SC2104']);
  const [result] = log.runs[0].results;
  expect(result).toMatchObject({ ruleId: 'SC2104', ruleIndex: 0, level: 'error' });
  expect(result.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'my%20specs/app.yaml' },
    region: { startLine: 7, startColumn: 21, endLine: 7, endColumn: 28 },
  });
  expect(result.fixes[0].artifactChanges[0].replacements[0].insertedContent).toEqual({ text: 'string' });
});

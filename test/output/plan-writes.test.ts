import { describe, expect, test } from 'vitest';
import { createFileSet } from '../../compiler/emit/file.ts';
import type { FileOwner, OutputFile } from '../../compiler/emit/file.ts';
import { hasConflictMarkers } from '../../compiler/output/conflict-markers.ts';
import { emitManifest, parseManifest, sha256 } from '../../compiler/output/manifest.ts';
import type { Manifest } from '../../compiler/output/manifest.ts';
import { isRuined } from '../../compiler/output/ruined-text.ts';
import { planWrites } from '../../compiler/output/plan-writes.ts';
import type { DiskEntry, WritePlan } from '../../compiler/output/plan-writes.ts';

const IDENTITY = { compilerVersion: '1.0.0', specHash: sha256('spec') };
const CONFLICT = '<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> branch\n';
const DRAFT = 'migrations/0001_create_lead_aaaaaaaa.sql';

interface Scene {
  readonly wanted?: Readonly<Record<string, string>>;
  readonly owner?: FileOwner;
  /** What the last build wrote, by its manifest. */
  readonly built?: Readonly<Record<string, string>>;
  readonly manifest?: Manifest;
  readonly disk: Readonly<Record<string, string | DiskEntry>>;
  readonly sealed?: readonly string[];
  readonly force?: boolean;
}

describe('a compiled file', () => {
  test('is written when absent and left alone when identical', () => {
    expect(summarize(plan({ wanted: { 'a.ts': '1', 'b.ts': '2' }, disk: { 'b.ts': '2' } }))).toEqual(['write a.ts']);
  });

  test('is replaced when it is as the last build left it', () => {
    expect(summarize(plan({ wanted: { 'a.ts': '2' }, built: { 'a.ts': '1' }, disk: { 'a.ts': '1' } }))).toEqual([
      'write a.ts',
    ]);
  });

  test('that was edited by hand is refused, and with force overwritten', () => {
    const scene = { wanted: { 'a.ts': '2' }, built: { 'a.ts': '1' }, disk: { 'a.ts': 'mine' } };
    expect(summarize(plan(scene))).toEqual(['edited a.ts']);
    expect(summarize(plan({ ...scene, force: true }))).toEqual(['write a.ts']);
  });

  test('edited back to what the build would write is no edit', () => {
    expect(summarize(plan({ wanted: { 'a.ts': '2' }, built: { 'a.ts': '1' }, disk: { 'a.ts': '2' } }))).toEqual([]);
  });

  test('with the markers of a merge is regenerated unread', () => {
    expect(summarize(plan({ wanted: { 'a.ts': '2' }, built: { 'a.ts': '1' }, disk: { 'a.ts': CONFLICT } }))).toEqual([
      'write a.ts',
    ]);
  });

  test('without a manifest is refused unless identical', () => {
    expect(summarize(plan({ wanted: { 'a.ts': '2' }, built: {}, disk: { 'a.ts': '1' } }))).toEqual(['unlisted a.ts']);
    expect(summarize(plan({ wanted: { 'a.ts': '2' }, built: {}, disk: { 'a.ts': '2' } }))).toEqual([]);
  });

  test('is never written through a link or over a folder, not even by force', () => {
    const disk = { 'a.ts': { kind: 'symlink' }, 'b.ts': { kind: 'not-a-file' } } as const;
    expect(summarize(plan({ wanted: { 'a.ts': '1', 'b.ts': '1' }, disk, force: true }))).toEqual([
      'symlink a.ts',
      'not-a-file b.ts',
    ]);
  });

  test('that is no longer wanted is deleted only as the last build left it', () => {
    const built = { 'old.ts': '1', 'edited.ts': '1', 'gone.ts': '1', 'merged.ts': '1' };
    const disk = { 'old.ts': '1', 'edited.ts': 'mine', 'merged.ts': CONFLICT, 'foreign.ts': 'mine' };
    expect(summarize(plan({ built, disk }))).toEqual(['delete merged.ts', 'delete old.ts', 'edited edited.ts']);
  });
});

test('a scaffold is written once and never again', () => {
  const scene = { wanted: { 'custom/hooks.ts': '1' }, owner: 'scaffold' } as const;
  expect(summarize(plan({ ...scene, disk: {} }))).toEqual(['write custom/hooks.ts']);
  for (const entry of ['mine', CONFLICT, { kind: 'symlink' }, { kind: 'not-a-file' }] as const) {
    expect(summarize(plan({ ...scene, disk: { 'custom/hooks.ts': entry }, force: true }))).toEqual([]);
  }
});

test('no manifest makes a build delete what is in custom', () => {
  expect(summarize(plan({ built: { 'custom/mine.ts': '1' }, disk: { 'custom/mine.ts': '1' } }))).toEqual([]);
});

describe('a migration', () => {
  const next = 'migrations/0001_create_lead_bbbbbbbb.sql';

  test('that is a draft is replaced', () => {
    const scene = {
      wanted: { [next]: '2' },
      owner: 'history',
      built: { [DRAFT]: '1' },
      disk: { [DRAFT]: '1' },
    } as const;
    expect(summarize(plan(scene))).toEqual([`write ${next}`, `delete ${DRAFT}`]);
  });

  test('that is a draft edited by hand, or of unknown origin, is refused', () => {
    const scene = { wanted: { [next]: '2' }, owner: 'history', disk: { [DRAFT]: 'mine' } } as const;
    expect(summarize(plan({ ...scene, built: { [DRAFT]: '1' } }))).toEqual([`write ${next}`, `edited ${DRAFT}`]);
    expect(summarize(plan({ ...scene, built: {} }))).toEqual([`write ${next}`, `unlisted-migration ${DRAFT}`]);
  });

  test('that is sealed is neither written nor deleted', () => {
    const scene = { disk: { [DRAFT]: '1' }, sealed: [DRAFT], owner: 'history' } as const;
    expect(summarize(plan({ ...scene, built: { [DRAFT]: '1' } }))).toEqual([]);
    expect(summarize(plan({ ...scene, wanted: { [DRAFT]: '2' }, force: true }))).toEqual([`edited ${DRAFT}`]);
  });

  test('that the manifest lists and that is missing stops the build', () => {
    expect(summarize(plan({ built: { [DRAFT]: '1' }, disk: {} }))).toEqual([`missing-migration ${DRAFT}`]);
    expect(summarize(plan({ built: { [DRAFT]: '1' }, disk: {}, force: true }))).toEqual([]);
  });
});

describe('a manifest', () => {
  const files = createFileSet([file('b.ts', '2'), file('a.ts', '1'), file('custom/c.ts', '3', 'scaffold')]);

  test('lists every file but scaffolds, one a line, and reads back', () => {
    const text = emitManifest(files, IDENTITY).text;
    expect(text).toContain(`    "a.ts": "${sha256('1')}",\n    "b.ts": "${sha256('2')}"\n`);
    expect(text).not.toContain('custom');
    expect(parseManifest(text)).toEqual({
      files: new Map([
        ['a.ts', [sha256('1')]],
        ['b.ts', [sha256('2')]],
      ]),
      conflicted: false,
      unproven: [],
    });
  });

  test('in the middle of a merge knows both sides and blocks nothing', () => {
    const mine = `    "a.ts": "${sha256('1')}",`;
    const theirs = `    "a.ts": "${sha256('2')}",\n    "old.ts": "${sha256('3')}",`;
    const text = `{\n<<<<<<< HEAD\n${mine}\n=======\n${theirs}\n>>>>>>> theirs\n}\n`;
    const manifest = parseManifest(text);
    expect(manifest).toEqual({
      files: new Map([
        ['a.ts', [sha256('1'), sha256('2')]],
        ['old.ts', [sha256('3')]],
      ]),
      conflicted: true,
      unproven: [],
    });
    if (manifest === undefined) return;
    const disk = { 'a.ts': 'merged without markers', 'old.ts': '3', 'mine.ts': 'mine' };
    expect(summarize(plan({ wanted: { 'a.ts': '9', 'mine.ts': '9' }, manifest, disk }))).toEqual([
      'write a.ts',
      'delete old.ts',
      'unlisted mine.ts',
    ]);
  });

  test('that is none of ours, or names a path outside, is not believed', () => {
    expect(parseManifest('{"name":"My PWA"}')).toBeUndefined();
    expect(parseManifest(`    "../../etc/passwd": "${sha256('')}"`)).toBeUndefined();
    expect(summarize(plan({ wanted: { 'manifest.json': '1' }, built: {}, disk: { 'manifest.json': 'PWA' } }))).toEqual([
      'unlisted manifest.json',
    ]);
  });

  test('is written last', () => {
    const { writes } = plan({ wanted: { 'manifest.json': '1', 'z.ts': '1' }, disk: {} });
    expect(writes.map(({ path }) => path)).toEqual(['z.ts', 'manifest.json']);
  });
});

test('a path that leaves the output is a compiler bug', () => {
  for (const path of ['../a', '/a', 'a/../b', 'a\\b', 'a//b', '', '.git/config', 'node_modules/a']) {
    expect(() => plan({ wanted: { [path]: '1' }, disk: {} })).toThrow('outside the output');
  }
});

test('two files of one path are a compiler bug', () => {
  expect(() => createFileSet([file('a.ts', '1'), file('a.ts', '2')])).toThrow('two emitters write a.ts');
});

test('markers count only at the start of a line, opening and closing', () => {
  expect(hasConflictMarkers(CONFLICT)).toBe(true);
  expect(hasConflictMarkers(CONFLICT.replaceAll('\n', '\r\n'))).toBe(true);
  expect(hasConflictMarkers('<<<<<<< HEAD\n=======\n')).toBe(false);
  expect(hasConflictMarkers(' <<<<<<< HEAD\n >>>>>>> x\n')).toBe(false);
  expect(hasConflictMarkers('<<<<<<<<\n>>>>>>>>\n')).toBe(false);
});

function plan({
  wanted = {},
  owner = 'compiler',
  built = {},
  manifest,
  disk,
  sealed = [],
  force = false,
}: Scene): WritePlan {
  const listed = createFileSet(Object.entries(built).map(([path, text]) => file(path, text)));
  return planWrites({
    desired: createFileSet(Object.entries(wanted).map(([path, text]) => file(path, text, owner))),
    manifest: manifest ?? parseManifest(emitManifest(listed, IDENTITY).text),
    disk: new Map(Object.entries(disk).map(([path, entry]) => [path, diskEntry(entry)])),
    sealed: new Set(sealed),
    force,
  });
}

function diskEntry(entry: string | DiskEntry): DiskEntry {
  if (typeof entry !== 'string') return entry;
  return { kind: 'file', sha256: sha256(entry), ruined: isRuined(Buffer.from(entry)) };
}

function file(path: string, text: string, owner: FileOwner = 'compiler'): OutputFile {
  return { path, text, owner };
}

function summarize({ writes, deletes, refusals }: WritePlan): readonly string[] {
  return [
    ...writes.map(({ path }) => `write ${path}`),
    ...deletes.map((path) => `delete ${path}`),
    ...refusals.map(({ path, reason }) => `${reason} ${path}`),
  ];
}

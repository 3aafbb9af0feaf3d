import { planChecklist, type ChecklistItem, type ChecklistSection } from '../../plan/checklist.ts';
import type { Emitter } from '../emitter.ts';
import { MARKDOWN_HEADER } from '../header.ts';
import { document, prose } from '../text/markdown.ts';

type Ticks = Readonly<Record<string, string>>;

/** Prints `app/docs/backend_todos_<app>.md`: what the compiler has done and what is left to people. */
export const emitChecklist: Emitter = ({ app, resources, migrations, ticks }) => {
  const lines = [
    ...MARKDOWN_HEADER,
    '',
    `# To do: ${prose(app.name)}`,
    '',
    "A tick is the compiler's where it can prove the item done. Tick the others in `custom/todos.yaml`, as `id: note`, and recompile.",
    '',
    ...planChecklist(app, resources, migrations).flatMap((section) => sectionLines(section, ticks)),
  ];
  return [{ path: `app/docs/backend_todos_${app.name}.md`, text: document(lines), owner: 'compiler' }];
};

function sectionLines({ title, items }: ChecklistSection, ticks: Ticks): readonly string[] {
  return [`## ${title}`, '', ...items.map((item) => itemLine(item, ticks)), ''];
}

function itemLine({ id, title, done }: ChecklistItem, ticks: Ticks): string {
  const note = Object.hasOwn(ticks, id) ? ticks[id] : undefined;
  const mark = done || note !== undefined ? 'x' : ' ';
  const shown = note === undefined || prose(note) === '' ? '' : ` (${prose(note)})`;
  return `- [${mark}] \`${id}\` ${title}${shown}`;
}

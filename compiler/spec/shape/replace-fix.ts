import type { Fix } from '../../diagnostics/diagnostic.ts';
import type { ShapeContext } from './shape-context.ts';

/** Puts another text in the place of a value. */
export function replaceFix({ document }: ShapeContext, pointer: string, text: string | undefined): Fix | undefined {
  const place = document.place(pointer);
  if (text === undefined || place === undefined || place.style === 'empty') return undefined;
  return {
    description: describe(text),
    edits: [document.source.edit(...place.value, text)],
  };
}

/** The option of a report, where there is a fix. */
export function withFix(fix: Fix | undefined): { readonly fix?: Fix } {
  return fix === undefined ? {} : { fix };
}

function describe(text: string): string {
  if (text === 'true' || text === 'false') return `write ${text} without quotes`;
  return /^[a-z][\w-]*$/i.test(text) ? `write "${text}"` : `write ${text.replaceAll(/\s*\n\s*/g, ', ')}`;
}

import type { AttributeDifference, CatalogueDifference } from './compare-catalogues.ts';

/** One line on one difference: `column leads.score: type is integer, not bigint`. */
export function describeDifference({ kind, name, change, attributes }: CatalogueDifference): string {
  switch (change) {
    case 'missing':
      return `${kind} ${name} is missing`;
    case 'added':
      return `${kind} ${name} is not part of the migrations`;
    case 'changed':
      return `${kind} ${name}: ${attributes.map(describeAttribute).join(', ')}`;
    default:
      return change satisfies never;
  }
}

function describeAttribute({ name, wanted, found }: AttributeDifference): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  if (wanted?.includes('\n') === true && found?.includes('\n') === true)
    return `${words} ${lineThatDiffers(wanted, found)}`;
  if (found === undefined) return `${words} is gone, it was ${inOneLine(wanted)}`;
  return wanted === undefined
    ? `${words} is ${inOneLine(found)}, and should be none`
    : `${words} is ${inOneLine(found)}, not ${inOneLine(wanted)}`;
}

/** Of two texts of several lines, as bodies of functions are, the first line that is not alike. */
function lineThatDiffers(wanted: string, found: string): string {
  const [wants, finds] = [wanted.split('\n'), found.split('\n')];
  const at = wants.findIndex((line, index) => line !== finds[index]);
  const place = at < 0 ? wants.length : at;
  return `differs in line ${place + 1}: it is ${spoken(finds[place])}, not ${spoken(wants[place])}`;
}

function spoken(line: string | undefined): string {
  return line === undefined ? 'none' : `"${line.trim()}"`;
}

function inOneLine(text: string | undefined): string {
  return (text ?? 'none').trim().replace(/\s*\n\s*/g, ' ');
}

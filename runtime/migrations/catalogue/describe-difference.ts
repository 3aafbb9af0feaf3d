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
  if (found === undefined) return `${words} is gone, it was ${wanted}`;
  return wanted === undefined ? `${words} is ${found}, and should be none` : `${words} is ${found}, not ${wanted}`;
}

import { Document, visit } from 'yaml';
import { resolveSchema, type SchemaNode } from '../../compiler/spec/shape/schema-node.ts';

/** What may stand at a key, in a few words; only an attribute of a field may be a list because the field is `many`. */
export function describeNode(unresolved: SchemaNode, isOfField = false): string {
  const node = resolveSchema(unresolved);
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  if (node.enum !== undefined) return node.enum.map((word) => `\`${String(word)}\``).join(', ');
  const types = [node.type ?? []].flat();
  if (types.length === 0) return 'any value';
  return types.map((type, index) => `${index === 0 ? '' : joint(isOfField, type)}${describeType(type, node)}`).join('');
}

function joint(isOfField: boolean, type: string): string {
  return isOfField && type === 'array' ? '; with `many`, ' : ', or ';
}

function describeType(type: string, node: SchemaNode): string {
  switch (type) {
    case 'array':
      return `a list of ${span(node.minItems, node.maxItems)}${node.items ? itemOf(node.items) : 'any'}`;
    case 'object':
      return describeMap(node);
    case 'string':
      return node['x-form'] ?? `text${bounds('of', node.minLength, node.maxLength, ' characters')}`;
    case 'integer':
      return `a whole number${bounds('from', node.minimum, node.maximum, '')}`;
    case 'number':
      return `a number${bounds('from', node.minimum, node.maximum, '')}`;
    case 'boolean':
      return '`true` or `false`';
    default:
      return `\`${type}\``;
  }
}

function itemOf(items: SchemaNode): string {
  const node = resolveSchema(items);
  return node.enum === undefined && node['x-form'] === undefined ? 'such values' : `items: ${describeNode(node)}`;
}

function describeMap(node: SchemaNode): string {
  if (typeof node.additionalProperties !== 'object') return `a map: [${nounOf(node)}](#${anchorOf(node)})`;
  const value = resolveSchema(node.additionalProperties);
  const held = value['x-noun'] === undefined ? describeNode(value) : `[${nounOf(value)}](#${anchorOf(value)})`;
  return `a map of ${span(node.minProperties, node.maxProperties)}entries: from ${node.propertyNames?.['x-form'] ?? 'a name'} to ${held}`;
}

function nounOf(node: SchemaNode): string {
  return node['x-noun'] ?? 'a map';
}

/** The heading that a map is described under. */
export function anchorOf(node: SchemaNode): string {
  return node['x-kind'] === 'field' ? 'fields' : (node['x-kind'] ?? '').toLowerCase();
}

function span(least: number | undefined, most: number | undefined): string {
  return most === undefined ? '' : `${least ?? 0} to ${most} `;
}

function bounds(word: string, least: number | undefined, most: number | undefined, unit: string): string {
  if (most === undefined) return least === undefined ? '' : ` ${word} ${least}${unit} on`;
  return least === undefined ? ` ${word} at most ${most}${unit}` : ` ${word} ${least} to ${most}${unit}`;
}

/** Expressions stand in double quotes. */
const IS_CONDITION = /\brecord\./;

/** `key: value` on one line, quoted as the language asks for. */
export function exampleOf(key: string, value: unknown): string {
  const document = new Document({ [key]: value });
  visit(document, {
    Collection: (_, node) => {
      if (node !== document.contents) node.flow = true;
    },
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && IS_CONDITION.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true }).trimEnd();
  return key === 'pattern' ? `pattern: '${String(value)}'` : text;
}

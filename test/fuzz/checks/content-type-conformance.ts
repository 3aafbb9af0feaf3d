import { resolve } from '../../tour/document.ts';
import type { ConformanceCheck } from '../check.ts';

/** Schemathesis' `content_type_conformance`: the body is of a declared type, and none comes where none is declared. */
export const contentTypeConformance: ConformanceCheck = {
  name: 'content_type_conformance',
  judge: ({ document, operation, answer }) => {
    const response = resolve(document, operation.responses[String(answer.status)]);
    const types = Object.keys(resolve(document, response['content']));
    if (types.length === 0) return answer.raw === '' ? [] : ['there is a body, and none is declared'];
    const type = mediaTypeOf(answer.headers);
    return types.includes(type) ? [] : [`the content type is "${type}", not ${types.join(' or ')}`];
  },
};

/** Without its parameters. */
export function mediaTypeOf(headers: Headers): string {
  return headers.get('content-type')?.split(';')[0] ?? '';
}

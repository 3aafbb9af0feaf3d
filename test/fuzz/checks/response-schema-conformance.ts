import { resolve } from '../../tour/document.ts';
import { isObject } from '../../tour/json.ts';
import type { ConformanceCheck } from '../check.ts';
import { mediaTypeOf } from './content-type-conformance.ts';

/** Schemathesis' `response_schema_conformance`: the body is as the schema says, and a problem names its own status. */
export const responseSchemaConformance: ConformanceCheck = {
  name: 'response_schema_conformance',
  judge: ({ document, schemas, operation, answer: { status, headers, body } }) => {
    const response = resolve(document, operation.responses[String(status)]);
    const type = mediaTypeOf(headers);
    const media = resolve(document, response['content'])[type];
    if (media === undefined) return [];
    const problem = schemas.against(resolve(document, resolve(document, media)['schema']), body);
    const wrongStatus = isObject(body) && type === 'application/problem+json' && body['status'] !== status;
    return [
      ...(problem === undefined ? [] : [`the body breaks its schema: ${problem}`]),
      ...(wrongStatus ? ['the problem names another status'] : []),
    ];
  },
};

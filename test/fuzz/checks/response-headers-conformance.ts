import { resolve, typesOf } from '../../tour/document.ts';
import type { Json } from '../../tour/json.ts';
import type { ConformanceCheck } from '../check.ts';

/** Schemathesis' `response_headers_conformance`: required headers are there, and each is as its schema says. */
export const responseHeadersConformance: ConformanceCheck = {
  name: 'response_headers_conformance',
  judge: ({ document, schemas, operation, answer }) => {
    const response = resolve(document, operation.responses[String(answer.status)]);
    return Object.entries(resolve(document, response['headers'])).flatMap(([name, node]) => {
      const declared = resolve(document, node);
      const text = answer.headers.get(name);
      if (text === null) return declared['required'] === true ? [`the header ${name} is missing`] : [];
      const schema = resolve(document, declared['schema']);
      const value: Json = typesOf(schema).includes('integer') ? Number(text) : text;
      const problem = schemas.against(schema, value);
      return problem === undefined ? [] : [`the header ${name} breaks its schema: ${problem}`];
    });
  },
};

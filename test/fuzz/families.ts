import { documentedRequests } from './requests/documented-requests.ts';
import { examples } from './requests/examples.ts';
import { invalidDynamicObject } from './requests/invalid-dynamic-object.ts';
import { invalidValues } from './requests/invalid-values.ts';
import { keyedCreates } from './requests/keyed-creates.ts';
import type { RequestFamily } from './requests/makers.ts';
import { malformedJson } from './requests/malformed-json.ts';
import { oddBodies } from './requests/odd-bodies.ts';
import { oddHeaders } from './requests/odd-headers.ts';
import { oddQueries, refusedQueries } from './requests/odd-queries.ts';
import { oddTransport } from './requests/odd-transport.ts';
import { pages } from './requests/pages.ts';
import { payloadBody } from './requests/payload-body.ts';

/** All requests that the fuzzer makes; those named in one word are RESTler's checkers of that name. */
export const FAMILIES: readonly RequestFamily[] = [
  documentedRequests,
  examples,
  invalidDynamicObject,
  invalidValues,
  keyedCreates,
  malformedJson,
  oddBodies,
  oddHeaders,
  oddQueries,
  oddTransport,
  pages,
  payloadBody,
  refusedQueries,
];

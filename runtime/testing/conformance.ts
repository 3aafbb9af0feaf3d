import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { assume } from '../assume.ts';

/** The parts of an OpenAPI document that answers are held against. */
interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface OpenApiOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, OpenApiResponse | OpenApiRef>>;
}

interface OpenApiResponse {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean } | OpenApiRef>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface OpenApiRef {
  readonly $ref: string;
}

/** One answer as it went over the wire. */
export interface ObservedAnswer {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** An operation of the document and one status that it declares. */
export interface DeclaredStatus {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

const FORMATS = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/,
  email: /^[^\s@]+@[^\s@]+$/,
  uri: /^https?:\/\/\S+$/,
  'uri-reference': /^\S*$/,
  timezone: /^[A-Za-z][\w+/-]*$/,
  int32: true,
  int64: /^-?\d+$/,
  decimal: /^-?\d+(\.\d+)?$/,
  double: true,
} as const;

/** Holds every answer against an OpenAPI document, and remembers which declared statuses were seen. */
export class Conformance {
  readonly #document: OpenApiDocument;
  readonly #validators = new Map<object, ValidateFunction>();
  readonly #ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    formats: FORMATS,
    // A key may be called `valueOf`: what a prototype has is no member of an answer.
    ownProperties: true,
  });
  readonly #seen = new Set<string>();

  constructor(document: unknown) {
    // The document was compiled; what does not fit it shows as a failing test.
    this.#document = assume<OpenApiDocument>(document);
  }

  /** @throws Error that says how the answer departs from the document; requests of no operation are left alone. */
  check(answer: ObservedAnswer): void {
    const operation = this.#operationOf(answer);
    if (operation === undefined) return;
    const name = `${operation.operationId} answered ${answer.status}`;
    const declared = operation.responses[String(answer.status)];
    if (declared === undefined) throw new Error(`${name}, which openapi.json does not declare: ${answer.text}`);
    this.#seen.add(`${operation.operationId} ${answer.status}`);
    const response = this.#resolve(declared);
    this.#checkHeaders(name, response, answer.headers);
    this.#checkBody(name, response, answer);
  }

  /** Every declared status that no answer had yet. */
  unseen(): readonly DeclaredStatus[] {
    return Object.entries(this.#document.paths)
      .flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })))
      .flatMap(({ path, method, operation: { operationId, responses } }) =>
        Object.keys(responses).map((status) => ({ operationId, method, path, status: Number(status) })),
      )
      .filter(({ operationId, status }) => !this.#seen.has(`${operationId} ${status}`));
  }

  #operationOf({ method, path }: ObservedAnswer): OpenApiOperation | undefined {
    const found = Object.entries(this.#document.paths).find(([template]) => matches(template, path));
    return found?.[1][method.toLowerCase()];
  }

  #checkHeaders(name: string, { headers = {} }: OpenApiResponse, sent: Headers): void {
    const missing = Object.entries(headers).filter(
      ([key, header]) => this.#resolve(header).required === true && !sent.has(key),
    );
    if (missing.length > 0) throw new Error(`${name} without the header ${missing.map(([key]) => key).join(', ')}`);
  }

  #checkBody(name: string, { content = {} }: OpenApiResponse, { headers, text }: ObservedAnswer): void {
    const type = headers.get('content-type')?.split(';')[0];
    const [declared] = Object.keys(content);
    if (declared === undefined) {
      if (text !== '') throw new Error(`${name} with a body, which openapi.json does not declare: ${text}`);
      return;
    }
    if (type !== declared) throw new Error(`${name} as ${type}, not as ${declared}`);
    const schema = content[declared]?.schema ?? {};
    const validate = this.#validatorOf(schema);
    if (!validate(JSON.parse(text))) throw new Error(`${name}: ${this.#ajv.errorsText(validate.errors)} in ${text}`);
  }

  #validatorOf(schema: object): ValidateFunction {
    const known = this.#validators.get(schema);
    if (known !== undefined) return known;
    const validate = this.#ajv.compile({ allOf: [schema], components: this.#document.components });
    this.#validators.set(schema, validate);
    return validate;
  }

  #resolve<Node extends object>(node: Node | OpenApiRef): Node {
    if (!('$ref' in node)) return node;
    const path = node.$ref.replace('#/', '').split('/');
    // References of a compiled document lead to a node of the kind that stands in their place.
    return assume<Node>(
      path.reduce<unknown>((parent, key) => Reflect.get(assume<object>(parent), key), this.#document),
    );
  }
}

function matches(template: string, path: string): boolean {
  const [expected, given] = [template.split('/'), path.split('/')];
  return (
    expected.length === given.length && expected.every((part, index) => part.startsWith('{') || part === given[index])
  );
}

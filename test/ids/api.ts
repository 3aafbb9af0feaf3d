export interface Answer {
  readonly status: number;
  readonly body: { readonly [key: string]: unknown };
  readonly headers: Headers;
}

/** Asks the backend that the tests share. */
export interface Api {
  readonly send: (
    method: string,
    path: string,
    body?: object,
    headers?: Readonly<Record<string, string>> | '',
  ) => Promise<Answer>;
}

/** @param base address of the backend, once it runs */
export function apiAt(base: () => string): Api {
  return {
    send: async (method, path, body, more) => {
      const headers = { ...(body !== undefined && { 'content-type': 'application/json' }), ...(more || undefined) };
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const response = await fetch(`${base()}${path}`, init);
      const text = await response.text();
      return { status: response.status, body: JSON.parse(text || '{}'), headers: response.headers };
    },
  };
}

import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

/** Sends a request without a body, whatever its method. */
export async function request(
  url: URL,
  method: string,
): Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders }> {
  return new Promise((done, fail) => {
    const outgoing = httpRequest(url, { method, timeout: 5000 }, (response) => {
      response.resume();
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer to ${method} ${url.pathname}`)));
    outgoing.on('error', fail);
    outgoing.end();
  });
}

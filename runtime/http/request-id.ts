import { uuidV7 } from './uuid.ts';

/** Header of the request id, in both directions. */
export const REQUEST_ID_HEADER = 'x-request-id';

const ACCEPTED = /^[\w.:+/=@-]{1,128}$/;

/** The caller's id where it is one (1 to 128 visible characters, none that a log or header could trip over), else a new one. */
export function chooseRequestId(sent: string | undefined): string {
  return sent !== undefined && ACCEPTED.test(sent) ? sent : uuidV7();
}

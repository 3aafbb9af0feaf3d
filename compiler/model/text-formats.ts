/** RFC 4122 spelling, whatever the version bits. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Most characters of an id that is a text. */
export const MAX_ID = 255;

/**
 * An id that is a text: what a path can hold as it is, but for `|`. It has no comma, which parts the ids of a filter,
 * and begins with no dot, which paths would resolve.
 */
export const TEXT_ID = '^[A-Za-z0-9_~:@|+=-][A-Za-z0-9_~:@|+=.-]*$';

/** E.164. */
export const PHONE = /^\+[1-9]\d{6,14}$/;

/** A decimal whole number, no leading zeros. */
export const WHOLE_NUMBER = /^-?(0|[1-9]\d{0,18})$/;

const EMAIL = /^(?:[\w'+-]+\.)*[\w'+-]*[\w+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;
const TIME_ZONE = /^(?:UTC|GMT|[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*){1,2})$/;
const URL_CHARACTERS = /^https?:\/\/[\w.~:/?#[\]@!$&'()*+,;=%-]+$/i;

export const MAX_EMAIL = 254;
export const MAX_TIME_ZONE = 64;
export const MAX_URL = 2048;

/** The addresses that zod's default e-mail check admits. */
export function isEmail(text: string): boolean {
  return text.length <= MAX_EMAIL && EMAIL.test(text);
}

/** `UTC`, or the shape `Area/City`: which zones exist is known to the server, not to the compiler. */
export function isTimeZoneName(text: string): boolean {
  return text.length <= MAX_TIME_ZONE && TIME_ZONE.test(text);
}

/** Absolute, http or https, only the characters that RFC 3986 allows. */
export function isWebUrl(text: string): boolean {
  return text.length <= MAX_URL && URL_CHARACTERS.test(text) && URL.canParse(text);
}

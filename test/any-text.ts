import fc from 'fast-check';

const characters = fc.oneof(fc.integer({ min: 0, max: 0xd7_ff }), fc.integer({ min: 0xe0_00, max: 0x10_ff_ff }));

/**
 * Well-formed text of any characters, at most so many. `fc.string({ unit: 'binary' })` makes such text too, after it
 * spent seconds on a table of them all.
 */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc.array(characters, { maxLength }).map((codes) => String.fromCodePoint(...codes));
}

/** The same as Postgres can store it. */
export function anyStorableText(maxLength: number): fc.Arbitrary<string> {
  return anyText(maxLength).map((text) => text.replaceAll('\0', ''));
}

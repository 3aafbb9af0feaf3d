/** `write "Account"`, or what can be said without a guess; follows a semicolon. */
export function nameHint(closest: string | undefined, otherwise: string): string {
  return closest === undefined ? otherwise : `write "${closest}"`;
}

/**
 * The one place where a type is asserted and not proven. Each call says in a comment why it holds.
 */
export function assume<Type>(value: unknown): Type {
  return value as Type;
}

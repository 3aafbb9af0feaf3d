/**
 * A bounded cache of what depends on the shape of a request (which filters, which sort, which
 * columns): least recently used first out.
 */
export class Variants<Value> {
  readonly #limit: number;
  readonly #values = new Map<string, Value>();
  #latest = '';

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value kept under `key`, made by `build` when there is none. */
  get(key: string, build: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined && key === this.#latest) return known;
    if (known !== undefined) this.#values.delete(key);
    const value = known ?? build();
    this.#values.set(key, value);
    this.#latest = key;
    if (this.#values.size > this.#limit) this.#values.delete(this.#values.keys().next().value ?? '');
    return value;
  }
}

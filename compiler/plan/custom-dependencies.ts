/** Where code in `custom/` names the packages that it imports, in a backend. */
export const DEPENDENCIES_PATH = 'custom/dependencies.json';

/** Both keys of the file, as `package.json` has them. */
export const DEPENDENCY_KINDS = ['dependencies', 'devDependencies'] as const;

/** A package that code in `custom/` needs. */
export interface CustomDependency {
  readonly kind: (typeof DEPENDENCY_KINDS)[number];
  readonly name: string;
  /** As npm reads it: a version, a range, a tag or an address. */
  readonly version: string;
}

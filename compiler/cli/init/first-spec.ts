import { entityNames } from '../../model/naming.ts';

/** What the first spec is named after. */
export interface FirstSpec {
  /** Kebab-case. */
  readonly name: string;
  /** PascalCase. */
  readonly entity: string;
}

/** A spec that compiles, shows what one usually needs first, and says what the lines mean. @param schema where editors find the language's */
export function writeFirstSpec({ name, entity }: FirstSpec, schema: string): string {
  const { path, words } = entityNames(entity);
  return `# yaml-language-server: $schema=${schema}
# The line above gives editors completion and checks. The language's version comes first.
supercompile: 1
name: ${name}
description: Keeps track of ${entityNames(entity).wordsPlural}.

# Who calls is not known yet: nobody signs in, and every caller is "anonymous".
auth:
  provider: none

entities:
  # One entity is a table, its types, and its routes: /${path} and /${path}/{id}.
  # Every row also has an id, createdAt, updatedAt and a version for ETags.
  ${entity}:
    description: A ${words}.
    fields:
      # Every field is required unless it is optional or has a default, and every size has a limit.
      name: { type: string, maxLength: 200 }
      notes: { type: text, maxLength: 10000, optional: true }
      dueOn: { type: date, optional: true }
      priority: { type: integer, min: 1, max: 5, default: 3 }
      # A state machine: the API and the database refuse any change that is not written here.
      state:
        type: enum
        values: [open, active, done]
        default: open
        transitions:
          open: [active]
          active: [open, done]
      # A link to another entity is a field too, as in:
      # owner: { type: reference, to: Person, onDelete: restrict }
    list:
      # What GET /${path} filters and sorts by; each gets the index that it needs.
      filter: [state, dueOn]
      sort: [createdAt, dueOn, priority]
    access:
      # Without a grant nobody may do anything: take "delete" away, and its route is gone.
      everyone: { roles: [anonymous], allow: [create, read, update, delete], rows: all }
`;
}

/** What no repository of a spec should hold; the compiled backend brings its own. */
export const FIRST_GITIGNORE = `node_modules/
.env
*.log
`;

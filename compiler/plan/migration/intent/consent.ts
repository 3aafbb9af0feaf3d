/** What the author may allow, object by object, in the database's names. */
export type Consent =
  | { readonly kind: 'dropTable' | 'rewriteTable' | 'changeKey' | 'changeAccess'; readonly table: string }
  | { readonly kind: 'dropColumn' | 'retype' | 'require'; readonly table: string; readonly column: string }
  | { readonly kind: 'dropIdentity' | 'dropExpression'; readonly table: string; readonly column: string }
  | { readonly kind: 'dropValue'; readonly enum: string; readonly value: string }
  | { readonly kind: 'reorderValues'; readonly enum: string }
  | { readonly kind: 'cascade'; readonly table: string; readonly name: string }
  /** `column`: the one to name where the rule is no object of the table. */
  | { readonly kind: 'validate'; readonly table: string; readonly name: string; readonly column?: string }
  | { readonly kind: 'dropExtension'; readonly name: string };

/** `drop column orders.note`: identifies a consent. */
export function consentText(consent: Consent): string {
  switch (consent.kind) {
    case 'dropTable':
      return `drop table ${consent.table}`;
    case 'rewriteTable':
      return `rewrite table ${consent.table}`;
    case 'changeKey':
      return `change primary key ${consent.table}`;
    case 'changeAccess':
      return `authz ${consent.table}`;
    case 'dropColumn':
      return `drop column ${consent.table}.${consent.column}`;
    case 'retype':
      return `retype ${consent.table}.${consent.column}`;
    case 'require':
      return `require ${consent.table}.${consent.column}`;
    case 'dropIdentity':
      return `drop identity ${consent.table}.${consent.column}`;
    case 'dropExpression':
      return `drop expression ${consent.table}.${consent.column}`;
    case 'dropValue':
      return `remove value ${consent.enum}.${consent.value}`;
    case 'reorderValues':
      return `reorder values ${consent.enum}`;
    case 'validate':
      return `validate ${consent.name}`;
    case 'cascade':
      return `cascade ${consent.name}`;
    case 'dropExtension':
      return `drop extension ${consent.name}`;
    default:
      return consent satisfies never;
  }
}

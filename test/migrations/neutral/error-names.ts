import type { Refusal } from '../../../compiler/plan/migration/diff/refusal.ts';

/** How the cases call what the planner refuses. */
export function errorName(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'unknownTarget':
      return 'unknown_table_in_foreign_key';
    case 'unknownColumn':
      return `unknown_column_in_${refusal.where.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    case 'unknownType':
      return 'unknown_type';
    case 'unknownFunction':
      return 'unknown_function_in_trigger';
    case 'duplicate':
      return refusal.what === 'value' ? 'duplicate_enum_value' : `duplicate_${refusal.what}_name`;
    case 'nameTooLong':
      return refusal.what === 'value' ? 'enum_label_too_long' : 'identifier_too_long';
    case 'severalPrimaryKeys':
      return 'several_primary_keys';
    case 'typeMismatch':
      return 'foreign_key_type_mismatch';
    case 'notUnique':
      return 'foreign_key_target_not_unique';
    case 'setNullOnRequired':
      return 'set_null_on_required_column';
    case 'defaultNotAValue':
      return 'default_is_not_an_enum_value';
    case 'castUndeclared':
      return 'cast_must_be_declared';
    case 'ambiguousTable':
    case 'ambiguousColumn':
    case 'ambiguousValue':
      return 'ambiguous_rename';
    case 'renameClaimedTwice':
      return 'rename_claimed_twice';
    case 'renameSourcePresent':
      return 'rename_source_still_present';
    case 'mappedToNothing':
      return 'unknown_enum_value_in_mapping';
    case 'schemaRenamed':
      return 'schema_renamed';
    default:
      return refusal satisfies never;
  }
}

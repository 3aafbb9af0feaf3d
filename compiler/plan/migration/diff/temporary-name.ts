import { derivedName } from '../../../model/naming.ts';

/** `leads_email_key__sc_old`: a name for as long as something stands aside; always the same for the same name. */
export function temporaryName(name: string, end: 'old' | 'new'): string {
  return derivedName(name, [], `_sc_${end}`);
}

/** How rows are named: by UUIDs or numbers that the server gives, or by texts that their creates bring. */
export type IdKind = 'uuid' | 'bigint' | 'string';

/** What every entity has without declaring it. */
export const SYSTEM_FIELDS: readonly string[] = ['id', 'createdAt', 'updatedAt', 'version'];

/** Those that lists may name. */
export const SYSTEM_TIMES: readonly string[] = ['createdAt', 'updatedAt'];

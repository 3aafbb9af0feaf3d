/** Codes that the history causes and not the spec: `history.test.ts` has a case of each. */
export const HISTORY_CODES = ['SC4101', 'SC4102', 'SC4103', 'SC4104', 'SC4105', 'SC4106'] as const;

import { expect, test } from 'vitest';
import { environmentVariables as documented } from '../../../compiler/plan/environment.ts';
import { environmentVariables } from '../../../runtime/environment/environment-variables.ts';
import type { EnvironmentVariable } from '../../../runtime/environment/read-environment.ts';

test('what .env.example documents is what the runtime reads', () => {
  const table: Readonly<Record<string, EnvironmentVariable<unknown>>> = environmentVariables;
  const read = Object.entries(table).map(([name, { default: value, secret = false }]) => [name, value, secret]);
  const told = documented.map((variable) => [variable.name, variable.default, variable.secret]);
  expect(told.toSorted()).toEqual(read.toSorted());
});

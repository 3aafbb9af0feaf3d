import type { Database } from '../../runtime/database/database.ts';
import type { Expression } from '../../compiler/expression/expression.ts';
import { valueSql } from '../../compiler/plan/expression/expression-sql.ts';
import type { SqlPlace } from '../../compiler/plan/expression/sql-writer.ts';
import { createChance } from './random.ts';
import { randomChoice, randomCondition } from './random-tree.ts';
import { evaluate, type Reference } from './reference.ts';
import { printTree, type Tree } from './tree.ts';
import { compiled, compiledPredicate, fillWorld, linkedRows, sqlVerdicts, worldScope } from './verdicts.ts';
import { createWorld } from './world.ts';

/** What a comparison found. */
export interface Comparison {
  /** Every disagreement, at most twenty. */
  readonly differences: readonly string[];
  readonly verdicts: { readonly yes: number; readonly no: number };
  /** `< 0 null`, `< 1 value`: how often an operator met such an operand. */
  readonly operands: ReadonlyMap<string, number>;
}

const BATCH = 40;
const ROWS = 8;

/** The two rules that random expressions use, as the reference knows them. */
const record = (entity: 'Person' | 'Thing', ...links: readonly string[]) => ({ name: 'record', entity, links });
const GROWN: Tree = {
  op: '>=',
  args: [
    { op: 'field', row: record('Person'), key: 'age', sort: 'int' },
    { op: 'literal', sort: 'int', text: '18' },
  ],
};
const RULES = {
  Person: { grown: GROWN },
  Thing: {
    kept: {
      op: '||',
      args: [
        { op: 'rule', row: record('Thing', 'home'), name: 'grown', means: GROWN },
        { op: 'field', row: record('Thing'), key: 'flag', sort: 'bool' },
      ],
    },
    cheap: {
      op: '<',
      args: [
        { op: 'field', row: record('Thing'), key: 'price', sort: 'dec' },
        { op: 'literal', sort: 'int', text: '10' },
      ],
    },
  },
  Part: {},
} as const;

/** Compares SQL, predicate and reference on random conditions, each over every row of a random world. */
export async function compareVerdicts(database: Database, seed: number, count: number): Promise<Comparison> {
  const chance = createChance(seed);
  const world = createWorld(chance, ROWS);
  const { app, scope, place } = worldScope();
  const rows = linkedRows(world).Thing;
  const differences: string[] = [];
  const operands = new Map<string, number>();
  const verdicts = { yes: 0, no: 0 };
  await database.transaction((on) => fillWorld(on, world, app));
  for (let done = 0; done < count; done += BATCH) {
    const trees = Array.from({ length: Math.min(BATCH, count - done) }, () =>
      randomCondition(chance, RULES, 2 + chance.integer(3)),
    );
    const expressions = trees.map((tree) => compiled(printTree(tree), scope));
    const sql = await sqlVerdicts(database, expressions, place);
    const choices = trees.map(() => compiled(`${printTree(randomChoice(chance, RULES))} == null`, scope));
    for (const text of await absentChoices(database, choices, place))
      differences.push(`seed ${seed}: absent for a row, and should be for none: ${text}`);
    const reference: Reference = {
      world,
      now: sql.now,
      note: (operator, values) =>
        values.forEach((value, side) => {
          const key = `${operator} ${side} ${value === null ? 'null' : 'value'}`;
          operands.set(key, (operands.get(key) ?? 0) + 1);
        }),
    };
    for (const [index, tree] of trees.entries()) {
      const expression = expressions[index];
      if (expression === undefined) continue;
      const ask = compiledPredicate(expression);
      for (const [at, row] of world.Thing.entries()) {
        const expected = evaluate(tree, new Map([['record', { row }]]), reference) === true;
        verdicts[expected ? 'yes' : 'no'] += 1;
        const found = `${sql.verdicts[index]?.[at]},${String(ask(rows[at], sql.now))}`;
        const wanted = `${expected},${expected},${expected}`;
        if (found !== wanted && differences.length < 20)
          differences.push(
            `seed ${seed}: ${printTree(tree)}\nrow ${JSON.stringify(row)}\nsql,where,predicate ${found}, reference ${expected}`,
          );
      }
    }
  }
  return { differences, verdicts, operands };
}

/** Choices, each compared with null, that are said to be always there, and are absent for some row. */
async function absentChoices(
  on: Database,
  comparisons: readonly Expression[],
  place: SqlPlace,
): Promise<readonly string[]> {
  const values = comparisons.flatMap((one) =>
    one.kind === 'equal' && !one.left.nullable ? [valueSql(one.left, place)] : [],
  );
  const selects = values.map((value, index) => `select ${index} from public.things record where (${value}) is null`);
  const { rows } = await on.query({ text: selects.join('\nunion\n'), values: [] });
  return rows.map(([index]) => values[Number(index)] ?? '');
}

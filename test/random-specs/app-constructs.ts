import type { AppPlace, Construct } from './construct.ts';
import { PROSE } from './names.ts';
import { pick } from './pick.ts';

/** What the app may have besides entities. */
export const APP_CONSTRUCTS: readonly Construct<AppPlace>[] = [
  { name: 'mixins', share: 50, add: addMixin },
  { name: 'an app description', share: 30, add: ({ spec }) => void (spec.more['description'] = PROSE) },
  {
    name: 'api',
    share: 50,
    add: ({ draw, spec }) =>
      void (spec.more['api'] = {
        basePath: pick(draw, ['/v1', '/api/v1', '/a.b-c/d_e']),
        bodyLimit: pick(draw, ['64KB', '1MB', '3MB']),
      }),
  },
  {
    name: 'database',
    share: 50,
    add: ({ draw, spec }) => void (spec.more['database'] = { schema: pick(draw, ['crm', 'user', 'select', 'x1']) }),
  },
  {
    name: 'unmanaged',
    share: 30,
    add: ({ spec }) =>
      void (spec.more['database'] = { ...Object(spec.more['database']), unmanaged: ['folders.legacy'] }),
  },
];

/** A field of the first entity, which others get too. */
function addMixin({ draw, spec }: AppPlace): void {
  const [first, ...others] = Object.values(spec.entities);
  const plain = Object.entries(first?.fields ?? {}).filter(
    ([, { type, computed }]) => !type.startsWith('reference') && computed === undefined,
  );
  if (first === undefined || plain.length === 0 || Object.keys(first.fields).length < 2) return;
  const [name, field] = pick(draw, plain);
  delete first.fields[name];
  spec.more['mixins'] = { shared: { fields: { [name]: field } } };
  for (const entity of [first, ...others.slice(0, 1)]) entity.more['mixins'] = ['shared'];
}

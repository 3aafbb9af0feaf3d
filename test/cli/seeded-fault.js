// Loaded before the command: a planner whose SQL lacks what the environment names, as a bug of it would.
import { registerHooks } from 'node:module';

registerHooks({
  load(url, context, next) {
    const module = next(url, context);
    if (!url.endsWith('/operation-sql.ts')) return module;
    const source = String(module.source).replace("case 'dropColumn':\n      return `drop column ${name}`", (text) =>
      text.replace('drop column ${name}', 'alter column ${name} drop default'),
    );
    return { ...module, source };
  },
});

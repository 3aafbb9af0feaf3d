import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../../diagnostics/reporter.ts';
import { unlocated } from '../../diagnostics/span.ts';
import type { HistoryProblem } from './read-history.ts';

/** One diagnostic a problem, each at its file of `migrations/`. */
export function reportHistory(problems: readonly HistoryProblem[]): readonly Diagnostic[] {
  return problems.map(reportProblem);
}

function reportProblem(problem: HistoryProblem): Diagnostic {
  const { file } = problem;
  const document = unlocated(`migrations/${file}`);
  switch (problem.kind) {
    case 'missing':
      return createDiagnostic(document, 'history-file-missing', '', { file, partner: problem.partner });
    case 'newer':
      return createDiagnostic(document, 'history-format-newer', '', { file, format: problem.format });
    case 'damaged':
      return createDiagnostic(document, 'history-file-damaged', '', { file });
    case 'edited':
      return createDiagnostic(document, 'history-edited', '', { file });
    case 'orphan':
      return createDiagnostic(document, 'history-parent-missing', '', { file, parent: problem.parent });
    case 'heads':
      return createDiagnostic(document, 'history-two-heads', '', {
        file,
        other: `${problem.other}.json`,
        parent: problem.parent,
        conflicts: problem.conflicts,
        shared: problem.shared,
      });
    default:
      return problem satisfies never;
  }
}

import { type Check, entityPointer } from './check.ts';

/** A page is no larger than the largest page. */
export const checkPageSizes: Check = ({ spec, app, reporter }) => {
  for (const entity of app.entities) {
    const { pageSize, maxPageSize } = entity.list;
    if (pageSize <= maxPageSize || spec.entities[entity.name]?.list?.pageSize === undefined) continue;
    reporter.report('page-over-maximum', entityPointer(entity, 'list', 'pageSize'), { pageSize, maxPageSize });
  }
};

import type { Library } from './library';
import { ridOf } from './rid';

/**
 * References to resources in what a program sends as JSON: a `rid` key, or a field that is called so there. `modules` are
 * those of which an import says that a file has to do with RES or NATS.
 */
export function jsonOf(family: string, name: string, modules: RegExp): Library {
  const reference = ridOf(modules);
  return {
    name,
    family,
    mentions: {
      rid: reference,
      field: (naming, evaluator, report) => {
        if (!naming.of) return;
        const type = evaluator.evaluate(naming.of.type, naming.in);
        const cls = type.kind === 'class' ? type.file.outline.classes[type.cls] : undefined;
        if (cls?.json?.[naming.of.field] !== 'rid') return;
        if (evaluator.evaluate(naming.value, naming.in).kind === 'text') reference(naming, evaluator, report);
      },
    },
  };
}

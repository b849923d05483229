import type { Library } from '../language';
import { ridOf } from '../rid';

/** What says that a file has to do with RES or NATS. */
const reference = ridOf(/^(NATS|STAN|Resgate(IO|Client)?)\b/);

/** References to resources in what a program sends as JSON: a `rid` key, or a property that is called so there. */
export const csharpJson: Library = {
  name: 'json',
  mentions: {
    rid: reference,
    field: (value, naming, evaluator, report) => {
      if (!naming.of || value.k !== 'text') return;
      const type = evaluator.evaluate(naming.of.type, naming.in);
      const cls = type.k === 'class' ? type.file.outline.classes[type.cls] : undefined;
      if (cls?.json?.[naming.of.field] === 'rid') reference(value, naming, evaluator, report);
    },
  },
};

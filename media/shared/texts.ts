import { setBundle, type Bundle } from '../../src/util/l10n';

// To be imported before anything that makes texts: the host put those of the person's language into the page.
setBundle(JSON.parse(document.getElementById('texts')?.textContent ?? '{}') as Bundle);

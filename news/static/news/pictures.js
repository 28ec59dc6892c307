/* Beside a picture or a document that was just chosen stand the library's words of it, to be read and changed.
   What somebody has written stays. */
(() => {
  const ADDRESS = document.currentScript.dataset.words;
  const KINDS = { image: ['alt', 'caption'], document: ['title'] };
  const before = new WeakMap(); // field of a chooser -> key of what was chosen
  const [, page] = window.location.pathname.match(/\/pages\/(?:add\/\w+\/\w+\/)?(\d+)\//) || [];

  const kindOf = (chooser) => Object.keys(KINDS).find((kind) => chooser?.dataset.chooserUrl?.includes(`/${kind}s/`));
  const chooserOf = (input) => input.form?.querySelector(`#${CSS.escape(input.id)}-chooser`);

  /* Of a field on the page `lead_image_alt`, in a block `body-0-value-alt`. */
  function beside({ form, name }, noun) {
    return form.elements[`${name}_${noun}`] || form.elements[name.replace(/-[^-]+$/, `-${noun}`)];
  }

  function write(field, words) {
    field.value = words;
    ['input', 'change'].forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));
  }

  async function describe(input, kind) {
    const former = before.get(input) || '';
    before.set(input, input.value);
    const fields = KINDS[kind]
      .map((noun) => [noun, beside(input, noun)])
      .filter(([, field]) => field && field !== input);
    if (!fields.length || !input.value || input.value === former) {
      return;
    }
    const address = ADDRESS.replace('/0/', `/${page}/`);
    const response = await fetch(`${address}?kind=${kind}&chosen=${input.value}&former=${former}`).catch(() => null);
    if (!response?.ok || response.redirected) {
      return;
    }
    const said = await response.json();
    fields.forEach(([noun, field]) => {
      const isUntouched = !field.value.trim() || field.value === said.former?.[noun];
      if (isUntouched && said.chosen) {
        write(field, said.chosen[noun]);
      }
    });
  }

  if (page) {
    document.addEventListener(
      'click',
      ({ target }) => {
        const chooser = target.closest?.('.chooser');
        const input =
          kindOf(chooser) && chooser.parentElement.querySelector(`#${CSS.escape(chooser.id.replace(/-chooser$/, ''))}`);
        if (input) {
          before.set(input, input.value);
        }
      },
      true,
    );
    document.addEventListener('change', ({ target }) => {
      const kind = target.matches?.('input[type=hidden]') && kindOf(chooserOf(target));
      if (kind) {
        describe(target, kind);
      }
    });
  }
})();

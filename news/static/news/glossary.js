/* The glossary's terms under each paragraph of a translation; a click writes one at the caret.
   Set off by news/translation.js when the paragraphs are drawn. */
document.addEventListener('newsroom:drawn', () => {
  const facts = JSON.parse(document.getElementById('glossary').textContent);
  const { words } = facts;
  const isLatin = (letter) => /[0-9A-Za-zÀ-ɏ]/.test(letter || '');

  function make(name, text, attributes = {}) {
    const element = document.createElement(name);
    element.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  }

  function write(field, form) {
    const { selectionStart: start, selectionEnd: end, value } = field;
    const before = isLatin(value[start - 1]) && isLatin(form[0]) ? ' ' : '';
    const after = isLatin(value[end]) && isLatin(form.at(-1)) ? ' ' : '';
    field.focus();
    field.setSelectionRange(start, end);
    // Old, but what it writes can be undone.
    if (!document.execCommand('insertText', false, before + form + after)) {
      field.setRangeText(before + form + after, start, end, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  function insert(item, form) {
    const field = item.querySelector('textarea');
    if (field) {
      write(field, form);
      return;
    }
    item.querySelector(':scope > ul button')?.click();
    requestAnimationFrame(() => {
      const opened = item.querySelector('textarea');
      if (opened) {
        opened.setSelectionRange(opened.value.length, opened.value.length);
        write(opened, form);
      }
    });
  }

  function chip(item, form, label) {
    if (facts.locked) {
      return make('span', form, { lang: facts.to, class: 'segment-glossary__form' });
    }
    const button = make('button', form, { type: 'button', lang: facts.to, title: label.replace('%s', form) });
    button.addEventListener('click', () => insert(item, form));
    return button;
  }

  function shown(item, { source, forms, never, office, note }) {
    const term = make('span', '', { class: 'segment-glossary__term', role: 'listitem' });
    term.append(make('span', source, { lang: facts.from }), make('span', '→', { 'aria-hidden': 'true' }));
    term.append(...forms.map((form) => chip(item, form, words.insert)));
    if (office) {
      term.append(chip(item, office, words.office));
    }
    never.forEach((form) => {
      const struck = make('del', '', { lang: facts.to, title: words.never });
      struck.append(
        make('span', `${words.never}: `, { class: 'w-sr-only', lang: document.documentElement.lang }),
        form,
      );
      term.append(struck);
    });
    if (note) {
      term.append(make('small', note));
    }
    return term;
  }

  Object.entries(facts.segments).forEach(([id, numbers]) => {
    const item = document.getElementById(`segment-${id}`);
    const box = make('div', '', { 'class': 'segment-glossary', 'role': 'list', 'aria-label': words.glossary });
    box.append(make('span', words.glossary, { 'class': 'segment-glossary__label', 'aria-hidden': 'true' }));
    box.append(...numbers.map((number) => shown(item, facts.terms[number])));
    item?.querySelector('p')?.after(box);
  });
});

/* The glossary's terms under each paragraph of a translation; a click writes one at the caret.
   Set off by news/translation.js when the paragraphs are drawn. */
document.addEventListener('newsroom:drawn', () => {
  const { told, make } = newsroom;
  const facts = told('glossary');
  const { words } = facts;
  const isLatin = (letter) => /[0-9A-Za-zÀ-ɏ]/.test(letter || '');

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
      return make('span', { lang: facts.to, class: 'segment-glossary__form' }, form);
    }
    const button = make('button', { type: 'button', lang: facts.to, title: label.replace('%s', form) }, form);
    button.addEventListener('click', () => insert(item, form));
    return button;
  }

  function shown(item, { source, forms, never, office, note }) {
    const term = make('span', { class: 'segment-glossary__term', role: 'listitem' });
    term.append(make('span', { lang: facts.from }, source), make('span', { 'aria-hidden': 'true' }, '→'));
    term.append(...forms.map((form) => chip(item, form, words.insert)));
    if (office) {
      term.append(chip(item, office, words.office));
    }
    never.forEach((form) => {
      const spoken = make('span', { class: 'w-sr-only', lang: document.documentElement.lang }, `${words.never}: `);
      term.append(make('del', { lang: facts.to, title: words.never }, spoken, form));
    });
    if (note) {
      term.append(make('small', {}, note));
    }
    return term;
  }

  Object.entries(facts.segments).forEach(([id, numbers]) => {
    const item = document.getElementById(`segment-${id}`);
    const box = make('div', { 'class': 'segment-glossary', 'role': 'list', 'aria-label': words.glossary });
    box.append(make('span', { 'class': 'segment-glossary__label', 'aria-hidden': 'true' }, words.glossary));
    box.append(...numbers.map((number) => shown(item, facts.terms[number])));
    item?.querySelector('p')?.after(box);
  });
});

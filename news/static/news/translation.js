/* Beside wagtail-localize's translation editor: no word is lost, no one writes over another unseen, what is open is one
   click away, and where the source has changed the earlier words can be taken up.
   The editor draws itself; this script finds a segment's element by its place in the list. */
(() => {
  const { told, token, make, fill, noteOf, addNote } = newsroom;
  const elements = new Map(); // id of a segment -> its <li>
  const saved = new Map(); // id -> the words as the server has them
  const stamps = new Map(); // id -> what the server knows these words by
  const addresses = new Map(); // address a segment is saved at -> id
  const sending = new Set();
  const stockFetch = window.fetch.bind(window);
  let facts;
  let editor;
  let opensNext = false;

  /* Words that are not saved yet stay in this browser, for this person alone: see home/kept.js. */
  const kept = window.newsroomKept;
  const drafts = {
    name: (id) => `translation.${facts.translation}.${id}`,
    read(id) {
      return kept.read(this.name(id));
    },
    write(id, words) {
      kept.write(this.name(id), { words, at: window.newsroomTime() });
    },
    forget(id) {
      kept.drop(this.name(id));
    },
  };

  /* Notes under a segment ------------------------------------------------------------------------------------- */

  function note(id, name, parts, buttons = []) {
    clear(id, name);
    const element = elements.get(id);
    if (!element) {
      return;
    }
    const box = addNote(element, name, ['earlier', 'offered'].includes(name) ? {} : { role: 'alert' });
    parts.forEach((part) => {
      const line = make('p', part.lang ? { lang: part.lang, class: 'segment-note__words' } : {});
      if (part.html) {
        fill(line, part.html);
      } else {
        line.textContent = part.text || part;
      }
      box.append(line);
    });
    if (buttons.length) {
      const row = make('p', {});
      buttons.forEach(([label, act]) => {
        const button = make('button', { type: 'button', class: 'button button-small button-secondary' }, label);
        button.addEventListener('click', act);
        row.append(button, ' ');
      });
      box.append(row);
    }
  }

  function clear(id, name) {
    noteOf(elements.get(id), name)?.remove();
  }

  /* The editor's own elements --------------------------------------------------------------------------------- */

  /* Whether an element is this segment's, and has what this script asks of it. */
  function isAsExpected(item, { id, type, source, location: { tab } }, { initialStringTranslations, object }) {
    const isTranslated = initialStringTranslations.some(({ segment_id: translated }) => translated === id);
    return (
      type !== 'string' ||
      (item.querySelector('p')?.textContent === source &&
        item.matches(isTranslated ? '.complete, .errored' : '.incomplete') &&
        (object.isLocked || item.querySelector(':scope > ul button')) &&
        (!item.closest('section[hidden]') || editor.querySelector(`#tab-label-${tab}`)))
    );
  }

  function place() {
    const props = JSON.parse(editor.dataset.props);
    const grouped = (segments) => {
      const groups = new Map();
      segments.forEach((segment) => {
        const name = `${segment.location.field}/${segment.location.blockId || 'null'}`;
        groups.set(name, [...(groups.get(name) || []), segment]);
      });
      return [...groups.values()].flat();
    };
    const tabs = props.tabs
      .map((tab) => props.segments.filter((segment) => segment.location.tab === tab.slug))
      .filter((segments) => segments.length);
    const order = (tabs.length > 1 ? tabs : [props.segments]).flatMap(grouped);
    const stockHeading = `${props.sourceLocale.displayName} to ${props.locale.displayName} translation`;
    editor.querySelectorAll('h2, h3, [class*=heading]').forEach((heading) => {
      if (heading.textContent.trim() === stockHeading && !heading.children.length) {
        heading.textContent = facts.words.heading; // English in whatever language the editor is
      }
    });
    const items = editor.querySelectorAll('h3 + ul > li');
    const isExpected = (segment, number) => isAsExpected(items[number], segment, props);
    if (items.length !== order.length || !order.every(isExpected)) {
      return false; // where it stays so, news/translation_watch.js says it
    }
    items.forEach((item, number) => {
      const { id, type, contentPath } = order[number];
      if (type === 'string') {
        item.id = `segment-${id}`;
        item.dataset.segment = id;
        item.dataset.path = contentPath;
        item.querySelector('p')?.setAttribute('lang', facts.from);
        elements.set(id, item);
      }
    });
    return true;
  }

  function open(id, words) {
    const item = elements.get(id);
    const panel = item.closest('section[hidden]');
    if (panel) {
      editor.querySelector(`#tab-label-${panel.id.replace(/^tab-/, '')}`)?.click();
    }
    if (!item.querySelector('textarea')) {
      item.querySelector(':scope > ul button')?.click();
    }
    requestAnimationFrame(() => {
      const field = item.querySelector('textarea');
      if (field && words !== undefined) {
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, words);
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      field?.focus();
      item.scrollIntoView({ block: 'center' });
    });
  }

  const isOpen = (element) => element.matches('.incomplete, .errored') || noteOf(element, 'offered');

  function openNextAfter(item) {
    const waiting = [...elements].filter(([, element]) => isOpen(element));
    const next =
      waiting.find(
        ([, element]) => !item || item.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
      ) || waiting[0];
    if (next && next[1] !== item) {
      open(next[0]);
    }
    return Boolean(next);
  }

  function count() {
    const waiting = [...elements.values()].filter(isOpen).length;
    document.querySelectorAll('[data-open-segments]').forEach((output) => {
      output.textContent = waiting
        ? facts.words[waiting === 1 ? 'one_open' : 'open'].replace('%d', waiting)
        : facts.words.none_open;
    });
    document.querySelectorAll('[data-next-open]').forEach((button) => {
      button.hidden = !waiting;
    });
  }

  /* Saving ---------------------------------------------------------------------------------------------------- */

  function signedOut(response) {
    return response.redirected || response.status === 401;
  }

  async function refusalOf(response) {
    try {
      return (await response.clone().json()).error_message || '';
    } catch {
      return '';
    }
  }

  function notSaved(id, reason) {
    const { words } = drafts.read(id) || { words: '' };
    const buttons = [[facts.words.again, () => send(id, words)]];
    if (reason === facts.words.signed_out) {
      buttons.unshift([facts.words.sign_in, () => window.open(facts.login, '_blank', 'noopener')]);
    }
    note(id, 'trouble', [reason, facts.words.kept], buttons);
  }

  /* Send words outside the editor: after a conflict, or again after a failure. Then draw everything anew. */
  async function send(id, words) {
    const address = [...addresses].find(([, segment]) => segment === id)[0];
    const body = new FormData();
    body.append('value', words);
    const options = words ? { method: 'PUT', body } : { method: 'DELETE' };
    const response = await save(id, address, { ...options, credentials: 'same-origin', headers: {} });
    if (response?.ok) {
      window.onbeforeunload = null;
      location.hash = `segment-${id}`;
      location.reload();
    }
  }

  async function save(id, address, options) {
    sending.add(id);
    let response;
    try {
      response = await stockFetch(address, {
        ...options,
        headers: { ...options.headers, 'If-Match': stamps.get(id), 'X-CSRFToken': token() },
      });
    } catch (error) {
      notSaved(id, facts.words.no_connection);
      throw error;
    } finally {
      sending.delete(id);
    }
    if ((response.ok || response.status === 404) && !signedOut(response)) {
      stamps.set(id, response.headers.get('ETag') || stamps.get(id));
      saved.set(id, options.body ? options.body.get('value') : '');
      drafts.forget(id);
      ['trouble', 'conflict', 'unsaved', 'earlier', 'offered'].forEach((name) => clear(id, name));
      document.dispatchEvent(new CustomEvent('newsroom:saved', { detail: { id } }));
      if (opensNext) {
        opensNext = false;
        setTimeout(() => openNextAfter(elements.get(id)), 0);
      }
    } else if (response.status === 412) {
      const theirs = await response.clone().json();
      const mine = options.body ? options.body.get('value') : '';
      note(
        id,
        'conflict',
        [facts.words.conflict.replace('%s', theirs.by || '?'), { text: theirs.words || '—', lang: facts.to }],
        [
          [
            facts.words.keep_mine,
            () => {
              stamps.set(id, response.headers.get('ETag'));
              send(id, mine);
            },
          ],
          [
            facts.words.take_theirs,
            () => {
              drafts.forget(id);
              location.reload();
            },
          ],
        ],
      );
    } else if (signedOut(response)) {
      notSaved(id, facts.words.signed_out);
    } else {
      notSaved(id, (await refusalOf(response)) || facts.words.server_error);
    }
    return response;
  }

  window.fetch = (address, options = {}) => {
    const id = addresses.get(String(address));
    return id !== undefined && ['PUT', 'DELETE'].includes(options.method)
      ? save(id, address, options)
      : stockFetch(address, options);
  };

  /* While it is open ------------------------------------------------------------------------------------------ */

  function listen() {
    editor.addEventListener('input', ({ target }) => {
      const item = target.closest?.('[data-segment]');
      if (item && target.matches('textarea')) {
        drafts.write(Number(item.dataset.segment), target.value);
        clear(Number(item.dataset.segment), 'unsaved');
      }
    });
    // Enter saves; while an input method is composing it takes a candidate, and is nobody else's business.
    editor.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter' && event.target.matches('textarea')) {
          if (event.isComposing || event.keyCode === 229) {
            event.stopImmediatePropagation();
          } else {
            opensNext = true;
          }
        }
      },
      true,
    );
    const fields = new Map();
    new MutationObserver(() => {
      elements.forEach((item, id) => {
        const field = item.querySelector('textarea');
        if (field) {
          field.lang = facts.to;
          field.setAttribute('aria-label', facts.words.translation);
        } else if (fields.get(id) && !sending.has(id) && !item.querySelector('[data-note=trouble]')) {
          drafts.forget(id); // closed by its Cancel
        }
        fields.set(id, Boolean(field));
      });
      count();
    }).observe(editor, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
    document.querySelectorAll('[data-next-open]').forEach((button) => {
      button.addEventListener('click', () => {
        openNextAfter(document.activeElement?.closest('[data-segment]'));
      });
    });
  }

  function offer() {
    [...elements.keys()].forEach((id) => {
      const draft = drafts.read(id);
      if (draft && draft.words === saved.get(id)) {
        drafts.forget(id);
      } else if (draft && draft.words) {
        note(
          id,
          'unsaved',
          [facts.words.unsaved.replace('%s', draft.at), { text: draft.words, lang: facts.to }],
          [
            ...(facts.locked ? [] : [[facts.words.take_up, () => open(id, draft.words)]]),
            [
              facts.words.discard,
              () => {
                drafts.forget(id);
                clear(id, 'unsaved');
              },
            ],
          ],
        );
      }
      const picture = facts.pictures[id];
      if (picture?.src) {
        addNote(elements.get(id), 'picture').append(make('img', { src: picture.src, alt: picture.title }));
      }
      if (facts.offered.includes(id)) {
        const accept = [facts.words.accept, () => send(id, saved.get(id))];
        note(id, 'offered', [facts.words.offered], facts.locked ? [] : [accept]);
      }
      const earlier = facts.earlier[id];
      if (earlier) {
        const lines = earlier.source
          ? [facts.words.changed, { html: earlier.source, lang: facts.from }, facts.words.earlier]
          : [facts.words.earlier];
        note(
          id,
          'earlier',
          [...lines, { text: earlier.words, lang: facts.to }],
          facts.locked ? [] : [[facts.words.use_earlier, () => open(id, earlier.words)]],
        );
      }
    });
  }

  document.addEventListener('DOMContentLoaded', () => {
    editor = document.querySelector('.js-translation-editor');
    facts = told('segments');
    const props = JSON.parse(editor.dataset.props);
    props.segments
      .filter(({ type }) => type === 'string')
      .forEach(({ id, editUrl }) => {
        addresses.set(editUrl, id);
        stamps.set(id, facts.stamps[id]);
        saved.set(id, '');
      });
    props.initialStringTranslations.forEach(({ segment_id: id, data }) => saved.set(id, data));
    let attempts = 0;
    const start = () => {
      if (place()) {
        listen();
        offer();
        count();
        document.dispatchEvent(new CustomEvent('newsroom:drawn'));
        elements.get(Number(location.hash.replace('#segment-', '')))?.scrollIntoView({ block: 'center' });
      } else if ((attempts += 1) < 100) {
        setTimeout(start, 50);
      }
    };
    kept.ready.then(start);
  });
})();

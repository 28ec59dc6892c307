/* What somebody has typed and the server has not is kept in this browser, and offered where it was typed.

   It is for that account alone: each account has a key of its own, which the server tells nobody else, and what lies in
   the browser's storage can be read with it only. It goes once the server says that it has it, when somebody signs out,
   and after two weeks. Where a browser offers no encryption (plain HTTP), it is kept as long as the tab is open. */
window.newsroomKept = (() => {
  const { told, keyOf, isPost, hidden, KEY } = window.newsroomForms;
  const DAYS = 14;
  const SOON = [150, 900]; // milliseconds after a key; editors of rich text write their field late
  const prefix = `newsroom.kept.${told.user}.`;
  const storage = window.crypto?.subtle ? localStorage : sessionStorage;
  const known = new Map(); // name -> { at, value }
  const touched = new Set(); // forms that somebody has written in
  const before = new WeakMap(); // form -> its fields before that
  const unsaved = new WeakMap(); // form -> when somebody wrote in it last
  const sentAt = new WeakMap(); // form -> when its autosave read it
  const own = new Set(); // names of what is being written on this page
  let key;

  /* Keeping ----------------------------------------------------------------------------------------------------- */

  const asBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  function asText(bytes) {
    let text = '';
    for (let start = 0; start < bytes.length; start += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
    }
    return btoa(text);
  }

  async function closed(value) {
    const words = new TextEncoder().encode(JSON.stringify(value));
    if (!key) {
      return asText(words);
    }
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const box = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, words));
    return `${asText(iv)}.${asText(box)}`;
  }

  async function opened(text) {
    if (!key) {
      return JSON.parse(new TextDecoder().decode(asBytes(text)));
    }
    const [iv, box] = text.split('.').map(asBytes);
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, box)));
  }

  async function write(name, value) {
    const entry = { at: Date.now(), value };
    known.set(name, entry);
    const box = await closed(value);
    if (known.get(name) === entry) {
      try {
        storage.setItem(prefix + name, JSON.stringify({ at: entry.at, box }));
      } catch {
        // Storage may be full or switched off: the words are in the form all the same.
      }
    }
  }

  function drop(name) {
    known.delete(name);
    try {
      storage.removeItem(prefix + name);
    } catch {
      // as above
    }
  }

  const read = (name) => known.get(name)?.value;
  const names = () => [...known.keys()];

  function stored() {
    try {
      return Object.keys(storage).filter((name) => name.startsWith('newsroom.'));
    } catch {
      return [];
    }
  }

  /* What is too old goes, whoever's it is; in a tab's own storage, what is another's. */
  function sweep() {
    stored().forEach((name) => {
      const isOther = !name.startsWith(prefix);
      let at = 0;
      try {
        at = JSON.parse(storage.getItem(name)).at;
      } catch {
        // nothing of ours
      }
      if (name.startsWith('newsroom.kept.') && isOther && !key && told.user) {
        storage.removeItem(name);
      } else if (name.startsWith('newsroom.kept.') && !(Date.now() - at < DAYS * 86_400_000)) {
        storage.removeItem(name);
      }
    });
  }

  /* As the translation editor kept them once, for everybody to read. */
  async function takeOver() {
    const old = stored().filter((name) => name.startsWith(`newsroom.translation.${told.user}.`));
    await Promise.all(
      old.map(async (name) => {
        await write(
          name.replace(`newsroom.translation.${told.user}.`, 'translation.'),
          JSON.parse(storage.getItem(name)),
        );
        storage.removeItem(name);
      }),
    );
  }

  async function load() {
    if (told.user && window.crypto?.subtle) {
      const bytes = Uint8Array.from(told.key.match(/../g), (pair) => parseInt(pair, 16));
      key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
    }
    sweep();
    const mine = told.user ? stored().filter((name) => name.startsWith(prefix)) : [];
    await Promise.all(
      mine.map(async (name) => {
        try {
          const { at, box } = JSON.parse(storage.getItem(name));
          known.set(name.slice(prefix.length), { at, value: await opened(box) });
        } catch {
          storage.removeItem(name);
        }
      }),
    );
  }

  function forgetAll() {
    known.clear();
    stored()
      .filter((name) => name.startsWith(prefix))
      .forEach((name) => storage.removeItem(name));
  }

  /* Forms ------------------------------------------------------------------------------------------------------- */

  const UNTOLD = /^(csrfmiddlewaretoken|next|newsroom-turn|.*password.*|.*stamp|loaded_revision_.*)$/i;
  const isKept = (form) =>
    told.user && isPost(form) && !form.closest('.modal') && !form.querySelector('[type=password]');
  const actionOf = (form) => new URL(form.getAttribute('action') ?? '', location.href).pathname;
  const placeOf = (form) => `${actionOf(form)}#${form.getAttribute('id') ?? ''}`;
  const nameOf = (form) => `${placeOf(form)}#${keyOf(form)}`;
  const fieldsOf = (form) =>
    [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !UNTOLD.test(name));
  const wordsOf = (fields) => JSON.stringify(fields.filter(([name]) => name !== KEY));

  function keep(form) {
    if (!form.isConnected || !touched.has(form)) {
      return;
    }
    const fields = fieldsOf(form);
    const name = nameOf(form);
    own.forEach((other) => {
      if (other !== name && other.endsWith(keyOf(form))) {
        own.delete(other); // its address has changed: the page is there now
        drop(other);
      }
    });
    if (wordsOf(fields) === before.get(form)) {
      drop(name);
    } else {
      own.add(name);
      write(name, fields);
    }
  }

  function touch({ target, isTrusted, type }) {
    const form = target.form ?? target.closest?.('form');
    if (!form || !isKept(form) || (!isTrusted && !touched.has(form) && type !== 'w-unsaved:add')) {
      return;
    }
    touched.add(form);
    unsaved.set(form, Date.now());
    SOON.forEach((delay) => setTimeout(() => unsaved.get(form) && keep(form), delay));
  }

  function look({ target }) {
    const form = target.form ?? target.closest?.('form');
    if (form && isKept(form) && !before.has(form)) {
      before.set(form, wordsOf(fieldsOf(form)));
    }
  }

  const keepAll = () => touched.forEach((form) => unsaved.get(form) && keep(form));

  ['focusin', 'pointerdown'].forEach((name) => document.addEventListener(name, look, true));
  ['input', 'change', 'w-unsaved:add'].forEach((name) => document.addEventListener(name, touch, true));
  ['beforeunload', 'pagehide'].forEach((name) => window.addEventListener(name, keepAll));
  document.addEventListener('visibilitychange', keepAll);
  document.addEventListener('w-autosave:save', ({ target }) => sentAt.set(target, Date.now()));
  document.addEventListener('w-autosave:success', ({ target }) => {
    if (!(unsaved.get(target) > sentAt.get(target))) {
      unsaved.delete(target);
      names()
        .filter((name) => name.endsWith(keyOf(target)))
        .forEach(drop);
      before.set(target, wordsOf(fieldsOf(target)));
    } else {
      // Wagtail takes what was typed while it was saving for saved.
      const detail = { type: 'edits' };
      setTimeout(() =>
        target.dispatchEvent(new CustomEvent('w-unsaved:add', { bubbles: true, cancelable: true, detail })),
      );
    }
    signedIn();
  });
  document.addEventListener(
    'submit',
    ({ target }) => {
      if (actionOf(target) === told.logout) {
        forgetAll();
      }
    },
    true,
  );

  /* What the server has: it names the forms that arrived. */
  function settle() {
    const cookie = document.cookie.split('; ').find((part) => part.startsWith('newsroom-saved='));
    if (cookie && told.user) {
      const saved = cookie.split('=')[1].split('.');
      names()
        .filter((name) => saved.includes(name.split('#').pop()))
        .forEach(drop);
      document.cookie = `newsroom-saved=; path=${told.home}; max-age=0; SameSite=Lax`;
    }
  }

  /* Offering ---------------------------------------------------------------------------------------------------- */

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  }

  function fill(form, fields) {
    const values = new Map();
    fields.forEach(([name, value]) => values.set(name, [...(values.get(name) ?? []), value]));
    [...form.elements].forEach((field) => {
      if (!field.name || UNTOLD.test(field.name) || ['file', 'submit'].includes(field.type)) {
        return;
      }
      const given = values.get(field.name) ?? [];
      if (['checkbox', 'radio'].includes(field.type)) {
        field.checked = given.includes(field.value);
      } else if (field.multiple && field.options) {
        [...field.options].forEach((option) => {
          option.selected = given.includes(option.value);
        });
      } else if (given.length) {
        field.value = given.length > 1 ? given.shift() : given[0];
      } else {
        return;
      }
      ['input', 'change'].forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));
    });
    const details = form.closest('details');
    if (details) {
      details.open = true;
    }
    touched.add(form);
    unsaved.set(form, Date.now());
  }

  /* A page's text is drawn by editors that no script can fill: it is saved as a draft, and shown by the server. */
  function send(form, fields) {
    const sent = make('form', { method: 'post', action: form.getAttribute('action'), hidden: '' });
    hidden(sent, KEY, fields.find(([name]) => name === KEY)?.[1]);
    fields
      .filter(([name]) => name !== KEY && !name.startsWith('action-'))
      .concat([['csrfmiddlewaretoken', form.querySelector('[name=csrfmiddlewaretoken]').value]])
      .forEach(([name, value]) => {
        const field = make('textarea', { name });
        field.value = value;
        sent.append(field);
      });
    document.body.append(sent);
    window.addEventListener('w-unsaved:confirm', (event) => event.preventDefault(), { once: true });
    sent.requestSubmit();
  }

  /* The words that would be lost, so that one knows what it is. */
  function excerpt(form, fields) {
    const now = new Map([...new FormData(form)]);
    const readable = (value) => {
      try {
        return (
          JSON.parse(value)
            .blocks?.map(({ text }) => text)
            .join(' ') ?? ''
        );
      } catch {
        return value;
      }
    };
    const words = fields
      .filter(([name, value]) => now.get(name) !== value && !/-(id|type)$/.test(name) && name !== KEY)
      .map(([, value]) => readable(value).trim())
      .filter((value) => /\p{Letter}/u.test(value))
      .reduce((longest, value) => (value.length > longest.length ? value : longest), '');
    return words.length > 120 ? `${words.slice(0, 120)}…` : words;
  }

  /* By the site's clock, see home/clock.js. */
  const timeOf = (at) =>
    new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
      dateStyle: 'medium',
      timeStyle: 'short',
    }).format(at);

  function offer(form, name, fields) {
    const isPage = form.getAttribute('id') === 'page-edit-form';
    const take = make('button', { type: 'button', class: 'button button-small' }, told.words[isPage ? 'save' : 'take']);
    const leave = make('button', { type: 'button', class: 'button button-small button-secondary' }, told.words.discard);
    const box = make(
      'div',
      { 'class': 'kept help-block help-warning', 'role': 'status', 'data-kept': '' },
      make('p', {}, told.words.offered.replace('%s', timeOf(known.get(name).at))),
      make('p', { class: 'kept__words' }, excerpt(form, fields)),
      make('p', {}, take, ' ', leave),
    );
    take.addEventListener('click', () => {
      if (isPage) {
        send(form, fields);
      } else {
        own.add(name);
        hidden(form, KEY, fields.find(([field]) => field === KEY)?.[1]);
        fill(form, fields);
        box.remove();
      }
    });
    leave.addEventListener('click', () => {
      drop(name);
      box.remove();
    });
    (form.closest('details') ?? form).before(box);
  }

  function offerAll() {
    [...document.forms].filter(isKept).forEach((form) => {
      if (told.again && told.action === actionOf(form)) {
        hidden(form, KEY, told.again); // the answer to what was sent shows it again
        touched.add(form);
        unsaved.set(form, Date.now());
        return;
      }
      const place = `${placeOf(form)}#`;
      names()
        .filter((name) => name.startsWith(place) && !own.has(name))
        .forEach((name) => {
          const fields = read(name);
          if (wordsOf(fields) === wordsOf(fieldsOf(form))) {
            drop(name);
          } else {
            offer(form, name, fields);
          }
        });
    });
  }

  /* The session ------------------------------------------------------------------------------------------------- */

  let notice;

  function signedIn() {
    notice?.remove();
    notice = undefined;
  }

  async function check() {
    if (!told.user) {
      return;
    }
    let answer;
    try {
      // Who has to give a second factor would be led to its page, as who is signed in is to another.
      const headers = { 'X-Requested-With': 'XMLHttpRequest' };
      answer = await fetch(told.login, { redirect: 'manual', credentials: 'same-origin', headers });
    } catch {
      return; // no connection: whoever saves hears of it
    }
    if (answer.type === 'opaqueredirect') {
      signedIn();
    } else if (answer.ok && !notice) {
      const link = make('a', { href: told.login, target: '_blank', rel: 'noopener' }, told.words.sign_in);
      notice = make(
        'div',
        { 'class': 'kept kept--out', 'role': 'alert', 'data-signed-out': '' },
        make('p', {}, told.words.signed_out, ' ', link),
      );
      document.body.append(notice);
    }
  }

  document.addEventListener('w-autosave:error', ({ detail }) => {
    if (detail?.type === 'server_error') {
      check();
    }
  });
  window.addEventListener('focus', () => {
    if (touched.size || notice) {
      check();
    }
  });

  const ready = load().then(takeOver).then(settle);
  document.addEventListener('DOMContentLoaded', () => ready.then(offerAll));
  window.addEventListener('pageshow', ({ persisted }) => persisted && settle());

  return { ready, read, write, drop, names };
})();

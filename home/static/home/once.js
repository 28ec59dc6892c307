/* Each form that is sent names itself, so that the server makes one thing of it however often it comes
   (news/admin/once.py), and a button waits for the autosave that is under way. */
(() => {
  const KEY = 'newsroom-key';
  const TURN = 'newsroom-turn';
  const PATIENCE = 15_000; // milliseconds; then the server alone sees to it
  const TWICE = 2_000; // milliseconds within which a second click is no second wish
  const told = JSON.parse(document.getElementById('newsroom-forms')?.textContent ?? '{}');
  const saving = new Set(); // forms whose autosave is under way
  const waiting = new Map(); // form -> how it goes on once that is over
  const sentAt = new WeakMap();
  let sending; // the form that is being sent now
  let turn = 0;

  const isPost = (form) => form.matches?.('form') && form.getAttribute('method')?.toLowerCase() === 'post';

  function nextTurn() {
    turn = Math.max(turn + 1, Date.now());
    return String(turn);
  }

  /* Whoever signed in anew in another tab has another token than the page has. */
  function token() {
    const cookie = document.cookie.split('; ').find((part) => part.startsWith('csrftoken='));
    return cookie?.split('=')[1];
  }

  function hidden(form, name, value) {
    let field = form.querySelector(`:scope > input[name="${name}"]`);
    if (!field) {
      field = document.createElement('input');
      field.type = 'hidden';
      field.name = name;
      form.append(field);
    }
    if (value !== undefined) {
      field.value = value;
    }
    return field;
  }

  const randomKey = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

  function keyOf(form) {
    const field = hidden(form, KEY);
    field.value ||= randomKey();
    return field.value;
  }

  function say(form, words) {
    let box = form.querySelector(':scope > [data-too-much]');
    if (!box) {
      box = document.createElement('p');
      box.dataset.tooMuch = '';
      box.className = 'kept help-block help-critical';
      box.setAttribute('role', 'alert');
      form.prepend(box);
    }
    box.textContent = words;
    box.scrollIntoView({ block: 'center' });
  }

  function exceeds(form) {
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
    return (
      fields.length > told.fields ||
      (form.enctype !== 'multipart/form-data' && new URLSearchParams(fields).toString().length > told.bytes)
    );
  }

  function sign(form, data) {
    data.set(KEY, keyOf(form));
    data.set(TURN, nextTurn());
    if (data.has('csrfmiddlewaretoken') && token()) {
      data.set('csrfmiddlewaretoken', token());
    }
  }

  // Only what is sent: Wagtail reads the fields all the time, and takes a number that grows for something typed.
  document.addEventListener('formdata', ({ target, formData }) => target === sending && sign(target, formData), true);

  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target;
      if (!isPost(form)) {
        return;
      }
      const stop = () => {
        event.preventDefault();
        event.stopImmediatePropagation();
      };
      if (saving.has(form)) {
        stop();
        const { name, value } = event.submitter ?? {};
        waiting.set(form, () => {
          // The button itself may show that it is at work by now, and would say nothing any more.
          const stands = name ? hidden(form, name, value) : undefined;
          form.requestSubmit();
          stands?.remove();
        });
        setTimeout(() => settled(form), PATIENCE);
        return;
      }
      if (told.fields && exceeds(form)) {
        stop();
        say(form, told.words.too_much);
        return;
      }
      keyOf(form);
      if (!form.closest('.modal') && Date.now() - (sentAt.get(form) ?? 0) < TWICE) {
        stop();
        return;
      }
      sending = form;
      if (form.dataset.controller?.includes('w-autosave')) {
        form.dataset.wAutosaveActiveValue = 'false'; // what is typed now would come after what is being sent
      }
      setTimeout(() => {
        sending = undefined;
        if (event.defaultPrevented) {
          resume(form);
        } else {
          sentAt.set(form, Date.now());
        }
      });
    },
    true,
  );

  function resume(form) {
    if (form.dataset.wAutosaveActiveValue === 'false') {
      form.dataset.wAutosaveActiveValue = 'true';
    }
  }

  function settled(form) {
    saving.delete(form);
    const goOn = waiting.get(form);
    waiting.delete(form);
    goOn?.();
  }

  document.addEventListener('w-autosave:save', ({ target, detail }) => {
    if (isPost(target)) {
      saving.add(target);
      sign(target, detail.formData);
    }
  });
  ['success', 'error'].forEach((name) => {
    document.addEventListener(`w-autosave:${name}`, ({ target }) => settled(target));
  });
  // Before Wagtail looks what is in the form when nobody has typed.
  document.addEventListener('DOMContentLoaded', () => [...document.forms].filter(isPost).forEach(keyOf));

  // Back on a page that the browser had put aside: it may be sent anew.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) {
      document.querySelectorAll('form').forEach((form) => {
        sentAt.delete(form);
        resume(form);
      });
    }
  });

  window.newsroomForms = { told, keyOf, isPost, hidden, KEY };
})();

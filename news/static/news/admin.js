/* What the scripts of the editors share. It comes before them. */
window.newsroom = (() => {
  /* What a template told this page by json_script; null where it told nothing. */
  const told = (id) => JSON.parse(document.getElementById(id)?.textContent ?? null);

  function token() {
    const cookie = document.cookie.split('; ').find((part) => part.startsWith('csrftoken='));
    return cookie ? cookie.split('=')[1] : document.querySelector('[name=csrfmiddlewaretoken]')?.value;
  }

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children);
    return element;
  }

  /* Only for what the server has made and escaped. */
  function fill(element, html) {
    // eslint-disable-next-line no-restricted-properties -- the one place for it
    element.innerHTML = html;
  }

  /* The note of that name under a paragraph. */
  const noteOf = (item, name) => item?.querySelector(`:scope > [data-note="${name}"]`);

  function addNote(item, name, attributes = {}, tag = 'div') {
    const note = make(tag, { 'class': `segment-note segment-note--${name}`, 'data-note': name, ...attributes });
    item.append(note);
    return note;
  }

  return { told, token, make, fill, noteOf, addNote };
})();

/* A locked version is read and copied from, but not written in: Wagtail would let one type what it cannot save. */
document.addEventListener('DOMContentLoaded', () => {
  const form = document.querySelector('.content-locked #page-edit-form');
  const keep = () => {
    form.querySelectorAll('.w-panel :is(input, textarea)').forEach((field) => {
      field.readOnly = true;
    });
    form
      .querySelectorAll('.w-panel__content :is(select, button:not(.w-panel__toggle), [type=checkbox])')
      .forEach((field) => {
        field.disabled = true;
      });
    form.querySelectorAll('[contenteditable=true]').forEach((field) => {
      field.contentEditable = 'false';
    });
  };
  if (form) {
    keep();
    new MutationObserver(keep).observe(form, { subtree: true, childList: true });
  }
});

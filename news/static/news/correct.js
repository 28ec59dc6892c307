/* The correction screen: a figure is found in both languages by typing it, and nothing typed is left by accident. */
document.addEventListener('DOMContentLoaded', () => {
  const form = document.querySelector('.correct');
  const fields = [...form.querySelectorAll('textarea[name*="-"]')].filter((field) => !field.readOnly);
  const find = form.querySelector('.correct__find');
  const input = find.querySelector('input');
  const output = find.querySelector('output');
  let dirty = false;

  const grow = (field) => {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  };
  form.querySelectorAll('textarea').forEach(grow);
  form.addEventListener('input', ({ target }) => {
    if (target.matches('textarea')) {
      dirty = true;
      grow(target);
      target.classList.toggle('is-changed', target.value !== target.defaultValue);
    }
  });
  form.addEventListener('submit', () => {
    dirty = false;
  });
  window.addEventListener('beforeunload', (event) => {
    if (dirty) {
      event.preventDefault();
    }
  });

  find.hidden = false;
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    const rows = [...form.querySelectorAll('.correct__texts textarea')];
    const hits = rows.filter((field) => wanted && field.value.toLowerCase().includes(wanted));
    rows.forEach((field) => field.classList.toggle('is-found', hits.includes(field)));
    output.textContent = wanted && !hits.length ? output.dataset.none : '';
    hits[0]?.scrollIntoView({ block: 'center' });
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      fields.find((field) => field.classList.contains('is-found'))?.focus();
    }
  });
});

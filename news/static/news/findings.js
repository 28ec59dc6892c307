/* What the checks found: in an editor's side panel, and in the translation editor under the paragraph it is about. */
(() => {
  const { told, token, make, fill, noteOf, addNote } = newsroom;
  const PAUSE = 500; // milliseconds without a key before a paragraph is checked
  let panel;
  let segments = []; // ids in the order of the texts; none in the page editor
  let timer;
  let asking;

  const itemOf = (number) => document.getElementById(`segment-${segments[number]}`);

  const noteUnder = (item, name, tag) => noteOf(item, name) || addNote(item, name, { role: 'status' }, tag);

  const say = (trouble) => panel.prepend(make('p', { class: 'findings__trouble', role: 'alert' }, trouble));

  const post = (address, body, signal) =>
    fetch(address, {
      method: 'POST',
      body,
      credentials: 'same-origin',
      headers: { 'X-Requested-With': 'XMLHttpRequest', 'X-CSRFToken': token() },
      signal,
    });

  function draw(html) {
    fill(panel, html);
    const left = Number(panel.querySelector('[data-left]').dataset.left);
    const counter = document.querySelector('[data-side-panel-toggle="findings"] [data-side-panel-toggle-counter]');
    if (counter) {
      counter.textContent = left;
      counter.hidden = !left;
    }
    document.querySelectorAll('[data-note=findings]').forEach((note) => note.remove());
    panel.querySelectorAll('.finding:not(.is-settled)').forEach((finding) => {
      finding.dataset.numbers.split(' ').forEach((number) => {
        const item = number && itemOf(number);
        if (item) {
          noteUnder(item, 'findings', 'ol').append(finding.cloneNode(true));
        }
      });
    });
  }

  async function load() {
    try {
      const response = await fetch(panel.dataset.findings, { credentials: 'same-origin' });
      if (!response.ok || response.redirected) {
        throw new Error(response.status);
      }
      draw(await response.text());
    } catch {
      say(panel.dataset.trouble);
    }
  }

  async function settle(event) {
    const form = event.target;
    if (!form.closest('.finding, .findings')) {
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    const body = new FormData(form, button?.name ? button : undefined);
    const response = await post(form.action, body).catch(() => null);
    if (response?.ok && !response.redirected) {
      if (form.hasAttribute('data-mends')) {
        location.reload(); // the editor shows the words as they were
      } else {
        draw(await response.text());
      }
    } else {
      const refusal = await response?.json().catch(() => null);
      say(refusal?.error_message || panel.dataset.trouble);
    }
  }

  /* To the place itself, where this editor shows it; the link leads to the release page. */
  function goTo(event) {
    const spot = event.target.closest?.('.finding__spots a');
    if (!spot) {
      return;
    }
    const blocks = spot.dataset.language === panel.dataset.language ? spot.dataset.path.split('.').reverse() : [];
    const place =
      itemOf(spot.dataset.number) ||
      blocks.map((part) => document.querySelector(`form [data-contentpath="${CSS.escape(part)}"]`)).find(Boolean);
    if (place) {
      event.preventDefault();
      place.scrollIntoView({ block: 'center' });
      place
        .querySelector('textarea, input:not([type=hidden]), [contenteditable=true], button')
        ?.focus({ preventScroll: true });
      place.classList.add('is-found');
      setTimeout(() => place.classList.remove('is-found'), 3000);
    }
  }

  function check(item, words) {
    asking?.abort();
    const isOpen = () => item.querySelector('textarea'); // saved meanwhile, it shows what was found then
    if (!isOpen()) {
      return;
    }
    asking = new AbortController();
    const body = new FormData();
    body.append('value', words);
    post(panel.dataset.segmentFindings.replace(/0\/$/, `${item.dataset.segment}/`), body, asking.signal)
      .then((response) => (response.ok && !response.redirected ? response.text() : ''))
      .then((html) => {
        if (!isOpen()) {
          return;
        }
        noteOf(item, 'findings')?.remove(); // of the words before
        if (html.trim()) {
          fill(noteUnder(item, 'typing'), html);
        } else {
          noteOf(item, 'typing')?.remove();
        }
      })
      .catch(() => {}); // the next key asks again
  }

  document.addEventListener('DOMContentLoaded', () => {
    panel = document.querySelector('[data-findings]');
    if (!panel) {
      return;
    }
    document.addEventListener('submit', settle);
    document.addEventListener('click', goTo);
    const facts = told('segments');
    if (!facts) {
      load();
      return;
    }
    segments = facts.order;
    document.addEventListener('newsroom:drawn', load);
    document.addEventListener('newsroom:not-drawn', load); // in the side panel, if nowhere else
    document.addEventListener('newsroom:saved', ({ detail }) => {
      document.getElementById(`segment-${detail.id}`)?.querySelector('[data-note=typing]')?.remove();
      load();
    });
    document.addEventListener('input', ({ target }) => {
      const item = target.closest?.('[data-segment]');
      if (item && target.matches('textarea')) {
        clearTimeout(timer);
        timer = setTimeout(() => check(item, target.value), PAUSE);
      }
    });
  });
})();

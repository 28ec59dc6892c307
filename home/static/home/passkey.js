/* A form that waits for a passkey: the browser is asked when it is sent, and its answer travels in a field. */
(() => {
  const form = document.querySelector('form[data-passkey]');
  if (!form) {
    return;
  }
  const options = JSON.parse(document.getElementById('passkey-options').textContent).publicKey;
  const note = form.querySelector('[role=alert]');

  function bytes(coded) {
    const plain = atob(coded.replace(/-/g, '+').replace(/_/g, '/'));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  function text(buffer) {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  }

  const named = (list) => (list ?? []).map((entry) => ({ ...entry, id: bytes(entry.id) }));

  function ask() {
    const challenge = bytes(options.challenge);
    if (form.dataset.passkey === 'get') {
      const publicKey = { ...options, challenge, allowCredentials: named(options.allowCredentials) };
      return navigator.credentials.get({ publicKey });
    }
    const user = { ...options.user, id: bytes(options.user.id) };
    const publicKey = { ...options, challenge, user, excludeCredentials: named(options.excludeCredentials) };
    return navigator.credentials.create({ publicKey });
  }

  function answerOf({ id, rawId, type, response }) {
    const names = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature'];
    const given = names.filter((name) => response[name]).map((name) => [name, text(response[name])]);
    return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(given) });
  }

  form.addEventListener('submit', async (event) => {
    if (form.elements.answer.value) {
      return;
    }
    event.preventDefault();
    try {
      form.elements.answer.value = answerOf(await ask());
      form.submit();
    } catch {
      note.textContent = form.dataset.failed;
      note.hidden = false;
    }
  });
})();
